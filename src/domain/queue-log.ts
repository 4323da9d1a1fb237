/** The visits of one queue that a window can still reach. What is counted of them is `queue-metrics.ts`. */
import { isWaiting, type Visit } from './visit.js';

/** The longest window: a day, and the hour that a day gains in autumn. */
export const LONGEST_WINDOW_MS = 25 * 3_600_000;

/** Old visits are cut off when at least so many have come since. */
const TRIM_EVERY = 1_024;

export class QueueLog {
  readonly id: string;
  name: string | undefined;
  /** Moves with everything that a tile shows. */
  version = 0;
  /** Visits that ended before this time were given up for want of room. */
  lostBefore: number;
  /** How many tiles show it. */
  watchers = 0;
  /** In the order in which they were heard of. */
  readonly visits = new Set<Visit>();
  #trimAt = TRIM_EVERY;

  constructor(id: string, lostBefore: number) {
    this.id = id;
    this.lostBefore = lostBefore;
  }

  add(visit: Visit): void {
    this.version += 1;
    this.visits.add(visit);
    if (this.visits.size < this.#trimAt) return;
    const cutoff = endOf(visit) - LONGEST_WINDOW_MS;
    for (const old of this.visits) if (!isWaiting(old) && endOf(old) <= cutoff) this.visits.delete(old);
    this.#trimAt = this.visits.size + TRIM_EVERY;
  }

  remove(visit: Visit): void {
    this.version += 1;
    this.visits.delete(visit);
  }

  /** Gives up a quarter of the visits, the oldest ones; who still waits is counted on. */
  giveUpOldest(): void {
    let count = Math.ceil(this.visits.size / 4);
    for (const visit of this.visits) {
      if (isWaiting(visit)) continue;
      if (count === 0) return;
      count -= 1;
      this.lostBefore = Math.max(this.lostBefore, endOf(visit));
      this.visits.delete(visit);
    }
  }
}

/** The last time at which a visit is counted, while nobody waits in it. */
export function endOf(visit: Visit): number {
  return Math.max(visit.queuedAt, visit.leftAt ?? visit.queuedAt);
}
