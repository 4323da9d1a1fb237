/** The tile's time span as the worker wants it: ms back from now. Pure. */
export const WINDOWS = ['15m', '30m', '1h', 'today'] as const;
export type TileWindow = (typeof WINDOWS)[number];

const MINUTE_MS = 60_000;

/**
 * "Today" grows with the day. It is rounded up to a full minute, so that the worker is asked anew once a minute and
 * not once a second.
 */
export function windowMs(span: TileWindow, sinceMidnightMs: number): number {
  switch (span) {
    case '15m':
      return 15 * MINUTE_MS;
    case '30m':
      return 30 * MINUTE_MS;
    case '1h':
      return 60 * MINUTE_MS;
    case 'today':
      return (Math.floor(sinceMidnightMs / MINUTE_MS) + 1) * MINUTE_MS;
    default: {
      const unheardOf: never = span;
      return unheardOf;
    }
  }
}
