/**
 * A TCP proxy with every fault of a network, for the stand-in and a real broker alike: it knows bytes, the borders of
 * WebSocket frames and, in `message-faults.ts`, what a message looks like. Owns its port and its connections.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { Greeting, ProxyCommand } from './command.js';
import { ProxiedConnection, type ConnectionState, type Pace } from './connection.js';
import type { Cut } from './cut.js';
import { MessageFaults, type Spoilt } from './message-faults.js';

export interface ProxyState {
  readonly port: number;
  /** ms since the epoch of every connection that TCP took, refused ones too. */
  readonly dialsAt: readonly number[];
  /** Client sockets that are not closed. */
  readonly open: number;
  /** Most WebSockets that were open at the same time, half-open ones not counted. */
  readonly mostAtOnce: number;
  readonly connections: readonly ConnectionState[];
  /** The messages that were spoilt on their way, each time. */
  readonly spoilt: readonly Spoilt[];
}

const HEALTHY: Pace = { delayMs: 0, bytesPerSecond: Infinity };

export class FaultProxy {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #connections: ProxiedConnection[] = [];
  readonly #dialsAt: number[] = [];
  #server: Server;
  #port = 0;
  #greeting: Greeting = { kind: 'connect' };
  #greetingsLeft = Infinity;
  #mostAtOnce = 0;
  pace: Pace = HEALTHY;
  cut: Cut | undefined;
  readonly messages = new MessageFaults();

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
    this.#server = this.#makeServer();
  }

  /** In front of a `host:port`, on a free port of 127.0.0.1. */
  static async open(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.#listen(0);
    return proxy;
  }

  get state(): ProxyState {
    const connections = this.#connections.map(({ state }) => state);
    return {
      port: this.#port,
      dialsAt: this.#dialsAt,
      open: connections.filter(({ state }) => state !== 'closed').length,
      mostAtOnce: this.#mostAtOnce,
      connections: connections.slice(-200),
      spoilt: this.messages.spoilt,
    };
  }

  async perform(command: ProxyCommand): Promise<void> {
    switch (command.fault) {
      case 'greet':
        this.#greeting = command.greeting;
        this.#greetingsLeft = command.count;
        return this.#openOrClosePort();
      case 'end':
        for (const connection of this.#connections) {
          const isMeant = command.connection === undefined || connection.state.number === command.connection;
          if (isMeant && connection.isOpen) connection.end(command.ending);
        }
        return;
      case 'cut':
        this.cut = {
          unit: command.after.unit,
          left: command.after.count,
          ending: command.ending,
          isTorn: command.isTorn,
        };
        return;
      case 'slow':
        this.pace = {
          delayMs: command.delayMs,
          bytesPerSecond: command.bytesPerSecond === 0 ? Infinity : command.bytesPerSecond,
        };
        return;
      case 'corrupt':
        this.messages.spoil(command.how, command.count);
        return;
      case 'replay':
        if (command.when === 'at-dial') this.messages.repeatsAtDial = command.count;
        else {
          for (const connection of this.#connections) {
            if (connection.isOpenSocket) connection.repeat(command.count);
          }
        }
        return;
      case 'clear':
        this.#greeting = { kind: 'connect' };
        this.pace = HEALTHY;
        this.cut = undefined;
        this.messages.clear();
        for (const connection of this.#connections) {
          if (connection.state.state === 'hanging') connection.destroy();
        }
        return this.#openOrClosePort();
      default:
        return command satisfies never;
    }
  }

  onWebSocket(): void {
    const open = this.#connections.filter(({ isOpenSocket }) => isOpenSocket).length;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, open);
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #makeServer(): Server {
    return createServer({ allowHalfOpen: false, pauseOnConnect: false }, (socket) => this.#greet(socket));
  }

  #greet(socket: Socket): void {
    this.#dialsAt.push(Date.now());
    const greeting = this.#greeting;
    if (--this.#greetingsLeft <= 0) {
      this.#greeting = { kind: 'connect' };
      this.#greetingsLeft = Infinity;
    }
    if (greeting.kind === 'refuse' || greeting.kind === 'unreachable') {
      // A connection that was under way when the port was closed.
      socket.resetAndDestroy();
      return;
    }
    const connection = new ProxiedConnection(this.#dialsAt.length, socket, this);
    this.#connections.push(connection);
    if (greeting.kind === 'hang') connection.hang();
    else connection.connect(this.#target.port, this.#target.host);
  }

  async #openOrClosePort(): Promise<void> {
    const wantsPort = this.#greeting.kind !== 'unreachable';
    if (wantsPort && !this.#server.listening) {
      this.#server = this.#makeServer();
      await this.#listen(this.#port);
    } else if (!wantsPort && this.#server.listening) {
      // Settles when the last connection ends; the port is free at once.
      this.#server.close();
    }
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        if (address === null || typeof address === 'string')
          return reject(new Error('the proxy has no port'));
        this.#port = address.port;
        resolve();
      });
    });
  }
}
