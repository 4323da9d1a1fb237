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

export const EXPECTED_FAILURES: readonly ExpectedFailure[] = [];
