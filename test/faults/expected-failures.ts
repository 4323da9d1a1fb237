/**
 * What the product does not do yet, test by test. A test listed here must fail: the one that passes fails the run, so
 * that the list shrinks with the product. `npm run test:faults` prints it loudly.
 */
import type { Row } from './rows.js';

export interface ExpectedFailure {
  readonly row: Row;
  readonly test: string;
  readonly why: string;
}

export const EXPECTED_FAILURES: readonly ExpectedFailure[] = [
  {
    row: 24,
    test: 'after 12 refused dials the widget says that the browser is holding the next one back',
    why: 'the widget says "connecting", whoever it is that waits',
  },
  {
    row: 25,
    test: 'is dialed at most 6 times in the first minute, whatever chance says',
    why: 'full jitter makes 9 to 11 dials',
  },
  {
    row: 25,
    test: 'is suspected after three refusals, and then tried once in 5 minutes',
    why: 'there is no state "auth-suspected"',
  },
  {
    row: 26,
    test: 'rejects four times, hangs once, then has one: it is used, and nothing is left unhandled',
    why: 'a failed `credentials()` is not asked again',
  },
];
