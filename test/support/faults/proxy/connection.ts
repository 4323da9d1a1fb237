/**
 * One TCP connection through the proxy: two sockets and what is done to the bytes between them. Owns both sockets;
 * which fault strikes when is decided in `fault-proxy.ts`.
 */
import { createConnection, type Socket } from 'node:net';
import type { Ending } from './command.js';
import { FrameCounter, isData } from './frame-counter.js';

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

export interface Cut {
  readonly unit: 'frames' | 'bytes';
  readonly ending: Ending;
  readonly isTorn: boolean;
  left: number;
}

export interface ConnectionHost {
  readonly pace: Pace;
  /** The cut that waits for its place, if there is one; counted down by whichever connection comes first. */
  cut: Cut | undefined;
  /** A connection has said that it is a WebSocket. */
  onWebSocket(): void;
}

const UPGRADE = /^upgrade: *websocket/im;

export class ProxiedConnection {
  readonly #number: number;
  readonly #client: Socket;
  readonly #host: ConnectionHost;
  readonly #openedAt = Date.now();
  readonly #frames = new FrameCounter();
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
      if (isFirst && UPGRADE.test(chunk.toString('latin1'))) {
        this.#isWebSocket = true;
        this.#host.onWebSocket();
      }
      service.write(isFirst ? withoutCompression(chunk) : chunk);
    });
    this.#client.on('end', () => service.end());
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
    const { bytes, ending } = this.#cutShort(chunk);
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

  /** What of a chunk still passes, and whether the connection ends after it. */
  #cutShort(chunk: Buffer): { readonly bytes: Buffer; readonly ending: Ending | undefined } {
    const borders = this.#frames.take(chunk).filter(({ opcode }) => isData(opcode));
    const { cut } = this.#host;
    if (cut?.unit === 'bytes') {
      cut.left -= chunk.length;
      if (cut.left > 0) return this.#whole(chunk, borders.length);
      this.#host.cut = undefined;
      return { bytes: chunk.subarray(0, chunk.length + cut.left), ending: cut.ending };
    }
    if (cut === undefined || borders.length < cut.left) {
      if (cut !== undefined) cut.left -= borders.length;
      return this.#whole(chunk, borders.length);
    }
    const border = borders[cut.left - 1];
    this.#framesToClient += cut.left - (cut.isTorn ? 1 : 0);
    this.#host.cut = undefined;
    const end = border?.end ?? chunk.length;
    const middle = Math.floor((Math.max(0, border?.payloadStart ?? 0) + end) / 2);
    return { bytes: chunk.subarray(0, cut.isTorn ? middle : end), ending: cut.ending };
  }

  #whole(bytes: Buffer, frames: number): { readonly bytes: Buffer; readonly ending: undefined } {
    this.#framesToClient += frames;
    return { bytes, ending: undefined };
  }

  #closed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#endedAt = Date.now();
    this.#service?.destroy();
  }
}

/** Compressed frames have lengths but no readable middle; browsers always offer compression. */
function withoutCompression(request: Buffer): Buffer {
  const text = request.toString('latin1');
  return Buffer.from(text.replace(/^sec-websocket-extensions:.*\r\n/im, ''), 'latin1');
}
