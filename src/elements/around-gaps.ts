/**
 * Where in an update's events its gaps are. An update carries both side by side, and may hold what came before a gap and
 * what came after it; a host page that goes through events must hear of the gap in between. Pure.
 */
import type { Gap, Position } from '../protocol/connection-status.js';
import type { EventEntry } from '../protocol/stream-event.js';

export interface AroundGaps {
  /** Each gap with the events that come before it and have not come before another. */
  readonly gaps: readonly { readonly before: readonly EventEntry[]; readonly gap: Gap }[];
  /** What comes after the last gap. */
  readonly after: readonly EventEntry[];
}

export function aroundGaps(events: readonly EventEntry[], gaps: readonly Gap[]): AroundGaps {
  let start = 0;
  const around = gaps.map((gap) => {
    const end = Math.max(start, placeOf(gap, events));
    const before = events.slice(start, end);
    start = end;
    return { before, gap };
  });
  return { gaps: around, after: events.slice(start) };
}

/** Index of the first event after the gap. What the gap names may be a message that could not be read, or of an earlier update. */
function placeOf({ from, to }: Gap, events: readonly EventEntry[]): number {
  const last = events.findLastIndex((entry) => isAt(entry, from));
  return last >= 0
    ? last + 1
    : Math.max(
        0,
        events.findIndex((entry) => isAt(entry, to)),
      );
}

/** By the time too: a broker that was emptied gives the same ids again. */
function isAt({ messageId, publishTime }: EventEntry, position: Position | undefined): boolean {
  return messageId === position?.messageId && publishTime === position.publishTime;
}
