/**
 * From when on everything that was published is read, as the views are told it. Owns the promise that a start makes, and
 * what the first message makes of it: retention takes the beginning of a topic without a word.
 */
import type { ClockSkew } from './clock-skew.js';
import { compareMessageIds, type MessageId } from './message-id.js';
import type { Start } from './start-position.js';

export class Coverage {
  readonly #cover: (at: number) => void;
  readonly #skew: ClockSkew;
  #from: Start['coversFrom'];
  /** "Now" by a clock that nobody knew to be right or wrong then. */
  #guess: number | undefined;
  /** What the clock's error, once known, has made of that moment. */
  #said: number | undefined;
  /** What must come first for the promise to hold. */
  #first: MessageId | undefined;

  constructor(cover: (at: number) => void, skew: ClockSkew) {
    this.#cover = cover;
    this.#skew = skew;
  }

  begin({ coversFrom, first }: Start, now: number): void {
    this.#from = coversFrom;
    this.#first = first;
    if (coversFrom !== undefined) this.#cover(coversFrom === 'now' ? now : coversFrom);
    this.#guess = coversFrom === 'now' && this.#skew.estimate === undefined ? now : undefined;
    this.#said = undefined;
  }

  /**
   * A message's times have been compared with the clock: the first one tells when reading really began. If it was long under
   * way, or came after a sleep, reading seems to have begun as much too early, until a later one shows better.
   */
  timed(): void {
    if (this.#guess === undefined || this.#skew.estimate === undefined) return;
    const at = this.#guess - this.#skew.correction;
    const before = this.#said;
    this.#said = Math.max(before ?? at, at);
    if (before === undefined ? at !== this.#guess : at > before) this.#cover(at);
  }

  /** A gap: what is covered begins with it, whenever reading began. */
  broken(): void {
    this.#guess = undefined;
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
