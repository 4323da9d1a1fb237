/**
 * A catalogue bound to a locale and a time zone: everything that turns a fact into text. Owns the `Intl` objects,
 * which are dear to make and cheap to use, so an element keeps one wording until its locale or zone changes.
 */
import { formatDuration, hoursMinutesSeconds } from './format-duration.js';
import type { Messages } from './messages.js';

/** Drawn where a number is not known. */
export const UNKNOWN = '–';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** All time zones differ from UTC by a multiple of 15 minutes: within one such span the day cannot change. */
const ZONE_STEP_MS = 900_000;
/** Enough for a day of minutes; a wall that runs for weeks must not keep them all. */
const MAX_REMEMBERED = 2000;

const TO_THE_MINUTE = { hour: '2-digit', minute: '2-digit' } as const;
const TO_THE_SECOND = { ...TO_THE_MINUTE, second: '2-digit' } as const;

export interface Wording {
  readonly messages: Messages;
  /** Digits: "6:41"; a dash where it is not known. */
  duration(durationMs: number | undefined): string;
  /** For a screen reader: "2 minutes 41 seconds". */
  spoken(durationMs: number): string;
  /** Rounded to one unit: "2 s", "12 min", "3 h". */
  roughly(durationMs: number): string;
  /** "14:02", as the locale writes it. */
  clock(at: number): string;
  /** "Thu 19 Nov 14:02". */
  dayClock(at: number): string;
  /** "14:02:11". */
  clockSeconds(at: number): string;
  /** "Today", "Yesterday", "Thu 19 Nov". */
  day(at: number, now: number): string;
  /** Equal for two times of the same day. */
  dayKey(at: number): string;
  /** ms that have passed since midnight in the time zone. */
  sinceMidnight(at: number): number;
  /** A dash where it is not known. */
  number(value: number | undefined): string;
  /** 0 to 1 as a whole percentage; a dash where it is not known. */
  percent(ratio: number | undefined): string;
}

function remembered(step: number, format: (at: number) => string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const key = Math.floor(at / step);
    let text = known.get(key);
    if (text === undefined) {
      if (known.size >= MAX_REMEMBERED) known.clear();
      text = format(at);
      known.set(key, text);
    }
    return text;
  };
}

/** The reader's locale where it speaks the catalogue's language ("10 May" or "May 10"), else that language. */
function wordLocale(language: string, locale: string | undefined): string {
  const wanted = new Intl.DateTimeFormat(locale).resolvedOptions().locale;
  return new Intl.Locale(wanted).language === language ? wanted : language;
}

/**
 * @param locale BCP 47 tag for digits and clock times; `undefined` takes the browser's.
 * @param timeZone IANA name; `undefined` takes the browser's.
 * @throws RangeError for a locale or time zone that the browser does not know.
 */
export function createWording(
  messages: Messages,
  locale: string | undefined,
  timeZone: string | undefined,
): Wording {
  const dates = (tag: string | undefined, options: Intl.DateTimeFormatOptions): ((at: number) => string) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone });
    return (at) => format.format(at);
  };
  const clock = remembered(MINUTE_MS, dates(locale, TO_THE_MINUTE));
  const clockSeconds = dates(locale, TO_THE_SECOND);
  const dayKey = remembered(ZONE_STEP_MS, dates('en', {}));
  const dayName = dates(wordLocale(messages.language, locale), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const wallTime = dates('en-GB', TO_THE_SECOND);
  const wallMs = (at: number): number => {
    const [hour = 0, minute = 0, second = 0] = wallTime(at).split(':').map(Number);
    return (hour * 3600 + minute * 60 + second) * SECOND_MS;
  };
  const sinceMidnight = (at: number): number => {
    const passedMs = wallMs(at);
    // Where the clock was put forward or back since, this is an hour off midnight.
    const missedMs = wallMs(at - passedMs);
    return passedMs + missedMs - (missedMs > DAY_MS / 2 ? DAY_MS : 0);
  };
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const units = ['hour', 'minute', 'second'].map(
    (unit) => new Intl.NumberFormat(messages.language, { style: 'unit', unit, unitDisplay: 'long' }),
  );

  return {
    messages,
    duration: (durationMs) =>
      durationMs === undefined ? UNKNOWN : formatDuration(durationMs, messages.days),
    spoken: (durationMs) => {
      const counts = hoursMinutesSeconds(durationMs);
      const parts = units.map((unit, index) => ({ count: counts[index] ?? 0, unit }));
      const known = parts.filter(({ count }) => count > 0);
      return (known.length > 0 ? known : parts.slice(-1))
        .map(({ count, unit }) => unit.format(count))
        .join(' ');
    },
    roughly: (durationMs) => {
      const span = Math.max(0, durationMs);
      if (span < MINUTE_MS) return messages.seconds(numbers.format(Math.floor(span / SECOND_MS)));
      if (span < HOUR_MS) return messages.minutes(numbers.format(Math.floor(span / MINUTE_MS)));
      return messages.hours(numbers.format(Math.floor(span / HOUR_MS)));
    },
    clock,
    dayClock: (at) => `${dayName(at)} ${clock(at)}`,
    clockSeconds,
    day: (at, now) => {
      const key = dayKey(at);
      if (key === dayKey(now)) return messages.today;
      // Noon of the day before: days have 23 to 25 hours.
      return key === dayKey(now - sinceMidnight(now) - DAY_MS / 2) ? messages.yesterday : dayName(at);
    },
    dayKey,
    sinceMidnight,
    number: (value) => (value === undefined ? UNKNOWN : numbers.format(value)),
    percent: (ratio) => (ratio === undefined ? UNKNOWN : percents.format(ratio)),
  };
}
