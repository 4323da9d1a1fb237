/** Durations in digits, never wider than needed: "6:41", "1:02:09", "1 d 3 h". */

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/**
 * Under an hour `m:ss`, under a day `h:mm:ss`, above that days and hours in the catalogue's words. Parts of a second
 * are dropped, as on a stopwatch; a negative duration (a clock that was set back) is 0.
 */
export function formatDuration(durationMs: number, days: (days: string, hours: string) => string): string {
  const total = Math.max(0, Math.floor(durationMs / SECOND_MS));
  if (total >= DAY_S) {
    return days(String(Math.floor(total / DAY_S)), String(Math.floor((total % DAY_S) / HOUR_S)));
  }
  const seconds = twoDigits(total % MINUTE_S);
  const minutes = Math.floor(total / MINUTE_S) % MINUTE_S;
  const hours = Math.floor(total / HOUR_S);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
