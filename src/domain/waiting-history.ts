/**
 * How many waited at the end of each of the last minutes: an exact step function, kept as the net change per minute, so
 * that a correction (a departure that was none) is one subtraction.
 */

export const MINUTE_MS = 60_000;

/** Samples of the sparkline. */
export const SAMPLES = 30;

/** Far more than the samples need, so that pruning is rare; event times may be a day ahead, so a ring would not do. */
const MAX_MINUTES = 128;

export class WaitingHistory {
  /** Net change in the minute that ends at `key * MINUTE_MS`. */
  readonly #changes = new Map<number, number>();

  add(at: number, change: 1 | -1): void {
    const minute = Math.ceil(at / MINUTE_MS);
    this.#changes.set(minute, (this.#changes.get(minute) ?? 0) + change);
    if (this.#changes.size > MAX_MINUTES) this.#prune();
  }

  /** Oldest first, the last one at the latest full minute; `undefined` before `since`. */
  samples(now: number, waiting: number, since: number | undefined): (number | undefined)[] {
    const lastMinute = Math.floor(now / MINUTE_MS);
    const firstMinute = lastMinute - SAMPLES + 1;
    const changes = Array.from({ length: SAMPLES }, () => 0);
    let count = waiting;
    for (const [minute, change] of this.#changes) {
      if (minute > lastMinute) count -= change;
      else if (minute >= firstMinute) changes[minute - firstMinute] = change;
    }
    const samples = Array.from<number | undefined>({ length: SAMPLES });
    for (let index = SAMPLES - 1; index >= 0; index -= 1) {
      const at = (firstMinute + index) * MINUTE_MS;
      samples[index] = since === undefined || at < since ? undefined : Math.max(0, count);
      count -= changes[index] as number;
    }
    return samples;
  }

  clear(): void {
    this.#changes.clear();
  }

  #prune(): void {
    const minutes = [...this.#changes.keys()].sort((a, b) => a - b);
    for (const minute of minutes.slice(0, MAX_MINUTES / 2)) this.#changes.delete(minute);
  }
}
