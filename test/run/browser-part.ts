/** Runs test files in the engines asked for and brings their counts back. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../support/runner-config.js';
import { runCommand } from './command.js';
import type { ServiceKind } from './options.js';
import { judged, NOTHING, type Tally } from './tally.js';

const RUNNER = fileURLToPath(new URL('./browser-runner.ts', import.meta.url));

export interface BrowserPartOptions {
  readonly browsers: readonly BrowserName[];
  readonly service: ServiceKind;
  /** The whole part has failed after this long. */
  readonly timeoutMs: number;
}

export async function runInBrowsers(
  files: readonly string[],
  options: BrowserPartOptions,
): Promise<readonly Tally[]> {
  const folder = await mkdtemp(join(tmpdir(), 'x8-test-'));
  const resultFile = join(folder, 'result.json');
  try {
    await runCommand(process.execPath, ['--import', 'tsx', RUNNER, resultFile, ...files], {
      env: { BROWSERS: options.browsers.join(','), SERVICE: options.service },
      timeoutMs: options.timeoutMs,
      output: 'show',
    });
    const tallies = await readResult(resultFile);
    if (tallies !== undefined) return tallies.map(({ part, ...counts }) => judged(part, counts));
    console.log('FAIL the browsers did not run to their end');
    return options.browsers.map((part) => judged(part, NOTHING));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readResult(file: string): Promise<readonly Tally[] | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as readonly Tally[];
  } catch (error) {
    // Never written: the runner ended early, which the caller counts as a failure.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
