/**
 * The process that runs the rows in browsers: `runner.ts <result file> <test file>...`. A process of its own because
 * the runner ends its process when it cannot start. Engines and service come from the environment.
 */
import { writeFile } from 'node:fs/promises';
import { defaultReporter, startTestRunner, type TestRunnerConfig } from '@web/test-runner';
import type { TestSuiteResult } from '@web/test-runner-core';
import { runnerConfig } from '../../support/runner-config.js';
import type { Figure, RunResult, TestResult } from './results.js';

/** What a test has measured, or ran with, as it logs it: `row 10: ...`. */
const FIGURE = /^(?:row \d+|random schedules): /;

const [resultFile, ...files] = process.argv.slice(2);
if (resultFile === undefined) throw new Error('runner.ts <result file> <test file>...');
process.once('SIGTERM', () => process.exit(1));
const config: TestRunnerConfig = {
  ...(await runnerConfig()),
  files,
  reporters: [defaultReporter({ reportTestProgress: false })],
  watch: false,
};
const runner = await startTestRunner({
  config,
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
});
if (runner === undefined) throw new Error('the browser runner did not start');
await new Promise<void>((resolve) => {
  runner.on('stopped', () => resolve());
});
const results = [...runner.sessions.all()].flatMap(
  ({ browser, testFile, errors, testResults }): TestResult[] => [
    ...(testResults === undefined ? [] : testsOf(browser.name, testResults)),
    // What goes wrong outside any test belongs to no row, and must not vanish.
    ...errors.map(({ message }) => ({
      browser: browser.name,
      title: testFile.replace(`${process.cwd()}/`, ''),
      isPassed: false,
      said: message,
    })),
  ],
);
const figures = [...runner.sessions.all()].flatMap(({ browser, logs }): Figure[] =>
  logs
    .map((values) => String((values as readonly unknown[])[0]))
    .filter((text) => FIGURE.test(text))
    .map((text) => ({ browser: browser.name, text })),
);
await writeFile(resultFile, JSON.stringify({ results, figures } satisfies RunResult));
process.exit(0);

function testsOf(browser: string, { suites, tests }: TestSuiteResult): TestResult[] {
  return [
    ...tests.map(({ name, passed, skipped, error }) => ({
      browser,
      title: name,
      isPassed: passed && !skipped,
      said: error?.message ?? '',
    })),
    ...suites.flatMap((one) => testsOf(browser, one)),
  ];
}
