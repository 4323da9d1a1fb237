/**
 * `npm run check`: everything that is proven without running the product. Each check has a name, runs whatever the
 * others found, and names what it found line by line; `npm run check -- types lint` runs some.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildInto, shapeFindings } from './build.js';
import { boundaryFindings } from './checks/boundaries.js';
import { privatePlaceFindings } from './checks/private-places.js';
import { type Findings, type Source, sourcesIn } from './checks/source.js';
import { testShapeFindings } from './checks/test-shape.js';
import { topLevelFindings } from './checks/top-level.js';
import { runCommand } from './command.js';
import { manifestFindings } from './manifest.js';
import { checkSizes } from './size.js';
import { testFiles } from './test-files.js';

/** One configuration per thread, and one each for what runs in Node. */
const PROJECTS = ['tsconfig.json', 'src/protocol', 'src/domain', 'src/worker', 'demo', 'test'];

/** Bounded: a rule that is broken everywhere is understood after this many lines. */
const MAX_LINES = 60;

const CHECKS: Readonly<Record<string, () => Promise<Findings>>> = {
  format: () => tool('prettier', ['--check', '--log-level', 'warn', '.']),
  lint: () => tool('oxlint', ['--type-aware', '--deny-warnings', 'src', 'demo', 'test', 'vite.config.ts']),
  types: async () => {
    const findings: string[] = [];
    for (const project of PROJECTS)
      findings.push(...(await tool('tsc', ['-p', project, '--pretty', 'false'])));
    return findings;
  },
  boundaries: async () =>
    boundaryFindings(sourcesIn('.', 'src').filter(({ path }) => !path.endsWith('.d.ts'))),
  'test-shape': async () => testShapeFindings(testFiles('.').map(read)),
  'top-level': async () => topLevelFindings(await projectFiles()),
  'private-places': async () =>
    privatePlaceFindings(
      (await projectFiles()).filter((file) => !/\.(?:png|jpg|webp|ico)$/.test(file)).map(read),
    ),
  manifest: manifestFindings,
  build: async () => {
    // Not `dist`: a check leaves what was built alone.
    const folder = '.cache/check-dist';
    await buildInto(folder);
    const { table, findings } = checkSizes(folder);
    console.log(table);
    return [...(await shapeFindings(folder)), ...findings];
  },
};

function read(path: string): Source {
  return { path, text: readFileSync(path, 'utf8') };
}

async function tool(program: string, args: readonly string[]): Promise<Findings> {
  const { code, output } = await runCommand(resolve('node_modules/.bin', program), args);
  return code === 0 ? [] : [output.trim() === '' ? `${program} exited with ${code}` : output.trim()];
}

/** Tracked files, and those that would be with the next commit. */
async function projectFiles(): Promise<readonly string[]> {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { code, output } = await runCommand('git', words);
  if (code !== 0) throw new Error(`git ls-files: ${output.trim()}`);
  const deleted = (await runCommand('git', ['ls-files', '-z', '--deleted'])).output.split('\0');
  return output.split('\0').filter((file) => file !== '' && !deleted.includes(file));
}

async function runCheck(name: string, check: () => Promise<Findings>): Promise<boolean> {
  const started = Date.now();
  const findings = await check().catch((error: unknown): Findings => [
    error instanceof Error ? error.message : String(error),
  ]);
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  if (findings.length === 0) {
    console.log(`ok   ${name} (${took})`);
    return true;
  }
  const lines = findings.join('\n').split('\n');
  console.log(`FAIL ${name} (${took})`);
  for (const line of lines.slice(0, MAX_LINES)) console.log(`     ${line}`);
  if (lines.length > MAX_LINES) console.log(`     and ${lines.length - MAX_LINES} lines more`);
  return false;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not one of ${Object.keys(CHECKS).join(', ')}`);
  process.exit(1);
}
let failed = 0;
let passed = 0;
for (const [name, check] of Object.entries(CHECKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (await runCheck(name, check)) passed++;
  else failed++;
}
console.log(`${passed} checks passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
