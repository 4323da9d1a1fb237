/**
 * Owns one WebSocket as a test sees it: whether the handshake was accepted, every frame received, how it
 * closed, and waits that reject and say what they waited for. Refuses to know what the frames mean.
 */
import WebSocket from 'ws';

/** Bound of every wait. The slowest honest answer, the first message after a restart, takes about 6 s. */
export const WAIT_MS = 20_000;

export interface CloseInfo {
  readonly code: number;
  readonly reason: string;
}

export interface Refusal {
  readonly kind: 'refused';
  /** HTTP status of the handshake's answer. */
  readonly status: number;
  readonly body: string;
}

export interface Opened {
  readonly kind: 'open';
  readonly socket: TestSocket;
}

export interface DialOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a WebSocket. Rejects when the service answers neither way (refused TCP, reset, silence). */
export function dial(url: string, options: DialOptions = {}): Promise<Opened | Refusal> {
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(url, {
      headers: { ...options.headers },
      handshakeTimeout: WAIT_MS,
      // Producer replies and data frames are small; a 7 MiB event is about 9.4 MiB of base64.
      maxPayload: 64 * 1024 * 1024,
    });
    // Frames may come in the same packet as the answer to the handshake.
    const socket = new TestSocket(webSocket);
    webSocket.once('open', () => resolve({ kind: 'open', socket }));
    webSocket.once('error', reject);
    webSocket.once('unexpected-response', (_request, response) => {
      const { socket: connection } = response;
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.once('end', () => {
        resolve({ kind: 'refused', status: response.statusCode ?? 0, body });
        // The service keeps the connection open for 30 s, and that would keep this process alive.
        connection.destroy();
      });
    });
  });
}

/** The same for a caller that expects to get in. */
export async function dialOpen(url: string, options: DialOptions = {}): Promise<TestSocket> {
  const answer = await dial(url, options);
  if (answer.kind === 'open') return answer.socket;
  throw new Error(`${withoutQuery(url)} answered HTTP ${answer.status} to the handshake.`);
}

/** The same for a caller that expects a refusal; hangs up when there is none. */
export async function dialRefused(url: string, options: DialOptions = {}): Promise<Refusal> {
  const answer = await dial(url, options);
  if (answer.kind === 'refused') return answer;
  await answer.socket.close();
  throw new Error(`${withoutQuery(url)} was opened, though a refusal was expected.`);
}

export class TestSocket {
  readonly #webSocket: WebSocket;
  readonly #changed = new Set<() => void>();
  readonly #frames: string[] = [];
  #closed: CloseInfo | undefined;

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
    webSocket.on('message', (data: Buffer) => {
      this.#frames.push(data.toString());
      this.#notify();
    });
    webSocket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString() };
      this.#notify();
    });
    // `ws` reports a reset here and in 'close'; the close is what tests look at.
    webSocket.on('error', () => {});
  }

  /** Every text frame received so far. */
  get frames(): readonly string[] {
    return this.#frames;
  }

  /** How it closed, or undefined while it is open. */
  get closeInfo(): CloseInfo | undefined {
    return this.#closed;
  }

  /** Extensions that both sides agreed on, such as `permessage-deflate`. */
  get extensions(): string {
    return this.#webSocket.extensions;
  }

  send(data: string | Uint8Array): void {
    this.#webSocket.send(data);
  }

  sendJson(value: unknown): void {
    this.send(JSON.stringify(value));
  }

  /** Sends a ping frame (a browser cannot) and settles with the pong. */
  async ping(): Promise<void> {
    let isAnswered = false;
    this.#webSocket.once('pong', () => {
      isAnswered = true;
      this.#notify();
    });
    this.#webSocket.ping();
    await this.waitUntil('the pong', () => isAnswered);
  }

  /**
   * Settles when `isMet`, asked after every frame and at the close. Rejects with `what` after WAIT_MS, or as
   * soon as the socket has closed without it.
   */
  waitUntil(what: string, isMet: () => boolean, timeoutMs = WAIT_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#changed.delete(check);
        finish();
      };
      const check = (): void => {
        if (isMet()) settle(resolve);
        else if (this.#closed !== undefined) {
          const { code, reason } = this.#closed;
          settle(() => reject(new Error(`Waited for ${what}, but it closed with ${code} "${reason}".`)));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`))),
        timeoutMs,
      );
      this.#changed.add(check);
      check();
    });
  }

  /** Settles with the code once the service has closed the socket. */
  async waitForClose(timeoutMs = WAIT_MS): Promise<CloseInfo> {
    await this.waitUntil('the service to close', () => this.#closed !== undefined, timeoutMs);
    return this.#closed ?? { code: 0, reason: '' };
  }

  /** Hangs up and settles when the socket is gone, at the latest after 2 s. */
  async close(): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#webSocket.close();
    const force = setTimeout(() => this.#webSocket.terminate(), 2000);
    await this.waitUntil('the close', () => this.#closed !== undefined);
    clearTimeout(force);
  }

  #notify(): void {
    for (const check of this.#changed) check();
  }
}

/** An address for messages: the query may hold a key. */
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? '';
}
