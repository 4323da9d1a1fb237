/** Counts what the browsers executed, per engine. Knows the runner's results, not the runner. */
import type { TestResultError, TestSuiteResult } from '@web/test-runner-core';
import { add, NOTHING, type Counts, type Tally } from './tally.js';

/** One file in one browser, as far as it is counted. */
export interface FileResult {
  readonly browser: string;
  readonly passed: boolean | undefined;
  /** What went wrong outside any test: an import that failed, a browser that went away, time that ran out. */
  readonly errors: readonly Pick<TestResultError, 'message'>[];
  readonly testResults: TestSuiteResult | undefined;
}

export function countsOfFile(result: FileResult): Counts {
  const tests = result.testResults === undefined ? NOTHING : countsOfSuite(result.testResults);
  const hasRun = tests.passed + tests.failed > 0;
  const isBroken =
    result.errors.length > 0 ||
    // A file without a test, and a file that the runner calls failed for a reason that it does not name.
    !hasRun ||
    (result.passed !== true && tests.failed === 0);
  return isBroken ? add(tests, { ...NOTHING, failed: 1 }) : tests;
}

function countsOfSuite(suite: TestSuiteResult): Counts {
  let counts = NOTHING;
  for (const test of suite.tests) {
    if (test.skipped) counts = add(counts, { ...NOTHING, skipped: [test.name] });
    else if (test.passed) counts = add(counts, { ...NOTHING, passed: 1 });
    else counts = add(counts, { ...NOTHING, failed: 1 });
  }
  return suite.suites.map(countsOfSuite).reduce(add, counts);
}

/** `expected` names the files and browsers that were asked for: what did not report has failed. */
export function tallyBrowsers(
  results: readonly FileResult[],
  expected: { readonly browsers: readonly string[]; readonly files: number },
): readonly Tally[] {
  return expected.browsers.map((browser) => {
    const own = results.filter((result) => result.browser === browser);
    const missing = Math.max(0, expected.files - own.length);
    const counts = own.map(countsOfFile).reduce(add, NOTHING);
    return { part: browser, ...add(counts, { ...NOTHING, failed: missing }) };
  });
}
