/**
 * `npm run test:faults [-- --browsers chromium] [-- --only test/faults/05*]`: the thirty rows in each engine, and the
 * table of what came of them. Fails when a test fails, when a listed test passes, and when a row has no test.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowsers } from '../../run/browsers.js';
import { runCommand } from '../../run/command.js';
import { parseOptions } from '../../run/options.js';
import { named, testFiles } from '../../run/test-files.js';
import { EXPECTED_FAILURES } from '../expected-failures.js';
import { NOT_SHOWN } from '../not-shown.js';
import { tableOf, type RunResult } from './results.js';

const TIMEOUT_MS = 60 * 60_000;

const options = parseOptions(process.argv.slice(2), process.env);
const files = named(testFiles('.', 'test/faults'), options.only);
await ensureBrowsers(options.browsers);
const folder = await mkdtemp(join(tmpdir(), 'x8-faults-'));
try {
  const resultFile = join(folder, 'result.json');
  const runner = fileURLToPath(new URL('./runner.ts', import.meta.url));
  await runCommand(process.execPath, ['--import', 'tsx', runner, resultFile, ...files], {
    env: {
      BROWSERS: options.browsers.join(','),
      SERVICE: options.service,
      NEW_SEED: String(Date.now() & 0x7fffffff),
    },
    timeoutMs: TIMEOUT_MS,
    output: 'show',
  });
  const run = JSON.parse(await readFile(resultFile, 'utf8')) as RunResult;
  const { lines, hasFailed } = tableOf(run, options.browsers, {
    isWhole: options.only.length === 0,
    expected: EXPECTED_FAILURES,
    notShown: NOT_SHOWN,
  });
  console.log(lines.join('\n'));
  const { results } = run;
  const passed = results.filter(({ isPassed }) => isPassed).length;
  console.log(`\n${passed} passed, ${results.length - passed} failed`);
  process.exitCode = hasFailed ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
