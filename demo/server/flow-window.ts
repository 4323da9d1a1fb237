/**
 * Owns the count of messages that are out and not answered: Pulsar's pending window, exactly.
 *
 * It mirrors the counter of `ReaderHandler` and `ConsumerHandler`: one read is asked for at a time, a delivered message
 * counts up and asks for the next one only below the limit, an answer counts down and asks again only when the count
 * stood at the limit. The count may fall below zero; whoever answers too much has earned a wider window.
 */

export class FlowWindow {
  readonly #limit: number;
  #pending = 0;
  #maxPending = 0;
  #asked = 0;

  /** @param limit messages that may be out; 0 in pull mode, where permits push the count below zero. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get pending(): number {
    return this.#pending;
  }

  /** The highest count there ever was: the proof that the window held. */
  get maxPending(): number {
    return this.#maxPending;
  }

  get isOpen(): boolean {
    return this.#asked > 0;
  }

  /** Asks for the first message; pull mode waits for a permit instead. */
  open(): void {
    this.#asked += 1;
  }

  delivered(): void {
    this.#asked -= 1;
    this.#pending += 1;
    this.#maxPending = Math.max(this.#maxPending, this.#pending);
    if (this.#pending < this.#limit) {
      this.#asked += 1;
    }
  }

  answered(): void {
    if (this.#pending >= this.#limit) {
      this.#asked += 1;
    }
    this.#pending -= 1;
  }

  permit(count: number): void {
    if (this.#pending >= 0) {
      this.#asked += 1;
    }
    this.#pending -= count;
  }
}
