/**
 * Owns one open WebSocket of a session: text in, frames out, the idle limit, and how it ends. It is also where faults
 * strike. What the texts mean is the business of the reader, consumer and producer sessions.
 */

import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { CommandFailure } from './client-command.js';
import { corruptFrame } from './corrupt-frame.js';
import type { FaultDesk, FaultTarget } from './fault-desk.js';
import type { SessionKind } from './fault-command.js';
import type { Observation, SessionRecord } from './observation.js';
import { Outlet } from './outlet.js';
import { frameOf, textFrame } from './websocket-frame.js';

export interface SessionHandler {
  onText(text: string): void;
  /** There is room again after `isCongested`. */
  onDrain(): void;
  onClosed(): void;
}

export interface SessionSocketContext {
  readonly desk: FaultDesk;
  readonly observation: Observation;
  readonly idleTimeoutMs: number;
}

/** Codes that a peer accepts on the wire; any other has to be written by hand. */
function isValidCloseCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  );
}

/** Jetty's default. */
const MAX_BINARY_BYTES = 65_536;
const EMPTY_CLOSE = 1005;
/** After a hand-written close frame the peer gets this long to hang up. */
const CLOSE_GRACE_MS = 2_000;

export class SessionSocket implements FaultTarget {
  readonly kind: SessionKind;
  readonly topicPath: string;
  readonly record: SessionRecord;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #outlet: Outlet;
  readonly #context: SessionSocketContext;
  #handler: SessionHandler | undefined;
  #lastActivityMs = performance.now();
  #idleTimer: NodeJS.Timeout | undefined;
  #isFlushing = false;
  #isClosed = false;

  constructor(webSocket: WebSocket, socket: Socket, record: SessionRecord, context: SessionSocketContext) {
    this.kind = record.kind;
    this.topicPath = record.topic;
    this.record = record;
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#context = context;
    this.#outlet = new Outlet(socket, () => this.#handler?.onDrain());
    // Before the first message leaves, so that faults strike it too.
    context.desk.register(this);
  }

  /** Starts the traffic. */
  serve(handler: SessionHandler): void {
    this.#handler = handler;
    if (this.#isClosed) {
      // A fault ended it with its first message.
      handler.onClosed();
      return;
    }
    const touch = (): void => {
      this.#lastActivityMs = performance.now();
    };
    this.#webSocket.on('message', (data, isBinary) => {
      touch();
      if (this.#isClosed) {
        return;
      }
      const bytes = data as Buffer;
      if (!isBinary) {
        this.record.framesReceived += 1;
        handler.onText(bytes.toString('utf8'));
      } else if (bytes.length > MAX_BINARY_BYTES) {
        this.close(1009, `Binary message size [${bytes.length}] exceeds maximum size [${MAX_BINARY_BYTES}]`);
      }
      // Pulsar's handlers leave smaller binary frames alone.
    });
    this.#webSocket.on('ping', touch);
    this.#webSocket.on('pong', touch);
    // Oversized and malformed frames: the library answers with 1009, 1002 or 1007 by itself and then closes.
    this.#webSocket.on('error', () => {});
    this.#webSocket.on('close', () => this.#ended());
    this.#socket.on('drain', () => handler.onDrain());
    this.#watchIdle(this.#context.idleTimeoutMs);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isCongested(): boolean {
    return this.#outlet.isCongested || this.#outlet.isHeld;
  }

  /** Sends an answer to the client. */
  sendText(text: string): void {
    this.#push(textFrame(text));
  }

  /** Sends a message of a topic, spoilt first when a fault says so. */
  sendMessage(frame: Buffer): void {
    this.record.messagesSent += 1;
    const corruption = this.#context.desk.takeCorruption(this);
    if (corruption === undefined) {
      this.#push(frame);
    } else {
      corruptFrame(frame, corruption).forEach((each) => this.#push(each));
    }
    this.#context.desk.messageSent(this);
  }

  cut(isFlushed: boolean): void {
    if (isFlushed) {
      this.#outlet.flush();
      this.#socket.destroySoon();
    } else {
      this.#socket.resetAndDestroy();
    }
    this.#ended();
  }

  /** Ends the session over a bad frame. Pulsar's own close codes are not legal, so `dropped` just ends the connection. */
  fail(failure: CommandFailure): void {
    switch (failure.kind) {
      case 'dropped':
        this.cut(true);
        break;
      case 'server-error':
        this.close(1011, failure.reason);
        break;
      default:
        failure satisfies never;
    }
  }

  close(code: number, reason: string): void {
    this.#outlet.flush();
    if (isValidCloseCode(code)) {
      this.#webSocket.close(code, reason);
    } else {
      const head = Buffer.alloc(code === EMPTY_CLOSE ? 0 : 2);
      if (head.length > 0) {
        head.writeUInt16BE(code);
      }
      const body = head.length === 0 ? head : Buffer.concat([head, Buffer.from(reason)]);
      this.#socket.write(frameOf('close', body));
      setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS).unref();
    }
    this.#ended();
  }

  stall(): void {
    this.#outlet.hold();
    this.#webSocket.pause();
  }

  resume(): void {
    if (!this.#isClosed) {
      this.#lastActivityMs = performance.now();
      this.#webSocket.resume();
      this.#outlet.release();
      this.#handler?.onDrain();
    }
  }

  setDelay(ms: number): void {
    this.#outlet.setDelay(ms);
  }

  #push(frame: Buffer): void {
    this.#outlet.push(frame);
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      // After the current turn, so that everything a turn produces leaves in one write.
      process.nextTick(() => {
        this.#isFlushing = false;
        this.#lastActivityMs = performance.now();
        this.#outlet.flush();
      });
    }
  }

  #watchIdle(afterMs: number): void {
    const limit = this.#context.idleTimeoutMs;
    this.#idleTimer = setTimeout(() => {
      const idleMs = performance.now() - this.#lastActivityMs;
      if (this.#outlet.isHeld || idleMs < limit) {
        this.#watchIdle(this.#outlet.isHeld ? limit : Math.ceil(limit - idleMs));
        return;
      }
      this.close(1001, `java.util.concurrent.TimeoutException: Idle timeout expired: ${limit}/${limit} ms`);
    }, afterMs);
    this.#idleTimer.unref();
  }

  #ended(): void {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    this.#outlet.dispose();
    this.#context.desk.unregister(this);
    this.#context.observation.closed(this.record);
    this.#handler?.onClosed();
  }
}
