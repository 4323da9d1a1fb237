/** The history as it stands on screen: rows with the headings between them. Pure. */
import type { Wording } from '../i18n/wording.js';
import type { FeedRow } from '../protocol/views.js';

export type FeedItem =
  | { readonly kind: 'row'; readonly key: string; readonly row: FeedRow; readonly position: number }
  | { readonly kind: 'day' | 'away'; readonly key: string; readonly text: string };

/**
 * @param rows newest first.
 * @param away ids of rows that came while nobody looked.
 */
export function feedItems(
  rows: readonly FeedRow[],
  away: ReadonlySet<string>,
  now: number,
  wording: Wording,
): readonly FeedItem[] {
  const { messages } = wording;
  const firstAway = rows.findIndex(({ id }) => away.has(id));
  const lastAway = rows.findLastIndex(({ id }) => away.has(id));
  const today = wording.dayKey(now);
  const items: FeedItem[] = [];
  const keys = new Set<string>();
  // Events may come in another order than that of their times, and a day twice.
  const unique = (key: string): string => {
    const one = keys.has(key) ? unique(`${key}'`) : key;
    keys.add(one);
    return one;
  };
  let heading = '';
  let headedAt: number | undefined;
  rows.forEach((row, index) => {
    // A gap stands where it came in, and its time is when it was found: the day is that of the rows around it.
    const at = row.kind === 'gap' ? (headedAt ?? row.at) : row.at;
    headedAt = at;
    const day = wording.dayKey(at);
    if (index === firstAway) {
      const count = rows.reduce((sum, { id }) => sum + (away.has(id) ? 1 : 0), 0);
      items.push({ kind: 'away', key: 'away', text: messages.whileAway(wording.number(count)) });
      // The divider stands for the heading of today, which would only repeat that it is recent.
      if (day === today) heading = day;
    }
    if (day !== heading) {
      items.push({ kind: 'day', key: unique(`day ${day}`), text: wording.day(at, now) });
      heading = day;
    } else if (firstAway >= 0 && index === lastAway + 1) {
      items.push({ kind: 'day', key: `earlier ${day}`, text: messages.earlier(wording.day(at, now)) });
    }
    items.push({ kind: 'row', key: row.id, row, position: index + 1 });
  });
  return items;
}
