/**
 * The sparse index *publish time → message id*: about one entry a minute over a day, so that a reloaded page can ask
 * the log for its window again. Pure; ids and times only, never content.
 */
import type { Position } from '../protocol/connection-status.js';

export const INDEX_STEP_MS = 60_000;
export const INDEX_SPAN_MS = 24 * 60 * 60_000;

/** Oldest first. */
export type PositionIndex = readonly Position[];

/** The same array when the position is too close to the last entry to earn one. */
export function indexed(index: PositionIndex, position: Position): PositionIndex {
  const newest = index.at(-1);
  if (newest !== undefined && position.publishTime - newest.publishTime < INDEX_STEP_MS) return index;
  const oldest = position.publishTime - INDEX_SPAN_MS;
  return [...index.filter((entry) => entry.publishTime >= oldest), position];
}

/** The newest entry at or before `time`, else the oldest there is: the place from which `time` is covered best. */
export function entryBefore(index: PositionIndex, time: number): Position | undefined {
  for (let i = index.length - 1; i >= 0; i--) {
    const entry = index[i];
    if (entry !== undefined && entry.publishTime <= time) return entry;
  }
  return index[0];
}
