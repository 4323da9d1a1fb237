/**
 * The process that runs test files in browsers: `browser-runner.ts <result file> <test file>...`. It is a process of
 * its own because the runner ends its process when it cannot start, and the closing line has to be said even then.
 * Engines and service come from the environment, as runner-config.ts says.
 */
import { writeFile } from 'node:fs/promises';
import { defaultReporter, startTestRunner, type TestRunnerConfig } from '@web/test-runner';
import type { Reporter, TestSuiteResult } from '@web/test-runner-core';
import { runnerConfig } from '../support/runner-config.js';
import { countsOfFile, type FileResult, tallyBrowsers } from './browser-results.js';

/** When everything fails, the reason is in the first files. */
const MAX_FILES_REPORTED = 20;

const [resultFile, ...files] = process.argv.slice(2);
if (resultFile === undefined) throw new Error('browser-runner.ts <result file> <test file>...');

if (!process.stdout.isTTY) withoutCursorMoves();
// By default the signal of a time limit skips what ends the browsers.
process.once('SIGTERM', () => process.exit(1));
const config: TestRunnerConfig = {
  ...(await runnerConfig()),
  files,
  reporters: [quietReporter()],
  watch: false,
};
const runner = await startTestRunner({
  config,
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
});
// It has said why, and ends this process itself.
if (runner === undefined) throw new Error('the browser runner did not start');
await new Promise<void>((resolve) => {
  runner.on('stopped', () => resolve());
});
const sessions = [...runner.sessions.all()].map(({ browser, passed, errors, testFile, testResults }) => ({
  testFile,
  result: { browser: browser.name, passed, errors, testResults } satisfies FileResult,
}));
const results = sessions.map(({ result }) => result);
for (const { testFile, result } of sessions) {
  // A failed test has been reported by its name. A file may also fail by itself, and then nothing else names it.
  if (hasFailedTest(result.testResults) || countsOfFile(result).failed === 0) continue;
  const reason = result.errors.map(({ message }) => message).join('; ') || 'it has run no test';
  console.log(`FAIL ${result.browser} ${testFile}: ${reason}`);
}
const browsers = [...new Set((config.browsers ?? []).map(({ name }) => name))];
await writeFile(resultFile, JSON.stringify(tallyBrowsers(results, { browsers, files: files.length })));
// Vite's and the browsers' handles would keep the process alive for a while.
process.exit(0);

function hasFailedTest(suite: TestSuiteResult | undefined): boolean {
  if (suite === undefined) return false;
  return suite.tests.some(({ passed, skipped }) => !passed && !skipped) || suite.suites.some(hasFailedTest);
}

/** The default reporter without its progress bar, and without what browsers log while their tests pass. */
function quietReporter(): Reporter {
  const { start, reportTestFileResults } = defaultReporter({ reportTestProgress: false });
  let filesReported = 0;
  return {
    ...(start === undefined ? {} : { start }),
    reportTestFileResults: (args) => {
      const hasFailed = args.sessionsForTestFile.some(({ passed }) => passed !== true);
      if (hasFailed && ++filesReported > MAX_FILES_REPORTED) {
        args.logger.log(`${args.testFile} failed too`);
        return;
      }
      reportTestFileResults?.({
        ...args,
        sessionsForTestFile: args.sessionsForTestFile.map((session) =>
          session.passed === true ? { ...session, logs: [], request404s: [] } : session,
        ),
      });
    },
  };
}

/** The runner redraws its last lines even where there is no terminal to redraw, which fills a log with escapes. */
function withoutCursorMoves(): void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array): boolean =>
    typeof chunk === 'string' ? writePlain(chunk) : write(chunk);
  function writePlain(text: string): boolean {
    // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
    const plain = text.replace(/\u001b\[\d*[A-Z]/g, '');
    return plain.trim() === '' ? true : write(plain);
  }
}
