/**
 * Where in an update's events its gaps are. An update carries both side by side, and may hold what came before a gap and
 * what came after it; a host page that goes through events must hear of the gap in between. Pure.
 */
import type { Gap } from '../protocol/connection-status.js';
import type { EventEntry } from '../protocol/stream-event.js';

export interface AroundGaps {
  /** Each gap with the events that come before it and have not come before another. */
  readonly gaps: readonly { readonly before: readonly EventEntry[]; readonly gap: Gap }[];
  /** What comes after the last gap. */
  readonly after: readonly EventEntry[];
}

export function aroundGaps(events: readonly EventEntry[], gaps: readonly Gap[]): AroundGaps {
  const ids = events.map(({ messageId }) => messageId);
  let start = 0;
  const around = gaps.map((gap) => {
    const end = Math.max(start, placeOf(gap, ids));
    const before = events.slice(start, end);
    start = end;
    return { before, gap };
  });
  return { gaps: around, after: events.slice(start) };
}

/** Index of the first event after the gap. What the gap names may be a message that could not be read, or of an earlier update. */
function placeOf({ from, to }: Gap, ids: readonly string[]): number {
  const last = from === undefined ? -1 : ids.lastIndexOf(from.messageId);
  if (last >= 0) return last + 1;
  return to === undefined ? 0 : Math.max(0, ids.indexOf(to.messageId));
}
