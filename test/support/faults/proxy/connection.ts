/**
 * One TCP connection through the proxy: two sockets and what is done to the bytes between them. Owns both sockets;
 * which fault strikes when is decided in `fault-proxy.ts`.
 */
import { createConnection, type Socket } from 'node:net';
import type { Ending } from './command.js';
import { cutIn, type Cut } from './cut.js';
import { FrameSplitter, isData, type Piece } from './frame-splitter.js';
import type { Line } from './line.js';
import type { MessageFaults } from './message-faults.js';

export interface ConnectionState {
  readonly number: number;
  readonly openedAt: number;
  readonly state: 'open' | 'half-open' | 'hanging' | 'closed';
  /** It asked for an upgrade; a page also asks by plain HTTP whether the host is there. */
  readonly isWebSocket: boolean;
  readonly endedAt: number | undefined;
  readonly bytesFromClient: number;
  readonly bytesToClient: number;
  /** Data frames that were passed on whole. */
  readonly framesToClient: number;
  readonly lastByteFromClientAt: number | undefined;
  readonly lastByteToClientAt: number | undefined;
}

/** How slow the way to the client is. */
export interface Pace {
  readonly delayMs: number;
  readonly bytesPerSecond: number;
}

export interface ConnectionHost {
  readonly pace: Pace;
  /** If there is one. */
  cut: Cut | undefined;
  readonly messages: MessageFaults;
  /** A connection has said that it is a WebSocket. */
  onWebSocket(): void;
}

/** Names the address and its query. */
const UPGRADE = /^GET ([^ ?]*)\??([^ ]*)[^]*^upgrade: *websocket/im;

export class ProxiedConnection {
  readonly #number: number;
  readonly #client: Socket;
  readonly #host: ConnectionHost;
  readonly #openedAt = Date.now();
  readonly #fromService = new FrameSplitter();
  readonly #fromClient = new FrameSplitter();
  /** Once it has said which address it wants. */
  #line: Line | undefined;
  #service: Socket | undefined;
  #state: ConnectionState['state'] = 'open';
  #endedAt: number | undefined;
  #bytesFromClient = 0;
  #bytesToClient = 0;
  #framesToClient = 0;
  #lastByteFromClientAt: number | undefined;
  #lastByteToClientAt: number | undefined;
  #freeAt = 0;
  /** On its way to the client, oldest first. */
  readonly #late: { readonly bytes: Buffer; readonly ending: Ending | undefined }[] = [];
  #hasRequest = false;
  #isWebSocket = false;

  constructor(number: number, client: Socket, host: ConnectionHost) {
    this.#number = number;
    this.#client = client;
    this.#host = host;
    client.setNoDelay(true);
    client.on('error', () => this.#closed());
    client.on('close', () => this.#closed());
  }

  get state(): ConnectionState {
    return {
      number: this.#number,
      openedAt: this.#openedAt,
      state: this.#state,
      isWebSocket: this.#isWebSocket,
      endedAt: this.#endedAt,
      bytesFromClient: this.#bytesFromClient,
      bytesToClient: this.#bytesToClient,
      framesToClient: this.#framesToClient,
      lastByteFromClientAt: this.#lastByteFromClientAt,
      lastByteToClientAt: this.#lastByteToClientAt,
    };
  }

  get isOpenSocket(): boolean {
    return this.isOpen && this.#isWebSocket;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Takes the connection and never says a word. */
  hang(): void {
    this.#state = 'hanging';
    this.#client.on('data', (chunk) => this.#count(chunk));
  }

  connect(port: number, host: string): void {
    const service = createConnection({ port, host });
    service.setNoDelay(true);
    this.#service = service;
    service.on('error', () => this.end('reset'));
    service.on('close', () => {
      if (this.#state === 'open') this.end('fin');
    });
    service.on('data', (chunk) => this.#toClient(chunk));
    this.#client.on('data', (chunk) => {
      this.#count(chunk);
      if (this.#state !== 'open') return;
      const isFirst = !this.#hasRequest;
      this.#hasRequest = true;
      const [, address, query] = isFirst ? (UPGRADE.exec(chunk.toString('latin1')) ?? []) : [];
      if (address !== undefined) {
        this.#isWebSocket = true;
        this.#line = this.#host.messages.line(address, new URLSearchParams(query).get('messageId') ?? '');
        this.#host.onWebSocket();
      }
      if (this.#line !== undefined) {
        for (const piece of this.#fromClient.take(chunk)) this.#line.heard(piece);
      }
      service.write(isFirst ? withoutCompression(chunk) : chunk);
    });
    this.#client.on('end', () => service.end());
  }

  /** The last messages that it has brought, once more. */
  repeat(count: number): void {
    if (this.#line !== undefined) this.#pass(this.#line.again(count));
  }

  end(ending: Ending): void {
    switch (ending) {
      case 'fin':
        this.#client.end();
        this.#service?.destroy();
        return this.#closed();
      case 'reset':
        this.#client.resetAndDestroy();
        this.#service?.destroy();
        return this.#closed();
      case 'half-open':
        this.#state = 'half-open';
        this.#line = undefined;
        this.#client.pause();
        // The service learns at once what the client must find out.
        this.#service?.destroy();
        return;
      default:
        return ending satisfies never;
    }
  }

  /** Whatever state it is in. */
  destroy(): void {
    this.#client.destroy();
    this.#service?.destroy();
    this.#closed();
  }

  #count(chunk: Buffer): void {
    if (this.#state === 'half-open') return;
    this.#bytesFromClient += chunk.length;
    this.#lastByteFromClientAt = Date.now();
  }

  #toClient(chunk: Buffer): void {
    if (this.#state !== 'open') return;
    const line = this.#line;
    // What is no WebSocket passes as it is.
    if (line === undefined) return this.#send(chunk, undefined);
    this.#pass(this.#fromService.take(chunk).flatMap((piece) => this.#host.messages.pass(piece, line)));
  }

  #pass(pieces: readonly Piece[]): void {
    const { bytes, ending } = this.#cutShort(pieces);
    if (bytes.length > 0) this.#send(bytes, ending);
  }

  #send(bytes: Buffer, ending: Ending | undefined): void {
    const { delayMs, bytesPerSecond } = this.#host.pace;
    const now = Date.now();
    const startsAt = Math.max(now + delayMs, this.#freeAt);
    this.#freeAt = startsAt + (bytes.length / bytesPerSecond) * 1_000;
    if (this.#late.length === 0 && this.#freeAt <= now) return this.#write(bytes, ending);
    this.#late.push({ bytes, ending });
    // Two timers may change places, and what a network delays stays in order: each lets the oldest go.
    setTimeout(() => {
      const oldest = this.#late.shift();
      if (oldest !== undefined) this.#write(oldest.bytes, oldest.ending);
    }, this.#freeAt - now);
  }

  #write(bytes: Buffer, ending: Ending | undefined): void {
    if (this.#state !== 'open') return;
    this.#bytesToClient += bytes.length;
    this.#lastByteToClientAt = Date.now();
    if (ending === undefined) {
      this.#client.write(bytes);
      return;
    }
    // A reset would overtake what is still on its way.
    this.#client.write(bytes, () => setTimeout(() => this.end(ending), 20));
    this.#state = 'half-open';
  }

  /** What of the pieces still passes, and whether the connection ends after it. */
  #cutShort(pieces: readonly Piece[]): { readonly bytes: Buffer; readonly ending: Ending | undefined } {
    const passed: Buffer[] = [];
    for (const piece of pieces) {
      const { cut } = this.#host;
      const last = cut && cutIn(cut, piece);
      passed.push(last ?? piece.bytes);
      const isWhole = last === undefined || last.length === piece.bytes.length;
      if (isWhole && piece.kind === 'frame' && isData(piece)) {
        this.#framesToClient++;
        this.#line?.sent(piece);
      }
      if (cut === undefined || last === undefined) continue;
      this.#host.cut = undefined;
      return { bytes: Buffer.concat(passed), ending: cut.ending };
    }
    const [only] = passed;
    return {
      bytes: only !== undefined && passed.length === 1 ? only : Buffer.concat(passed),
      ending: undefined,
    };
  }

  #closed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    // Of an hour's dials only the numbers are kept.
    this.#line = undefined;
    this.#endedAt = Date.now();
    this.#service?.destroy();
  }
}

/** Compressed frames have lengths but no readable middle; browsers always offer compression. */
function withoutCompression(request: Buffer): Buffer {
  const text = request.toString('latin1');
  return Buffer.from(text.replace(/^sec-websocket-extensions:.*\r\n/im, ''), 'latin1');
}
