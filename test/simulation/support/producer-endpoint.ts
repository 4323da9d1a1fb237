/**
 * A producer endpoint on a free port of this machine that keeps what it gets, in order, by topic. It confirms at
 * once unless told otherwise.
 *
 *     const endpoint = await ProducerEndpoint.open();
 *     endpoint.behaviour = { kind: 'silent' };
 *     await endpoint.received('event-v1/all', 3);
 *     await endpoint.close();
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** How the endpoint answers. */
export type Behaviour =
  | { readonly kind: 'confirm' }
  /** Takes messages and says nothing. */
  | { readonly kind: 'silent' }
  /** Confirms the first messages of a connection, takes some more, then cuts it; the next connection is normal. */
  | { readonly kind: 'cut'; readonly afterConfirmed: number; readonly afterTaken: number }
  /** Answers every message with a failure, once; the next connection is normal. */
  | { readonly kind: 'fail' }
  /** Refuses the handshake. */
  | { readonly kind: 'refuse'; readonly status: number };

const WAIT_MS = 10_000;

interface Watch {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
}

export class ProducerEndpoint {
  behaviour: Behaviour = { kind: 'confirm' };
  /** The request targets of all handshakes, refused ones included. */
  readonly targets: string[] = [];
  readonly #payloads = new Map<string, string[]>();
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #unanswered: (() => void)[] = [];
  #watches: Watch[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.#sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      this.targets.push(request.url ?? '');
      this.#notify();
      if (this.behaviour.kind === 'refuse') {
        socket.end(
          `HTTP/1.1 ${this.behaviour.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
        );
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, request));
    });
  }

  static async open(): Promise<ProducerEndpoint> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ProducerEndpoint(server);
  }

  get base(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `ws://127.0.0.1:${port}/ws/v2`;
  }

  /** Open connections at present. */
  get connections(): number {
    return this.#sockets.clients.size;
  }

  /** Decoded payloads of one topic, such as `event-v1/all`, copies included. */
  payloads(topic: string): readonly string[] {
    return this.#payloads.get(topic) ?? [];
  }

  get topics(): readonly string[] {
    return [...this.#payloads.keys()];
  }

  /** Resolves when a topic has so many payloads; rejects after 10 s with what it waited for. */
  received(topic: string, count: number): Promise<void> {
    return this.#until(
      () => this.payloads(topic).length >= count,
      () => `${topic} got ${this.payloads(topic).length} of ${count} payloads`,
    );
  }

  /** Resolves when there were so many handshakes, refused ones included; rejects after 10 s. */
  handshakes(count: number): Promise<void> {
    return this.#until(
      () => this.targets.length >= count,
      () => `${this.targets.length} of ${count} handshakes`,
    );
  }

  /** Confirms what was left unanswered, and everything from now on. */
  release(): void {
    this.behaviour = { kind: 'confirm' };
    for (const answer of this.#unanswered.splice(0)) answer();
  }

  /** A ping and its pong on every connection: what the peer had sent before has arrived by then. */
  async barrier(): Promise<void> {
    const rounds = [...this.#sockets.clients].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('pong', () => resolve());
          socket.ping();
        }),
    );
    await Promise.all(rounds);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #until(isMet: () => boolean, describe: () => string): Promise<void> {
    if (isMet()) return;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#watches.push({ isMet, resolve });
        timer = setTimeout(() => reject(new Error(`${describe()} in ${WAIT_MS} ms`)), WAIT_MS);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #notify(): void {
    const met = this.#watches.filter(({ isMet }) => isMet());
    this.#watches = this.#watches.filter((watch) => !met.includes(watch));
    for (const { resolve } of met) resolve();
  }

  #serve(socket: WebSocket, request: IncomingMessage): void {
    const topic = (request.url ?? '')
      .replace(/\?.*/, '')
      .split('/')
      .slice(-2)
      .map(decodeURIComponent)
      .join('/');
    const behaviour = this.behaviour;
    let taken = 0;
    socket.on('message', (data) => {
      const frame: { payload: string; context: string; properties: object } = JSON.parse(String(data));
      const known = this.#payloads.get(topic) ?? [];
      this.#payloads.set(topic, known);
      known.push(Buffer.from(frame.payload, 'base64').toString('utf8'));
      taken += 1;
      const confirm = (): void => {
        const reply = {
          result: 'ok',
          messageId: 'CAMQADAA',
          context: frame.context,
          errorCode: 0,
          schemaVersion: 0,
        };
        socket.send(JSON.stringify(reply));
      };
      switch (behaviour.kind) {
        case 'confirm':
        case 'refuse':
          confirm();
          break;
        case 'silent':
          if (this.behaviour.kind === 'silent') this.#unanswered.push(confirm);
          else confirm();
          break;
        case 'cut':
          if (taken <= behaviour.afterConfirmed) confirm();
          this.behaviour = { kind: 'confirm' };
          if (taken === behaviour.afterTaken) socket.terminate();
          break;
        case 'fail':
          this.behaviour = { kind: 'confirm' };
          socket.send(JSON.stringify({ result: 'send-error:3', errorMsg: 'no', context: frame.context }));
          break;
        default: {
          const impossible: never = behaviour;
          return impossible;
        }
      }
      this.#notify();
    });
  }
}
