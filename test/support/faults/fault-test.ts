/**
 * A test of one row of the table of faults. Its name begins with its row, which is what the table is made from; a test
 * that is listed as failing must fail, and one that this engine cannot show is not run.
 */
import { EXPECTED_FAILURES } from '../../faults/expected-failures.js';
import { NOT_SHOWN } from '../../faults/not-shown.js';
import { ROWS, type Row } from '../../faults/rows.js';
import { engineOf } from './engine.js';
import { testTitle } from './test-title.js';

export function faultSuite(row: Row, define: () => void): void {
  suite(`row ${row}: ${ROWS[row]}`, function () {
    this.timeout(150_000);
    define();
  });
}

export function faultTest(row: Row, name: string, body: () => Promise<void> | void): void {
  const engine = engineOf(navigator.userAgent);
  if (NOT_SHOWN.some((one) => one.row === row && one.test === name && one.engines.includes(engine))) return;
  const expected = EXPECTED_FAILURES.find((one) => one.row === row && one.test === name);
  const isExpected = expected !== undefined;
  test(testTitle({ row, name, isExpected }), isExpected ? () => mustFail(body) : body);
}

async function mustFail(body: () => Promise<void> | void): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.info(`not yet: ${error instanceof Error ? error.message.slice(0, 300) : 'failed'}`);
    return;
  }
  throw new Error('This test is listed as failing and has passed: take it off the list.');
}
