/**
 * Whether a reader that is never without messages has caught up, told from their times. What was published after the
 * socket opened is proof, as long as the two clocks agree. They may not, and nothing tells before something live has
 * come: then it is over when what comes gets no younger for a while, which is so by any clock.
 */
import { SKEW_TOLERANCE_MS } from './clock-skew.js';

/** The youngest message at the end of one such span is held against the youngest at its beginning. */
const SPAN_MS = 2_000;
/** While a reader catches up, its messages get younger by a twentieth of the time that passes at least. */
const GAIN_MS = 100;
/** What is live is late by a little more and a little less; a burst that is read slower than it was published gets older and older. */
const JITTER_MS = 500;
/** A burst that is read as fast as it was published gets no younger either, but seldom for so many spans in a row. */
const SPANS = 5;

export class CatchingUp {
  readonly #openedAt: number;
  /** A message came from the future. */
  #isClockWrong = false;
  #spanAt = -Infinity;
  /** Of the running span. */
  #youngestMs = Infinity;
  /** Of the spans without gain before it. */
  #youngestBeforeMs = Infinity;
  #spansWithoutGain = 0;

  /** @param openedAt by the broker's clock, as far as it is known */
  constructor(openedAt: number) {
    this.#openedAt = openedAt;
  }

  /** Of what proves the place, the time says as much about the clocks as that of any other. */
  sees(ageMs: number): void {
    this.#isClockWrong ||= ageMs < -SKEW_TOLERANCE_MS;
  }

  /**
   * @param ageMs of the message when it was received, by the clocks as they were known before it
   * @returns whether what comes from here on, this message included, is live
   */
  isOver(publishTime: number, receivedAt: number, ageMs: number): boolean {
    this.sees(ageMs);
    if (!this.#isClockWrong && publishTime >= this.#openedAt) return true;
    const isSpanOver = receivedAt >= this.#spanAt + SPAN_MS;
    const gainedMs = this.#youngestBeforeMs - this.#youngestMs;
    if (isSpanOver) {
      const isSteady = gainedMs < GAIN_MS && gainedMs >= -JITTER_MS;
      this.#spansWithoutGain = isSteady ? this.#spansWithoutGain + 1 : 0;
      this.#youngestBeforeMs = isSteady
        ? Math.min(this.#youngestBeforeMs, this.#youngestMs)
        : this.#youngestMs;
      this.#youngestMs = Infinity;
      this.#spanAt = receivedAt;
    }
    this.#youngestMs = Math.min(this.#youngestMs, receivedAt - publishTime);
    return this.#spansWithoutGain >= SPANS;
  }
}
