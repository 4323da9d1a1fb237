/** The tile's numbers in words and digits. Pure: a view and the time go in, text comes out. */
import type { Wording } from '../i18n/wording.js';
import type { TileView } from '../protocol/views.js';

/** The tile as one phrase, for a reader that hears it. */
export function tilePhrase(
  view: TileView | undefined,
  queue: string,
  longestWaitMs: number | undefined,
  target: number | undefined,
  wording: Wording,
): string {
  const { tile } = wording.messages;
  const inWords = (value: number | undefined, format: (value: number) => string): string =>
    value === undefined ? tile.unknown : format(value);
  const parts = [
    `${inWords(view?.waiting, (count) => wording.number(count))} ${tile.waiting}`,
    `${tile.longestWait} ${inWords(longestWaitMs, (ms) => wording.spoken(ms))}`,
    `${tile.serviceLevel} ${inWords(view?.serviceLevel, (share) => wording.percent(share))}`,
  ];
  if (target !== undefined) parts.push(tile.target(wording.percent(target)));
  return `${tile.label(queue)}: ${parts.join(', ')}`;
}

/** The longest wait now; with nobody waiting it is 0, and unknown while the number of waiting is. */
export function longestWaitMs(view: TileView | undefined, now: number): number | undefined {
  if (view?.longestWaitSince !== undefined) return Math.max(0, now - view.longestWaitSince);
  return view?.waiting === 0 ? 0 : undefined;
}

/** "since 09:12 · partial". Where events are shared out, what comes here covers nothing. */
export function coverageWords(view: TileView | undefined, isSharedOut: boolean, wording: Wording): string {
  const { tile } = wording.messages;
  if (isSharedOut) return tile.sharedOut;
  if (view?.coverage.since === undefined) return tile.noDataYet;
  const since = wording.messages.since(wording.clock(view.coverage.since));
  return view.coverage.isPartial ? `${since} · ${tile.partial}` : since;
}
