/**
 * From when on everything that was published is read, as the views are told it. Owns the promise that a start makes, and
 * what the first message makes of it: retention takes the beginning of a topic without a word.
 */
import { compareMessageIds, type MessageId } from './message-id.js';
import type { Start } from './start-position.js';

export class Coverage {
  readonly #cover: (at: number) => void;
  #from: Start['coversFrom'];
  /** What must come first for the promise to hold. */
  #first: MessageId | undefined;

  constructor(cover: (at: number) => void) {
    this.#cover = cover;
  }

  begin({ coversFrom, first }: Start, now: number): void {
    this.#from = coversFrom;
    this.#first = first;
    if (coversFrom !== undefined) this.#cover(coversFrom === 'now' ? now : coversFrom);
  }

  /** A message has come: less is covered than was promised where it is not the first one. */
  check(id: MessageId, publishTime: number): void {
    if (this.#first === undefined) return;
    const order = compareMessageIds(id, this.#first);
    if (order < 0) return;
    this.#first = undefined;
    if (order > 0 && typeof this.#from === 'number' && publishTime > this.#from) this.#cover(publishTime);
  }

  /** An event of this time has come: the first one tells where nothing was promised. */
  observe(at: number): void {
    if (this.#from !== undefined) return;
    this.#from = at;
    this.#cover(at);
  }
}
