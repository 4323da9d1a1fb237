/**
 * The producer of one topic: a socket to Pulsar's WebSocket producer endpoint, opened when there is something to
 * send. Owns order, confirmation and reconnecting: what was not confirmed is sent again, in the same order, so a
 * message may arrive twice and none is lost. Refuses to own what is sent, and ever to tell its address.
 */
import { WebSocket, type RawData } from 'ws';

/** Frames sent and not yet confirmed. Pulsar's own producers hold back at 1000 pending messages. */
const IN_FLIGHT_LIMIT = 500;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Pulsar answers a message it cannot store after `sendTimeoutMillis`, 30 s; later than that the connection is dead. */
const CONFIRM_TIMEOUT_MS = 45_000;
const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;
/** How long a closing handshake may take before the socket is cut. */
const CLOSE_TIMEOUT_MS = 500;

/** Why a connection was lost or refused. The HTTP status is known when the handshake was answered. */
export interface Trouble {
  readonly status: number | undefined;
  /** A short cause such as `ECONNREFUSED`. No address, no key. */
  readonly cause: string;
}

/** What a producer tells its owner. */
export interface ProducerObserver {
  onOpen(): void;
  onConfirm(): void;
  onTrouble(trouble: Trouble): void;
}

type Connection =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly socket: WebSocket }
  | { readonly kind: 'open'; readonly socket: WebSocket }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopped' };

/** The bytes of a frame, however the library hands them over. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

/** Reads a reply of the broker. Nothing when it is not one. */
function parseReply(data: RawData): { readonly isOk: boolean; readonly context: string } | undefined {
  let reply: unknown;
  try {
    reply = JSON.parse(textOf(data));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof reply !== 'object' || reply === null) return undefined;
  const result = 'result' in reply ? reply.result : undefined;
  const context = 'context' in reply ? reply.context : undefined;
  return typeof context === 'string' ? { isOk: result === 'ok', context } : undefined;
}

/** The library's messages name a status or carry a system code; the rest of their text is not passed on. */
function describe(error: Error): Trouble {
  const status = /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1];
  if (status !== undefined) return { status: Number(status), cause: `HTTP ${status}` };
  const cause = 'code' in error && typeof error.code === 'string' ? error.code : 'connection failed';
  return { status: undefined, cause };
}

/** A producer of one topic. */
export class Producer {
  readonly #address: string;
  readonly #observer: ProducerObserver;
  /** By context, in the order of sending. */
  readonly #unconfirmed = new Map<string, string>();
  #unsent: [context: string, frame: string][] = [];
  #connection: Connection = { kind: 'idle' };
  #lost: Trouble | undefined;
  #attempts = 0;
  #count = 0;
  #confirmTimer: NodeJS.Timeout | undefined;

  constructor(address: string, observer: ProducerObserver) {
    this.#address = address;
    this.#observer = observer;
  }

  /** Takes a payload for sending. Ignored once stopped. */
  send(payload: string): void {
    if (this.#connection.kind === 'stopped') return;
    const context = String(this.#count);
    this.#count += 1;
    const frame = JSON.stringify({
      payload: Buffer.from(payload, 'utf8').toString('base64'),
      properties: {},
      context,
    });
    this.#unsent.push([context, frame]);
    this.open();
    this.#pump();
  }

  /** Connects, unless that is done or under way. */
  open(): void {
    if (this.#connection.kind !== 'idle') return;
    const socket = new WebSocket(this.#address, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    });
    this.#connection = { kind: 'connecting', socket };
    this.#lost = undefined;
    socket.on('open', () => {
      if (this.#connection.kind !== 'connecting') return;
      this.#connection = { kind: 'open', socket };
      this.#observer.onOpen();
      // Oldest first: what an earlier socket took along without confirming it.
      this.#unsent = [...this.#unconfirmed, ...this.#unsent];
      this.#unconfirmed.clear();
      this.#pump();
    });
    socket.on('message', (data) => this.#onReply(socket, data));
    socket.on('error', (error) => {
      this.#lost = describe(error);
    });
    socket.on('close', (code) => this.#onClose(code));
  }

  /** Closes the socket and ends all timers. What is not confirmed is given up. */
  async stop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = { kind: 'stopped' };
    clearTimeout(this.#confirmTimer);
    this.#unsent = [];
    this.#unconfirmed.clear();
    if (connection.kind === 'waiting') clearTimeout(connection.timer);
    if (connection.kind !== 'connecting' && connection.kind !== 'open') return;
    const { socket } = connection;
    await new Promise<void>((resolve) => {
      const cut = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
      socket.on('close', () => {
        clearTimeout(cut);
        resolve();
      });
      if (connection.kind === 'open') socket.close(1000);
      else socket.terminate();
    });
  }

  #pump(): void {
    const connection = this.#connection;
    if (connection.kind !== 'open') return;
    const room = IN_FLIGHT_LIMIT - this.#unconfirmed.size;
    for (const [context, frame] of this.#unsent.splice(0, Math.max(0, room))) {
      this.#unconfirmed.set(context, frame);
      connection.socket.send(frame);
    }
    this.#watchConfirmation(connection.socket);
  }

  #onReply(socket: WebSocket, data: RawData): void {
    const reply = parseReply(data);
    if (reply === undefined) return;
    if (!reply.isOk) {
      this.#lost = { status: undefined, cause: 'the broker could not store a message' };
      socket.terminate();
      return;
    }
    if (!this.#unconfirmed.delete(reply.context)) return;
    this.#attempts = 0;
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = undefined;
    this.#observer.onConfirm();
    this.#pump();
  }

  #watchConfirmation(socket: WebSocket): void {
    if (this.#confirmTimer !== undefined || this.#unconfirmed.size === 0) return;
    this.#confirmTimer = setTimeout(() => {
      this.#lost = { status: undefined, cause: 'no confirmation' };
      socket.terminate();
    }, CONFIRM_TIMEOUT_MS);
  }

  #onClose(code: number): void {
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = undefined;
    if (this.#connection.kind === 'stopped') return;
    const wasOpen = this.#connection.kind === 'open';
    // An idle producer that the service closes (1001 after its idle time) comes back with the next message.
    if (wasOpen && this.#unconfirmed.size === 0 && this.#unsent.length === 0) {
      this.#connection = { kind: 'idle' };
      return;
    }
    this.#observer.onTrouble(this.#lost ?? { status: undefined, cause: `closed with code ${code}` });
    const ceilingMs = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#attempts);
    this.#attempts = Math.min(this.#attempts + 1, 16);
    // Chance spreads the sockets of one outage; it has no part in what is simulated.
    const timer = setTimeout(
      () => {
        this.#connection = { kind: 'idle' };
        this.open();
      },
      ceilingMs * (0.5 + Math.random() / 2),
    );
    this.#connection = { kind: 'waiting', timer };
  }
}
