import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { classicScript, missingFiles, noSideEffect, selfContained } from './build.js';
import { sizeFindings, sizeOf } from './size.js';

const BUDGET_TEXT = `export const BROTLI_BUDGET = {\n  'a.js': 50,\n  'b.js': 10,\n};\n`;
const size = (file: string, brotli: number) => ({ file, raw: 100, gzip: 60, brotli });

suite('size budgets', () => {
  test('a file within its budget is fine', () => {
    assert.deepEqual(sizeFindings([size('a.js', 50)], { 'a.js': 50 }, BUDGET_TEXT), []);
  });

  test('one byte over names the line to edit', () => {
    const findings = sizeFindings(
      [size('a.js', 9), size('b.js', 11)],
      { 'a.js': 50, 'b.js': 10 },
      BUDGET_TEXT,
    );
    assert.deepEqual(findings, ['test/run/size-budget.ts:3: b.js is 11 bytes in brotli, over its 10']);
  });

  test('a file without a budget, and a budget without a file, are named', () => {
    assert.match(
      sizeFindings([size('new.js', 1)], {}, BUDGET_TEXT).join(),
      /new\.js is shipped and has no budget/,
    );
    assert.match(
      sizeFindings([], { 'a.js': 50 }, BUDGET_TEXT).join(),
      /:2: a\.js has a budget and is not shipped/,
    );
  });

  test('sizes are those of the bytes, compressed', () => {
    const { raw, gzip, brotli } = sizeOf('a.js', Buffer.from('x'.repeat(10_000)));
    assert.equal(raw, 10_000);
    assert.ok(brotli > 0 && brotli < gzip && gzip < 100);
  });
});

suite('the shapes of a build', () => {
  const source = (text: string) => ({ path: 'x8.js', text });

  test('a script tag file that imports anything is not one file', () => {
    assert.match(selfContained(source(`import { html } from 'lit'; html();`)).join(), /imports lit/);
    assert.match(selfContained(source(`export * from './shared.js';`)).join(), /imports \.\/shared\.js/);
    assert.match(selfContained(source(`await import('./late.js');`)).join(), /imports \.\/late\.js/);
    assert.deepEqual(selfContained(source('const a = 1; a;')), []);
  });

  test('a file with module syntax is not a classic script', () => {
    assert.match(classicScript(source('const a = 1;\nexport { a };')).join(), /is a module/);
    assert.deepEqual(classicScript(source('(function () {})();')), []);
  });

  test('a classic script that gives the page a name is found', () => {
    assert.match(classicScript(source('var e = 1; e;')).join(), /names of its own/);
    assert.match(classicScript(source('function e() {}')).join(), /names of its own/);
    assert.deepEqual(classicScript(source('!function () { var e = 1; }();')), []);
  });

  test('a file that package.json promises and that is not there is named', () => {
    const packageJson = {
      name: 'x',
      types: './a.d.ts',
      exports: { '.': { types: './a.d.ts', default: './b.js' } },
    };
    assert.deepEqual(
      missingFiles(packageJson, (file) => file === './a.d.ts'),
      ['package.json: exports names ./b.js, which is not there'],
    );
  });

  test('an index that registers an element has a side effect', () => {
    assert.equal(noSideEffect(source(`customElements.define('x8-a', A);`)).length, 1);
    assert.deepEqual(noSideEffect(source('export class A {}')), []);
  });
});
