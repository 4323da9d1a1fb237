/**
 * The sparse index *publish time → message id*: about one entry a minute over a day, so that a reloaded page can ask
 * the log for its window again. Pure; ids and times only, never content.
 */
import type { Position } from '../protocol/connection-status.js';

export const INDEX_STEP_MS = 60_000;
export const INDEX_SPAN_MS = 24 * 60 * 60_000;

/** Oldest first. */
export type PositionIndex = readonly Position[];

/**
 * The same array when the position is too close to the last entry to earn one.
 *
 * @param now by the broker's clock: the time of a message is its producer's, and one from the future must not end the index
 */
export function indexed(index: PositionIndex, position: Position, now: number): PositionIndex {
  const publishTime = Math.min(position.publishTime, now);
  const newest = index.at(-1)?.publishTime ?? -Infinity;
  if (publishTime < newest + INDEX_STEP_MS && newest <= now) return index;
  const oldest = publishTime - INDEX_SPAN_MS;
  const kept = index.filter((entry) => entry.publishTime >= oldest && entry.publishTime < publishTime);
  return [...kept, { messageId: position.messageId, publishTime }];
}

/** The newest entry at or before `time`, else the oldest there is: the place from which `time` is covered best. */
export function entryBefore(index: PositionIndex, time: number): Position | undefined {
  for (let i = index.length - 1; i >= 0; i--) {
    const entry = index[i];
    if (entry !== undefined && entry.publishTime <= time) return entry;
  }
  return index[0];
}
