/** The linter's and the compiler's rules, each broken once: a rule that a tool silently ignores is not a rule. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { runCommand } from './command.js';

const BROKEN: readonly (readonly [rule: string, text: string])[] = [
  ['typescript(no-floating-promises)', 'const late = async (): Promise<void> => {}; late();'],
  ['typescript(no-misused-promises)', '[1].forEach(async () => { await Promise.resolve(); });'],
  ['typescript(no-explicit-any)', 'export const a: any = 1;'],
  ['typescript(no-non-null-assertion)', 'export const a = [1][0]!;'],
  ['typescript(consistent-type-imports)', `import { A } from './types.js'; export const a: A = 1;`],
  [
    'typescript(switch-exhaustiveness-check)',
    `export function a(b: 'x' | 'y'): void { switch (b) { case 'x': break; } }`,
  ],
  ['typescript(no-namespace)', 'export namespace N { export const a = 1; }'],
  ['typescript(parameter-properties)', 'export class A { constructor(readonly a: number) {} }'],
  ['eslint(no-console)', `console.log('a');`],
  ['eslint(eqeqeq)', 'export const a = (b: number): boolean => b == 1;'],
  ['eslint(no-eval)', `eval('1');`],
  ['import(no-default-export)', 'export default 1;'],
];

suite('lint and compiler rules', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'x8-lint-'));
    await mkdir(join(folder, 'src'));
    await mkdir(join(folder, 'test'));
    await cp('.oxlintrc.json', join(folder, '.oxlintrc.json'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    const compilerOptions = {
      strict: true,
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      types: [],
    };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['src', 'test'] }),
    );
    await writeFile(join(folder, 'src/types.ts'), 'export type A = number;\n');
    await writeFile(
      join(folder, 'src/clean.ts'),
      `import type { A } from './types.js';\nexport const a: A = 1;\n`,
    );
    await writeFile(
      join(folder, 'test/expect.test.ts'),
      `import { expect } from '@open-wc/testing';\nexport { expect };\n`,
    );
    await Promise.all(
      BROKEN.map(([, text], index) => writeFile(join(folder, `src/broken-${index}.ts`), `${text}\n`)),
    );
  });

  after(() => rm(folder, { recursive: true }));

  test('every rule names the file that breaks it, and a clean file is not named', async () => {
    const words = ['--type-aware', '--deny-warnings', '-f', 'unix', 'src', 'test'];
    const { code, output } = await runCommand(resolve('node_modules/.bin/oxlint'), words, { cwd: folder });
    assert.equal(code, 1);
    const lines = output.split('\n');
    const unheard = BROKEN.filter(
      ([rule], index) => !lines.some((line) => line.includes(`broken-${index}.ts`) && line.includes(rule)),
    );
    assert.deepEqual(unheard, [], output);
    assert.ok(
      lines.some((line) => line.includes('expect.test.ts') && line.includes('no-restricted-imports')),
      output,
    );
    assert.ok(!output.includes('clean.ts'), output);
  });

  test('the compiler refuses enum, namespace and parameter properties', async () => {
    await writeFile(
      join(folder, 'src/erase.ts'),
      'export enum E { A }\nexport namespace N { export const a = 1; }\nexport class A { constructor(readonly a: number) {} }\n',
    );
    const project = { extends: resolve('tsconfig.json'), include: [], files: ['src/erase.ts'] };
    await writeFile(
      join(folder, 'erase.json'),
      JSON.stringify({ ...project, compilerOptions: { rootDir: '.' } }),
    );
    const { output } = await runCommand(
      resolve('node_modules/.bin/tsc'),
      ['-p', 'erase.json', '--pretty', 'false'],
      {
        cwd: folder,
      },
    );
    assert.deepEqual(
      output
        .split('\n')
        .filter((line) => line.includes('TS1294'))
        .map((line) => line.slice(0, line.indexOf(','))),
      ['src/erase.ts(1', 'src/erase.ts(2', 'src/erase.ts(3'],
      output,
    );
  });
});
