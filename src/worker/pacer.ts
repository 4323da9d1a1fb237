/**
 * When the next update may go to the page: at most one that it has not consumed, and so seldom that drawing them takes
 * a bounded share of its main thread, whatever the event rate. Owns the arithmetic; the timer is `update-schedule.ts`'s.
 *
 * Drawing is paid from a budget that fills with time. What quiet has saved up pays for the first updates of a burst, and
 * for one that costs much (the first of a page, or one that a busy host has slowed down), without a pause after it.
 */

/** The first change after quiet waits just long enough to take its neighbours along. */
export const GATHER_MS = 8;
/** Ten updates a second look live; more would only cost. */
export const MIN_INTERVAL_MS = 100;
/** A page that needs long to draw is still updated once a second. */
export const MAX_INTERVAL_MS = 1_000;
/**
 * Drawing may take one part in so many of the page's main thread. What an update costs beside its drawing is not told and
 * comes on top, about half as much again: 5 % in all are the aim (README, "What it costs").
 */
export const PAGE_SHARE_PARTS = 36;
/** The most that quiet saves up: main-thread time of the first drawing of a page, or of a few that follow a burst. */
export const MAX_BUDGET_MS = 50;

export class Pacer {
  #isInFlight = false;
  #sentAt = -Infinity;
  #dirtyAt: number | undefined;
  #isPressed = false;
  /** Main-thread time that updates may still take; below 0 it is owed. */
  #budgetMs = MAX_BUDGET_MS;
  #budgetAt = -Infinity;

  /** Something changed that the page should see; true for the first change since the last update. */
  touch(now: number): boolean {
    if (this.#dirtyAt !== undefined) return false;
    this.#dirtyAt = now;
    return true;
  }

  /**
   * More wait, of what the page gets one by one, than should: they go out ten updates a second whatever they cost, so
   * that each update stays small. True when that is news.
   */
  press(): boolean {
    const isNews = !this.#isPressed;
    this.#isPressed = true;
    return isNews;
  }

  /** Whether something waits for the next update. */
  get isDirty(): boolean {
    return this.#dirtyAt !== undefined;
  }

  /** When an update should go; `undefined` while there is none to send, or the page still has one to consume. */
  get dueAt(): number | undefined {
    if (this.#dirtyAt === undefined || this.#isInFlight) return undefined;
    // Has passed where nothing is owed.
    const paidAt = this.#isPressed ? -Infinity : this.#budgetAt - this.#budgetMs * PAGE_SHARE_PARTS;
    const pausedUntil = Math.max(this.#sentAt + MIN_INTERVAL_MS, paidAt);
    return Math.max(this.#dirtyAt + GATHER_MS, Math.min(pausedUntil, this.#sentAt + MAX_INTERVAL_MS));
  }

  sent(now: number): void {
    this.#isInFlight = true;
    this.#sentAt = now;
    this.#dirtyAt = undefined;
    this.#isPressed = false;
  }

  /** @param costMs main-thread time that the page needed for the last update */
  consumed(costMs: number, now: number): void {
    if (!this.#isInFlight) return;
    this.#isInFlight = false;
    const earnedMs = (now - this.#budgetAt) / PAGE_SHARE_PARTS;
    const spentMs = Number.isFinite(costMs) ? Math.max(0, costMs) : 0;
    // A debt beyond what the longest pause pays off would only be forgiven.
    const leastMs = -MAX_INTERVAL_MS / PAGE_SHARE_PARTS;
    this.#budgetMs = Math.max(leastMs, Math.min(MAX_BUDGET_MS, this.#budgetMs + earnedMs) - spentMs);
    this.#budgetAt = now;
  }
}
