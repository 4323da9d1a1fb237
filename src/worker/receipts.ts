/**
 * Answers of a consumer that wait until the page has their messages. An answered message never comes again, so one that
 * is answered when the worker takes it in is lost if the page is left, or the worker dies, before it is drawn. A reader
 * needs no such care: its position is what has been on screen.
 */
import { RECEIVER_QUEUE_SIZE } from './reader-url.js';

/** No service that keeps to its window has so many unanswered. */
export const MAX_RECEIPTS = 2 * RECEIVER_QUEUE_SIZE;

export interface Receipt {
  readonly messageId: string;
  /** It goes back: the broker delivers it again, or to the dead-letter topic. */
  readonly isNegative: boolean;
}

export class Receipts {
  /** For the next update. */
  #waiting: Receipt[] = [];
  /** In the update that the page has not consumed yet. */
  #inFlight: readonly Receipt[] = [];
  #fullUntil = -Infinity;

  add(receipt: Receipt): void {
    this.#waiting.push(receipt);
  }

  /** More came than the window holds: what came is not to be kept, and comes again. */
  get isOverfull(): boolean {
    return this.#inFlight.length + this.#waiting.length >= MAX_RECEIPTS;
  }

  /** An update goes out with all that was taken in. */
  sent(): void {
    this.#inFlight = this.#waiting;
    this.#waiting = [];
  }

  /** That update is on screen: its answers are due. */
  consumed(now: number): readonly Receipt[] {
    this.#fullUntil = this.fullUntil(now);
    const due = this.#inFlight;
    this.#inFlight = [];
    return due;
  }

  /** Until when the window was full of unanswered messages (`-Infinity`: never), so that the service had to be silent. */
  fullUntil(now: number): number {
    return this.#inFlight.length + this.#waiting.length < RECEIVER_QUEUE_SIZE ? this.#fullUntil : now;
  }

  /** The socket is gone: its messages come again. */
  drop(): void {
    this.#waiting = [];
    this.#inFlight = [];
  }
}
