/** The tile's time span as the worker wants it: ms back from now. Pure. */
export type TileWindow = '15m' | '30m' | '1h' | 'today';

const MINUTE_MS = 60_000;

/** `undefined` ends at midnight. */
const MINUTES: Readonly<Record<TileWindow, number | undefined>> = {
  '15m': 15,
  '30m': 30,
  '1h': 60,
  today: undefined,
};
export const WINDOWS = Object.keys(MINUTES) as readonly TileWindow[];

/**
 * "Today" grows with the day. It is rounded up to a full minute, so that the worker is asked anew once a minute and
 * not once a second.
 */
export function windowMs(span: TileWindow, sinceMidnightMs: number): number {
  return (MINUTES[span] ?? Math.floor(sinceMidnightMs / MINUTE_MS) + 1) * MINUTE_MS;
}
