/**
 * The ids of messages that were dealt with lately. A subscription delivers out of order (a message that another consumer
 * gave back comes long after its neighbours), so that only the id itself tells a copy from a message that is late.
 *
 * Bounded: what may come again is what was not answered, or whose answer the broker had not yet written down. That is
 * the window of 1000 and as many behind it, a batch whose rest was answered (1000), and on a crash the answers of the
 * last second (7,000 at the rate that a proxy reaches).
 *
 * With the time that the frame gives: a broker that was emptied begins with the same ids again.
 */
import type { MessageId } from './message-id.js';

/** So many are always remembered, and at most twice as many. */
export const REMEMBERED_IDS = 10_000;

export class RecentIds {
  #young = new Set<string>();
  #old: ReadonlySet<string> = new Set();

  has(id: MessageId, publishTime: number): boolean {
    const key = keyOf(id, publishTime);
    return this.#young.has(key) || this.#old.has(key);
  }

  add(id: MessageId, publishTime: number): void {
    this.#young.add(keyOf(id, publishTime));
    if (this.#young.size < REMEMBERED_IDS) return;
    this.#old = this.#young;
    this.#young = new Set();
  }
}

/** From the numbers: the text of one id may differ between two deliveries, and would hold its whole frame in memory. */
function keyOf({ ledger, entry, partition, batchIndex }: MessageId, publishTime: number): string {
  return `${ledger}:${entry}:${partition}:${batchIndex}:${publishTime}`;
}
