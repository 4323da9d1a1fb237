/**
 * When the next update may go to the page: at most one that it has not consumed, and so seldom that drawing them takes
 * a bounded share of its main thread, whatever the event rate. Owns the arithmetic; the stream owns the timer.
 */

/** The first change after quiet waits just long enough to take its neighbours along. */
export const GATHER_MS = 8;
/** Ten updates a second look live; more would only cost. */
export const MIN_INTERVAL_MS = 100;
/** A page that needs long to draw is still updated once a second. */
export const MAX_INTERVAL_MS = 1_000;
/** Updates may take one part in so many of the page's main thread. */
export const PAGE_SHARE_PARTS = 30;

export class Pacer {
  #isInFlight = false;
  #sentAt = -Infinity;
  #intervalMs = MIN_INTERVAL_MS;
  #dirtyAt: number | undefined;

  /** Something changed that the page should see; true for the first change since the last update. */
  touch(now: number): boolean {
    if (this.#dirtyAt !== undefined) return false;
    this.#dirtyAt = now;
    return true;
  }

  /** Whether something waits for the next update. */
  get isDirty(): boolean {
    return this.#dirtyAt !== undefined;
  }

  /** When an update should go; `undefined` while there is none to send, or the page still has one to consume. */
  get dueAt(): number | undefined {
    if (this.#dirtyAt === undefined || this.#isInFlight) return undefined;
    return Math.max(this.#dirtyAt + GATHER_MS, this.#sentAt + this.#intervalMs);
  }

  sent(now: number): void {
    this.#isInFlight = true;
    this.#sentAt = now;
    this.#dirtyAt = undefined;
  }

  /** @param costMs main-thread time that the page needed for the last update */
  consumed(costMs: number): void {
    this.#isInFlight = false;
    const wanted = Number.isFinite(costMs) ? costMs * PAGE_SHARE_PARTS : MIN_INTERVAL_MS;
    this.#intervalMs = Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, wanted));
  }
}
