/** How far back the views on a stream look: a reloaded page asks the log for that much again. */
import type { ViewRequest } from '../protocol/views.js';

/** A feed shows a shift. */
export const FEED_WINDOW_MS = 8 * 60 * 60_000;

export function widestWindowMs(requests: Iterable<ViewRequest>): number {
  let widest = 0;
  for (const request of requests) {
    widest = Math.max(widest, request.kind === 'feed' ? FEED_WINDOW_MS : request.windowMs);
  }
  return widest;
}
