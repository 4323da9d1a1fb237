/** Every check is shown a sample that breaks its rule, and one that does not. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { boundaryFindings } from './checks/boundaries.js';
import { privatePlaceFindings } from './checks/private-places.js';
import { publicTypeFindings } from './checks/public-types.js';
import type { Findings } from './checks/source.js';
import { testShapeFindings } from './checks/test-shape.js';
import { topLevelFindings } from './checks/top-level.js';

const boundaries = (path: string, text: string): Findings => boundaryFindings([{ path, text }]);

suite('boundaries', () => {
  const allowed: readonly (readonly [string, string])[] = [
    ['src/elements/a.ts', `import { LitElement } from 'lit';`],
    ['src/elements/a.ts', `import { property } from 'lit/decorators.js';`],
    ['src/elements/parts/a.ts', `import { b } from '../../controllers/b.js';`],
    ['src/elements/parts/a.ts', `import { b } from '../b.js';`],
    ['src/controllers/a.ts', `import { b } from '../client/b.js';`],
    ['src/client/a.ts', `import program from '../worker/entry.ts?worker-program';`],
    ['src/worker/a.ts', `import { b } from '../domain/b.js';`],
    ['src/worker/a.ts', `import { get } from 'idb-keyval';`],
    ['src/events/a.ts', `import type { B } from '../protocol/b.js';`],
    ['src/domain/a.ts', `import { type B, type C } from '../protocol/b.js';`],
    ['src/index.ts', `export { A } from './elements/a.js';`],
  ];
  for (const [path, text] of allowed) {
    test(`${path} may say ${text}`, () => {
      assert.deepEqual(boundaries(path, text), []);
    });
  }

  const forbidden: readonly (readonly [string, string, RegExp])[] = [
    ['src/elements/a.ts', `import { b } from '../client/b.js';`, /src\/elements may not import src\/client/],
    ['src/elements/a.ts', `import { b } from '../worker/b.js';`, /src\/elements may not import src\/worker/],
    [
      'src/elements/a.ts',
      `import type { B } from '../domain/b.js';`,
      /src\/elements may not import src\/domain/,
    ],
    ['src/elements/a.ts', `import { get } from 'idb-keyval';`, /may not import the package idb-keyval/],
    ['src/controllers/a.ts', `import { b } from '../elements/b.js';`, /may not import src\/elements/],
    ['src/client/a.ts', `import { b } from '../worker/b.js';`, /src\/client may not import src\/worker/],
    ['src/client/a.ts', `import p from '../worker/other.ts?worker-program';`, /end in \.js/],
    ['src/client/a.ts', `import { html } from 'lit';`, /may not import the package lit/],
    ['src/worker/a.ts', `import { b } from '../client/b.js';`, /src\/worker may not import src\/client/],
    ['src/worker/a.ts', `const b = await import('../elements/b.js');`, /may not import src\/elements/],
    ['src/domain/a.ts', `import { b } from '../protocol/b.js';`, /only types from src\/protocol/],
    ['src/domain/a.ts', `import { type B, c } from '../protocol/b.js';`, /only types from src\/protocol/],
    ['src/domain/a.ts', `export { b } from '../protocol/b.js';`, /only types from src\/protocol/],
    ['src/events/a.ts', `import { b } from '../protocol/b.js';`, /only types from src\/protocol/],
    ['src/i18n/a.ts', `import { b } from '../elements/b.js';`, /src\/i18n may not import src\/elements/],
    [
      'src/protocol/a.ts',
      `import type { B } from '../domain/b.js';`,
      /src\/protocol may not import src\/domain/,
    ],
    ['src/worker/a.ts', `import { b } from '../index.js';`, /entry point index\.js/],
    ['src/worker/a.ts', `import { b } from '../../demo/b.js';`, /outside src/],
    ['src/worker/a.ts', `import { b } from './b.ts';`, /end in \.js/],
    ['src/index.ts', `import { b } from './worker/b.js';`, /src\/index\.ts may not import src\/worker/],
    ['src/helpers/a.ts', `export const b = 1;`, /not a folder or file that src\/ has/],
    ['src/other.ts', `export const b = 1;`, /not a folder or file that src\/ has/],
  ];
  for (const [path, text, expected] of forbidden) {
    test(`${path} may not say ${text}`, () => {
      assert.match(boundaries(path, text).join('\n'), expected);
    });
  }

  for (const text of [
    'export const a = Date.now();',
    'export const a = new Date();',
    'export const a = Math.random();',
    'export const a = performance.now();',
    'export const a = crypto.randomUUID();',
    'setTimeout(() => {}, 1);',
    'export const a = globalThis.name;',
    'const { name } = globalThis; export { name };',
  ]) {
    test(`src/domain may not say ${text}`, () => {
      assert.match(
        boundaries('src/domain/a.ts', text).join('\n'),
        /^src\/domain\/a\.ts:1: src\/domain is pure/,
      );
    });
  }

  test('src/domain may read a time that it is given, and other folders may ask the clock', () => {
    assert.deepEqual(boundaries('src/domain/a.ts', 'export const a = new Date(0).getTime();'), []);
    assert.deepEqual(boundaries('src/worker/a.ts', 'export const a = Date.now();'), []);
  });

  test('the finding names the line', () => {
    assert.match(
      boundaries('src/events/a.ts', `\n\nimport { b } from 'lit';`).join(),
      /^src\/events\/a\.ts:3: /,
    );
  });
});

suite('the top level', () => {
  test('a stray file is named, dot files and the listed names are not', () => {
    const files = [
      'README.md',
      'src/index.ts',
      '.ci/run',
      'web-test-runner.config.js',
      'scripts/a.ts',
      'notes.md',
    ];
    const findings = topLevelFindings(files).join('\n');
    assert.match(findings, /^notes\.md: .*\nscripts: /);
    assert.equal(topLevelFindings(files).length, 2);
  });
});

suite('private places', () => {
  const found = (text: string): number => privatePlaceFindings([{ path: 'docs/a.md', text }]).length;

  test('a path that leads out of the project into a folder for scratch is found', () => {
    assert.equal(found(`"customElements": "${'../'.repeat(2)}tmp/look/custom-elements.json"`), 1);
  });
  const folder = (name: string): string => ['', name, 'someone', 'project'].join('/');

  test('a path of one machine is found', () => {
    assert.equal(found(`see ${folder('ho' + 'me')}`), 1);
    assert.equal(found(`"${folder('wo' + 'rk')}"`), 1);
    assert.equal(found(`cd ${folder('ro' + 'ot')}`), 1);
  });

  test('a registry is found', () => {
    assert.equal(found(`https://${'regi' + 'stry'}.npmjs.org/lit`), 1);
    assert.equal(found(`http://${'nex' + 'us'}.example.com/npm`), 1);
  });

  test('part of a longer path, a system path and an XML namespace are none', () => {
    assert.equal(found('https://example.com/ho' + 'me/page'), 0);
    assert.equal(found('/usr/bin/chromium src/worker/entry.ts'), 0);
    assert.equal(found('xmlns="http://mav' + 'en.apache.org/POM/4.0.0"'), 0);
  });
});

suite('the shape of tests', () => {
  const shape = (text: string): string => testShapeFindings([{ path: 'test/a.test.ts', text }]).join('\n');

  test('a body that returns a function is found', () => {
    assert.match(shape(`test('a', () => async () => { assert.ok(x); });`), /returns a function/);
    assert.match(shape(`test('a', () => { return () => assert.ok(x); });`), /returns a function/);
  });

  test('a body without an assertion is found', () => {
    assert.match(shape(`test('a', async () => { await load(); });`), /asserts nothing/);
    assert.match(shape(`it('a', function () { load(); });`), /asserts nothing/);
  });

  test('an assertion, a wait that rejects, and a helper that asserts are enough', () => {
    assert.equal(shape(`test('a', () => { assert.equal(x, 1); });`), '');
    assert.equal(shape(`test('a', async () => { await until(() => x); });`), '');
    assert.equal(shape(`function same(x) { assert.ok(x); } test('a', () => { same(1); });`), '');
    assert.equal(shape(`const same = (x) => assert.ok(x); test('a', () => { same(1); });`), '');
  });

  test('narrowed and switched-off tests are found', () => {
    assert.match(shape(`test.only('a', () => { assert.ok(x); });`), /test\.only/);
    assert.match(shape(`suite.only('a', () => {});`), /suite\.only/);
    assert.match(shape(`test.skip('a', () => { assert.ok(x); });`), /test\.skip/);
    assert.match(shape(`test.todo('a');`), /test\.todo/);
    assert.match(shape(`test('a');`), /without a body/);
  });

  test('an expectation without a matcher is found', () => {
    assert.match(shape(`test('a', () => { expect(x); });`), /without a matcher/);
    assert.equal(shape(`test('a', () => { expect(x).to.equal(1); });`), '');
  });
});

suite('public types', () => {
  const modules = [
    {
      path: 'protocol/views.d.ts',
      text: `interface Base { readonly tone: Tone }
/** A {@link Secret} is no part of it. */
export interface Row extends Base { readonly caller: Caller | undefined }
export type Tone = 'good';
export interface Caller { readonly name: string }
export type Secret = string;
`,
    },
    {
      path: 'elements/a-element.d.ts',
      text: `export declare class AElement {
    #private;
    protected request(): Secret;
    getRow(): Row;
}
`,
    },
  ];
  const names = (text: string): Findings =>
    publicTypeFindings({ path: 'index.d.ts', text }, modules).map((finding) => finding.split(' ')[1] ?? '');

  test('a type that a public method or another public type speaks of is missed where it is not exported', () => {
    assert.deepEqual(names(`export { AElement } from './elements/a-element.js';`), ['Caller', 'Row', 'Tone']);
  });

  test('what is exported by name or with its whole module is not missed', () => {
    const element = `export { AElement } from './elements/a-element.js';`;
    assert.deepEqual(names(`${element} export type { Caller, Row, Tone } from './protocol/views.js';`), []);
    assert.deepEqual(names(`${element} export type * from './protocol/views.js';`), []);
  });
});
