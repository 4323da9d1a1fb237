/**
 * A WebSocket to the service. Owns which answers to questions are heard: a question is put to learn what is on its way now,
 * and frames come in order, so that of several questions only the answer to the newest one says so. The service answers the
 * first one after the whole window that it sends unasked, which a slow network may bring half a minute later. The others are
 * handed on as mere signs of life.
 */
import { beginsAsMessage, readFrame } from './frame.js';
import { ASK_END_OF_TOPIC, type Socket } from './socket.js';

/**
 * While answers come and messages do not, for so long, each answer is to the newest question, and an earlier one was lost:
 * a connection ends when nothing comes for 10 s after a question (docs/connection-states.md, `KEEPALIVE_REPLY_MS`).
 */
const LOST_AFTER_MS = 30_000;

/** A control frame, which says nothing of what the service has. */
const SIGN_OF_LIFE = { data: ASK_END_OF_TOPIC };

export class OwnSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onerror: Socket['onerror'] = null;
  onclose: Socket['onclose'] = null;
  readonly #socket: WebSocket;
  readonly #now: () => number;
  #asked = 0;
  /** Since when some question has waited, and no message has come. */
  #owedSince = 0;

  constructor(socket: WebSocket, now: () => number) {
    this.#socket = socket;
    this.#now = now;
    socket.binaryType = 'arraybuffer';
    socket.onopen = (event) => this.onopen?.call(socket, event);
    socket.onerror = (event) => this.onerror?.call(socket, event);
    socket.onclose = (event) => this.onclose?.call(socket, event);
    socket.onmessage = (event) => {
      const isOvertaken = this.#asked > 0 && this.#isOvertaken(event.data);
      this.onmessage?.call(socket, isOvertaken ? new MessageEvent('message', SIGN_OF_LIFE) : event);
    };
  }

  get readyState(): Socket['readyState'] {
    return this.#socket.readyState;
  }

  /** Questions that wait for an answer. */
  get asked(): number {
    return this.#asked;
  }

  send(text: string): void {
    if (text === ASK_END_OF_TOPIC) {
      const now = this.#now();
      if (now >= this.#owedSince + LOST_AFTER_MS) this.#asked = 0;
      if (this.#asked++ === 0) this.#owedSince = now;
    }
    this.#socket.send(text);
  }

  close(): void {
    this.#socket.close();
  }

  /** The answer to a question after which another one was put. That the topic has ended stays true. */
  #isOvertaken(data: unknown): boolean {
    if (beginsAsMessage(data)) {
      this.#owedSince = this.#now();
      return false;
    }
    const frame = readFrame(data);
    return frame.kind === 'end-of-topic' && --this.#asked > 0 && !frame.isEnded;
  }
}
