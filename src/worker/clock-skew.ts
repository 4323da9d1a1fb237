/**
 * The browser's clock less the broker's, estimated: the smallest (receive time − publish time) of live messages in the
 * last minutes. Transport only ever adds to that difference, so the smallest is the nearest to the truth.
 */

/** A bucket's length; the estimate looks at the running bucket and the one before. */
const BUCKET_MS = 150_000;
/** Smaller differences are transport, not clocks. */
export const SKEW_TOLERANCE_MS = 2_000;
/** What had been waiting meanwhile comes that long after answers were held back. */
const BACKLOG_MS = 30_000;

export class ClockSkew {
  readonly #heldBackUntil: (now: number) => number;
  #bucketStart = -Infinity;
  #previous = Infinity;
  #current = Infinity;
  /** What the clock has jumped by since the last live message. */
  #jumpMs = 0;

  /** @param heldBackUntil when answers were last held back: what comes late then is late because of us */
  constructor(heldBackUntil: (now: number) => number = () => -Infinity) {
    this.#heldBackUntil = heldBackUntil;
  }

  /**
   * The clock went on by so much without us. After a sleep that is as it should be; had somebody set it forward, the next
   * live message, which comes when what was slept through has been caught up with, is older by just that.
   */
  jumped(byMs: number): void {
    this.#jumpMs += byMs;
  }

  /** `isLive` is false for replayed messages, whose age is no skew; only a time in the future is evidence then. */
  observe(receivedAt: number, publishTime: number, isLive: boolean): void {
    const difference = receivedAt - publishTime;
    if (Number.isNaN(difference) || (!isLive && difference >= 0)) return;
    if (isLive && this.#isSetForward(difference)) this.#previous = this.#current = Infinity;
    if (isLive) this.#jumpMs = 0;
    if (
      difference >= (this.estimate ?? Infinity) &&
      receivedAt - this.#heldBackUntil(receivedAt) < BACKLOG_MS
    )
      return;
    if (receivedAt - this.#bucketStart >= BUCKET_MS) {
      this.#bucketStart = receivedAt;
      this.#previous = this.#current;
      this.#current = difference;
    } else if (difference < this.#current) {
      this.#current = difference;
    }
  }

  #isSetForward(difference: number): boolean {
    const since = difference - (this.estimate ?? Infinity);
    return this.#jumpMs > 0 && Math.abs(since - this.#jumpMs) <= SKEW_TOLERANCE_MS;
  }

  /** ms; `undefined` before the first evidence. */
  get estimate(): number | undefined {
    const smallest = Math.min(this.#previous, this.#current);
    return smallest === Infinity ? undefined : smallest;
  }

  /** What to correct by: 0 while the clocks agree within {@link SKEW_TOLERANCE_MS}. */
  get correction(): number {
    const estimate = this.estimate ?? 0;
    return Math.abs(estimate) > SKEW_TOLERANCE_MS ? estimate : 0;
  }
}
