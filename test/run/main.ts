/**
 * `npm test` and, with `--service pulsar`, `npm run test:pulsar`: every test there is, quick ones first, one line per
 * part, and as the very last line the plain `N passed, N failed`. Owns the order and the verdict; the parts run
 * themselves.
 */
import { runInBrowsers } from './browser-part.js';
import { ensureBrowsers } from './browsers.js';
import { runNodeFiles } from './node-part.js';
import { ALL_BROWSERS, type Options, parseOptions, USAGE } from './options.js';
import { plan, type Part } from './plan.js';
import { closingLine, hasFailed, judged, NOTHING, partLines, type Tally } from './tally.js';
import { testFiles } from './test-files.js';

/** A run that takes longer than this hangs. */
const BROWSERS_TIMEOUT_MS = 30 * 60_000;
/** The slowest files wait for a real broker's start and restart. */
const NODE_FILE_TIMEOUT_MS = 10 * 60_000;

const tallies: Tally[] = [];
const notRun: string[] = [];
try {
  const options = parseOptions(process.argv.slice(2), process.env);
  // Test files read it too.
  process.env['SERVICE'] = options.service;
  const { parts, skipped } = plan(testFiles('.'), options);
  notRun.push(...skipped);
  // Before anything runs: nobody waits for tests to learn that a browser is missing.
  if (parts.some(({ kind }) => kind === 'browser')) await ensureBrowsers(options.browsers);
  const stopBroker = await brokerFor(options);
  try {
    for (const part of parts) tallies.push(...(await runPart(part, options)));
  } finally {
    await stopBroker();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && /is not an option|needs a value|is not one of/.test(error.message)) {
    console.error(`\n${USAGE}`);
  }
  tallies.push({ part: 'run', ...NOTHING, failed: 1 });
}
const lines = ['', ...partLines(tallies), ...notRun.map((name) => `NOT RUN: ${name}`), closingLine(tallies)];
process.exitCode = hasFailed(tallies) ? 1 : 0;
// What still runs (a browser that is slow to end) may not write after the closing line.
process.stdout.write(`${lines.join('\n')}\n`, () => process.exit());

async function brokerFor({ service }: Options): Promise<() => Promise<void>> {
  switch (service) {
    case 'stand-in':
      return async () => {};
    case 'pulsar': {
      // Loaded when needed, so that the tests of the stand-in touch nothing that knows of Java.
      const { startSharedBroker } = await import('./shared-broker.js');
      return startSharedBroker();
    }
    default:
      return service satisfies never;
  }
}

async function runPart(part: Part, options: Options): Promise<readonly Tally[]> {
  const started = Date.now();
  console.log(`\n${part.title}: ${part.files.length} ${part.files.length === 1 ? 'file' : 'files'}`);
  const results = await runFiles(part, options);
  console.log(`${part.title}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return results;
}

/** All at once on the stand-in; one after the other on a real broker, which one engine's tests restart. */
async function runEngines(part: Part, options: Options): Promise<readonly Tally[]> {
  const { files } = part;
  const browsers = (part.browsers ?? ALL_BROWSERS).filter((name) => options.browsers.includes(name));
  const groups = options.service === 'pulsar' ? browsers.map((name) => [name]) : [browsers];
  const all: Tally[] = [];
  for (const group of groups) {
    const { service } = options;
    all.push(...(await runInBrowsers(files, { browsers: group, service, timeoutMs: BROWSERS_TIMEOUT_MS })));
  }
  return all;
}

async function runFiles(part: Part, options: Options): Promise<readonly Tally[]> {
  if (part.files.length === 0) return [judged(part.title, NOTHING)];
  switch (part.kind) {
    case 'browser':
      return runEngines(part, options);
    case 'service':
    case 'tooling': {
      // Files that time the service would disturb each other on a small computer.
      const concurrency = part.kind === 'service' ? 1 : 2;
      const counts = await runNodeFiles(part.files, { concurrency, timeoutMs: NODE_FILE_TIMEOUT_MS });
      return [judged(part.title, counts)];
    }
    default:
      return part.kind satisfies never;
  }
}
