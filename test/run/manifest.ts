/**
 * `npm run manifest`: writes custom-elements.json and the README's tables from the elements' doc comments. The check
 * makes them again and compares, so neither can be out of date.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Findings } from './checks/source.js';
import { runCommand } from './command.js';
import { type Manifest, manifestTables, publicManifest, tagsIn, withTables } from './manifest-tables.js';

const ELEMENTS = 'src/elements/*-element.ts';

/** The text of custom-elements.json as it should be. Rejects when the analyzer fails. */
export async function manifestText(): Promise<string> {
  return `${JSON.stringify(publicManifest(await analyze(), tagsIn(await readFile('src/define.ts', 'utf8'))), null, 2)}\n`;
}

/** The README as it should be. Rejects when it has no markers for an element. */
async function readmeText(manifest: string): Promise<string> {
  const tables = manifestTables(JSON.parse(manifest) as Manifest);
  const text = withTables(await readFile('README.md', 'utf8'), tables);
  return format(text, { ...(await resolveConfig('README.md')), filepath: 'README.md' });
}

async function analyze(): Promise<Manifest> {
  await mkdir('.cache', { recursive: true });
  const folder = await mkdtemp('.cache/manifest-');
  try {
    // Left to itself, the analyzer writes its output folder into package.json; no argument turns that off.
    const config = { globs: [ELEMENTS], litelement: true, quiet: true, packagejson: false, outdir: folder };
    const configFile = `${folder}/manifest.config.mjs`;
    await writeFile(configFile, `export default ${JSON.stringify(config)};\n`);
    const words = ['analyze', '--config', configFile];
    const { code, output } = await runCommand(resolve('node_modules/.bin/cem'), words, { timeoutMs: 60_000 });
    if (code !== 0) throw new Error(`The manifest could not be made:\n${output.slice(-2000)}`);
    return JSON.parse(await readFile(`${folder}/custom-elements.json`, 'utf8')) as Manifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function manifestFindings(): Promise<Findings> {
  const manifest = await manifestText();
  return [
    ...(await drift('custom-elements.json', manifest)),
    ...(await drift('README.md', await readmeText(manifest))),
  ];
}

async function drift(path: string, expected: string): Promise<Findings> {
  return driftBetween(path, await readFile(path, 'utf8').catch(missingAsEmpty), expected);
}

/** Names the first line that differs. */
export function driftBetween(path: string, actual: string, expected: string): Findings {
  if (actual === expected) return [];
  const lines = actual.split('\n');
  const at = expected.split('\n').findIndex((line, index) => line !== lines[index]);
  return [
    `${path}:${at === -1 ? lines.length : at + 1}: is not what the elements' doc comments say; npm run manifest`,
  ];
}

function missingAsEmpty(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const manifest = await manifestText();
    await writeFile('custom-elements.json', manifest);
    await writeFile('README.md', await readmeText(manifest));
    console.log('custom-elements.json and the tables of README.md are written');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
