/**
 * `npm run build`: every shape of the sources into `dist/`, then proof that each is what it claims to be. Vite bundles
 * (vite.config.ts), the compiler writes the types.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { publicTypeFindings } from './checks/public-types.js';
import { importsOf, parse, type Findings, type Source } from './checks/source.js';
import { runCommand } from './command.js';

const MODES = ['production', 'widgets', 'worker'] as const;

/** Rejects with the tool's own words. `folder` is emptied first. */
export async function buildInto(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const mode of MODES) {
    await run('vite', ['build', '--mode', mode, '--outDir', folder, '--logLevel', 'warn']);
  }
  const types = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', 'src'];
  await run('tsc', ['-p', 'tsconfig.json', ...types, '--outDir', `${folder}/types`]);
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(resolve('node_modules/.bin', program), args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${output.slice(-4000)}`);
  if (output.trim() !== '') console.log(output.trim());
}

/** What is wrong with a finished build; empty when every shape keeps its promise. */
export async function shapeFindings(folder: string): Promise<Findings> {
  return [
    ...classicScript(sourceOf(folder, 'x8-widgets.js')),
    ...classicScript(sourceOf(folder, 'x8-worker.js')),
    ...noSideEffect(sourceOf(folder, 'index.js')),
    ...(await loadsInNode(folder, 'index.js')),
    ...(await loadsInNode(folder, 'define.js')),
    ...(await typesWork(folder)),
    ...publicTypeFindings(
      sourceOf(`${folder}/types`, 'index.d.ts'),
      readdirSync(`${folder}/types`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.d.ts'))
        .map((file) => sourceOf(`${folder}/types`, file)),
    ),
    ...missingFiles(JSON.parse(readFileSync('package.json', 'utf8')), (file) =>
      existsSync(file.replace(/^\.\/dist\//, `${folder}/`)),
    ),
  ];
}

function sourceOf(folder: string, file: string): Source {
  return { path: file, text: readFileSync(join(folder, file), 'utf8') };
}

/** A page loads one file by a script tag: what that file imported would be a second request, or a bare name. */
export function selfContained(source: Source): Findings {
  return importsOf(source).map(({ specifier }) => `${source.path} is not one file: it imports ${specifier}`);
}

/**
 * A worker by URL is started as a classic script, and a page may leave `type="module"` out: `import` and `export` do not
 * parse there, and a name at the top is a name in the page, or in the way of one.
 */
export function classicScript(source: Source): Findings {
  const { text, path } = source;
  const isOneCall = parse(source).program.body.every(({ type }) => type === 'ExpressionStatement');
  const hasModuleSyntax = /^\s*(?:import|export)\b/m.test(text) || text.includes('import.meta');
  return [
    ...selfContained(source),
    ...(hasModuleSyntax ? [`${path} is a module and not a classic script`] : []),
    ...(isOneCall ? [] : [`${path} has names of its own at the top: they would be the page's`]),
  ];
}

/** Importing the classes registers nothing: that is define.js's part alone. */
export function noSideEffect(source: Source): Findings {
  return source.text.includes('customElements.define(')
    ? [`${source.path} registers an element; only define.js may`]
    : [];
}

/** What package.json promises to those who install the package has to be there. */
export function missingFiles(packageJson: unknown, isThere: (file: string) => boolean): Findings {
  const promised = Object.entries(Object(packageJson) as Record<string, unknown>).filter(([field]) =>
    ['types', 'exports', 'unpkg', 'jsdelivr', 'customElements', 'sideEffects'].includes(field),
  );
  return promised.flatMap(([field, value]) =>
    textsIn(value)
      .filter((file) => !isThere(file))
      .map((file) => `package.json: ${field} names ${file}, which is not there`),
  );
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Server-side rendering imports the package where there is no DOM. */
async function loadsInNode(folder: string, file: string): Promise<Findings> {
  const url = pathToFileURL(resolve(folder, file)).href;
  const words = ['--input-type=module', '-e', `await import(${JSON.stringify(url)})`];
  const { code, output } = await runCommand(process.execPath, words, { timeoutMs: 30_000 });
  return code === 0 ? [] : [`${file} cannot be imported in Node: ${output.trim().slice(0, 1000)}`];
}

/** A consumer's compiler reads the declarations, their imports included. */
async function typesWork(folder: string): Promise<Findings> {
  const file = join(folder, 'consumer.ts');
  await writeFile(
    file,
    [
      `import { AgentFeedElement, QueueTileElement } from './types/index.js';`,
      `import type { CredentialSource, Diagnostics, FeedRow, FeedView, HostTexts } from './types/index.js';`,
      `import type { SharingState, Snapshot, TileView } from './types/index.js';`,
      `import './types/define.js';`,
      `export const feed: AgentFeedElement = document.createElement('x8-agent-feed');`,
      `export const tile: QueueTileElement = document.createElement('x8-queue-tile');`,
      `export const source: CredentialSource = async () => ({ apiKey: 'eght_1' });`,
      `export const names: HostTexts = { '591': 'Support' };`,
      `feed.credentials = source;`,
      `tile.credentials = () => ({ token: 'at once' });`,
      `tile.queueNames = names;`,
      `export const snapshot: Snapshot<FeedView> = feed.getSnapshot();`,
      `export const rows: readonly FeedRow[] | undefined = snapshot.view?.rows;`,
      `export const numbers: TileView | undefined = tile.getSnapshot().view;`,
      `export const diagnostics: Diagnostics = await feed.getDiagnostics();`,
      `export const sharing: SharingState = diagnostics.sharing;`,
    ].join('\n'),
  );
  const words = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--types',
    '',
  ];
  try {
    const { code, output } = await runCommand(resolve('node_modules/.bin/tsc'), [...words, file]);
    return code === 0 ? [] : [`the types do not work for a consumer: ${output.trim().slice(0, 2000)}`];
  } finally {
    await rm(file);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { checkSizes } = await import('./size.js');
  try {
    await buildInto('dist');
    const { table, findings } = checkSizes('dist');
    const wrong = [...(await shapeFindings('dist')), ...findings];
    console.log(table);
    for (const finding of wrong) console.error(finding);
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
