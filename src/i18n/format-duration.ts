/** Durations in digits, never wider than needed: "6:41", "1:02:09", "1 d 3 h". */

/** Parts of a second are dropped, as on a stopwatch; a negative duration (a clock that was set back) is 0. */
export function hoursMinutesSeconds(durationMs: number): readonly [number, number, number] {
  const total = Math.max(0, Math.floor(durationMs / 1000));
  return [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
}

/** Under an hour `m:ss`, under a day `h:mm:ss`, above that days and hours in the catalogue's words. */
export function formatDuration(durationMs: number, days: (days: string, hours: string) => string): string {
  const [hours, minutes, seconds] = hoursMinutesSeconds(durationMs);
  if (hours >= 24) return days(String(Math.floor(hours / 24)), String(hours % 24));
  const digits = hours > 0 ? [hours, minutes, seconds] : [minutes, seconds];
  return digits.map((value, index) => String(value).padStart(index > 0 ? 2 : 1, '0')).join(':');
}
