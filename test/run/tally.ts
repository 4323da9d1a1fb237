/**
 * Owns how results are counted and said. A part that ran nothing, and a file that did not load, are failures: a green
 * line always means that something was proven.
 */
export interface Tally {
  /** What was run, for a person: `Chromium`, `service (stand-in)`. */
  readonly part: string;
  readonly passed: number;
  /** Tests that failed, hooks that failed, and files that did not load or held no test. */
  readonly failed: number;
  /** Names of tests that were not executed; said loudly, since a skipped test proves nothing. */
  readonly skipped: readonly string[];
}

/** Counts without the part's name, while they are still being gathered. */
export type Counts = Omit<Tally, 'part'>;

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: [] };

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
  };
}

/** A part that executed no test has failed, whatever its runner said. */
export function judged(part: string, counts: Counts): Tally {
  const hasRun = counts.passed + counts.failed > 0;
  return { part, ...counts, failed: hasRun ? counts.failed : 1 };
}

/** One line per part, then what was not executed. */
export function partLines(tallies: readonly Tally[]): readonly string[] {
  const width = Math.max(0, ...tallies.map(({ part }) => part.length));
  return tallies.flatMap(({ part, passed, failed, skipped }) => [
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${part.padEnd(width)}  ${passed} passed, ${failed} failed${
      skipped.length === 0 ? '' : `, ${skipped.length} SKIPPED`
    }${passed + failed === 1 && passed === 0 ? ' (or no test was executed)' : ''}`,
    ...skipped.map((name) => `     skipped: ${name}`),
  ]);
}

/** The last line of every command that runs tests; nothing is printed after it. */
export function closingLine(tallies: readonly Counts[]): string {
  const total = tallies.reduce(add, NOTHING);
  return `${total.passed} passed, ${total.failed} failed`;
}

export function hasFailed(tallies: readonly Counts[]): boolean {
  return tallies.length === 0 || tallies.some(({ failed }) => failed > 0);
}
