/**
 * The answers to messages. Pulsar's proxy stops after 1000 unanswered ones, so each is answered once it has been taken
 * in; holding answers back is the only way that a browser can slow the service down.
 *
 * They go out together: each frame sent wakes the browser's network process, and several sent in one task wake it
 * once. A receiver that does nothing but answer takes a tenth more messages a second that way (`npm run bench`).
 */
import type { Platform } from './platform.js';
import { RECEIVER_QUEUE_SIZE } from './reader-url.js';

type Timers = Pick<Platform, 'setTimer' | 'clearTimer'>;

/** At most so many wait for each other: far below the service's window, so that it never stands still for them. */
export const ANSWERS_TOGETHER = 64;

export class Answers {
  readonly #timers: Timers;
  readonly #send: (text: string) => boolean;
  #waiting: string[] = [];
  /** The page has more to consume than it should. */
  #isHeldBack = false;
  #heldBackUntil = -Infinity;
  #timer: number | undefined;
  #sent = 0;

  /** @param send false when there was no open socket to send on */
  constructor(timers: Timers, send: (text: string) => boolean) {
    this.#timers = timers;
    this.#send = send;
  }

  get sent(): number {
    return this.#sent;
  }

  /**
   * @param isCongested the page has more to consume than it should: the answer waits for {@link release}
   * @param isNegative a consumer's "deliver it again"
   */
  give(messageId: string, isCongested: boolean, isNegative = false): void {
    if (isCongested && !this.#isHeldBack) {
      this.flush();
      this.#isHeldBack = true;
    }
    const type = isNegative ? 'negativeAcknowledge' : undefined;
    this.#waiting.push(JSON.stringify({ type, messageId }));
    // A service that has sent more than its window is not slowed down by what it is not told.
    const isFull = this.#waiting.length > RECEIVER_QUEUE_SIZE;
    if (this.#isHeldBack && !isFull) return;
    if (this.#waiting.length >= ANSWERS_TOGETHER) this.flush();
    else this.#timer ??= this.#timers.setTimer(() => this.#onTimer(), 0);
  }

  release(now: number): void {
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.#heldBackUntil = now;
    this.flush();
  }

  /** When answers were last held back (`-Infinity`: never): until then the service may be silent because of it. */
  heldBackUntil(now: number): number {
    return this.#isHeldBack ? now : this.#heldBackUntil;
  }

  /** The socket is gone, and with it the service's count. */
  drop(): void {
    this.#waiting = [];
    this.#isHeldBack = false;
    if (this.#timer !== undefined) this.#timers.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  /** All at once: in a moment nothing may go out any more. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const text of waiting) if (this.#send(text)) this.#sent++;
  }

  #onTimer(): void {
    this.#timer = undefined;
    if (!this.#isHeldBack) this.flush();
  }
}
