/**
 * Owns the one form of time that Pulsar's `DateFormatter.parse` accepts for `eventTime`: ISO 8601 with an offset.
 */

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?/;
const OFFSET = /^(?:Z|[+-]\d\d:\d\d(?::\d\d)?)$/;

export type EventTime =
  /** 0 when the message has none. */
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'unreadable'; readonly message: string };

export function parseEventTime(text: string | undefined): EventTime {
  if (text === undefined) {
    return { kind: 'time', timeMs: 0 };
  }
  const local = LOCAL.exec(text)?.[0] ?? '';
  const timeMs = OFFSET.test(text.slice(local.length)) && local !== '' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs)
    ? {
        kind: 'unreadable',
        message: `Text '${text.slice(0, 60)}' could not be parsed at index ${local.length}`,
      }
    : { kind: 'time', timeMs };
}
