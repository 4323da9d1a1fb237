/**
 * Folder = thread: what each folder of `src/` may import (docs/architecture.md, "Arrows"). The compiler keeps DOM and
 * worker globals apart; this keeps the arrows, and keeps `src/domain/` free of clock and chance.
 */
import { posix } from 'node:path';
import { Visitor } from 'vite';
import { type Findings, type Import, importsOf, lineOf, parse, type Source } from './source.js';

interface Rule {
  /** Folders of `src/` whose values may be imported. */
  readonly values: readonly string[];
  /** Folders of `src/` of which only types may be imported. */
  readonly types: readonly string[];
  readonly packages: readonly string[];
}

const RULES: Readonly<Record<string, Rule>> = {
  elements: { values: ['controllers', 'events', 'i18n', 'protocol'], types: [], packages: ['lit'] },
  controllers: { values: ['client', 'protocol'], types: [], packages: ['lit'] },
  client: { values: ['protocol'], types: [], packages: [] },
  events: { values: [], types: ['protocol'], packages: [] },
  i18n: { values: [], types: [], packages: [] },
  protocol: { values: [], types: [], packages: [] },
  worker: { values: ['domain', 'protocol'], types: [], packages: ['idb-keyval'] },
  domain: { values: [], types: ['protocol'], packages: [] },
};

/** Entry points: they connect folders, so they may name any folder of the page. */
const ENTRIES = ['index.ts', 'define.ts', 'embed.ts', 'frame.ts'];
const ENTRY_RULE: Rule = {
  values: ['elements', 'controllers', 'client', 'events', 'i18n', 'protocol'],
  types: [],
  packages: [],
};

/** The worker's program as an asset: text and function, not the worker's modules (docs/decisions/0003). */
const WORKER_ASSET = { folder: 'client', specifier: '../worker/entry.ts?worker-program' };

export function boundaryFindings(sources: readonly Source[]): Findings {
  return sources.flatMap((source) => {
    const [, folder = '', rest] = source.path.split('/');
    const isEntry = rest === undefined;
    const rule = isEntry && ENTRIES.includes(folder) ? ENTRY_RULE : RULES[isEntry ? '' : folder];
    if (rule === undefined)
      return [`${source.path}: not a folder or file that src/ has (docs/architecture.md)`];
    const place = isEntry ? source.path : `src/${folder}`;
    const imports = importsOf(source).flatMap((found) => {
      const wrong = wrongImport(source.path, isEntry ? '' : folder, rule, found);
      return wrong === undefined ? [] : [`${source.path}:${found.line}: ${place} ${wrong}`];
    });
    return folder === 'domain' ? [...imports, ...impurities(source)] : imports;
  });
}

function wrongImport(path: string, folder: string, rule: Rule, found: Import): string | undefined {
  const { specifier, isTypeOnly } = found;
  if (folder === WORKER_ASSET.folder && specifier === WORKER_ASSET.specifier) return undefined;
  if (!specifier.startsWith('.')) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return rule.packages.includes(name) ? undefined : `may not import the package ${name}`;
  }
  if (!specifier.endsWith('.js')) return `imports ${specifier}: relative imports end in .js`;
  const [root, target = '', rest] = posix.join(posix.dirname(path), specifier).split('/');
  if (root !== 'src') return `may not import ${specifier}: it is outside src/`;
  if (rest === undefined) {
    return folder === '' ? undefined : `may not import the entry point ${target}`;
  }
  if (target === folder || rule.values.includes(target)) return undefined;
  if (rule.types.includes(target)) {
    return isTypeOnly ? undefined : `may import only types from src/${target} (import type)`;
  }
  return `may not import src/${target}`;
}

const CLOCK_AND_CHANCE: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  crypto: ['randomUUID', 'getRandomValues'],
};

/** Globals that hold a clock, a timer, or the thread itself; `window` and its kind are not even known to the compiler there. */
const IMPURE_GLOBALS = [
  'globalThis',
  'performance',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'fetch',
  'console',
];

function impurities(source: Source): Findings {
  const findings: string[] = [];
  const found = (start: number, what: string): void => {
    findings.push(
      `${source.path}:${lineOf(source.text, start)}: src/domain is pure: no ${what}; time and chance come in as arguments`,
    );
  };
  const { program } = parse(source);
  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      const { name } = node.object;
      if (CLOCK_AND_CHANCE[name]?.includes(node.property.name) === true) {
        found(node.start, `${name}.${node.property.name}`);
      }
      if (IMPURE_GLOBALS.includes(name)) found(node.start, name);
    },
    CallExpression(node) {
      if (node.callee.type !== 'Identifier') return;
      if (IMPURE_GLOBALS.includes(node.callee.name)) found(node.start, node.callee.name);
      if (node.callee.name === 'Date') found(node.start, 'Date()');
    },
    NewExpression(node) {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
      if (isDate && node.arguments.length === 0) found(node.start, 'new Date()');
    },
    VariableDeclarator(node) {
      if (node.init?.type === 'Identifier' && IMPURE_GLOBALS.includes(node.init.name)) {
        found(node.start, node.init.name);
      }
    },
  }).visit(program);
  return findings;
}
