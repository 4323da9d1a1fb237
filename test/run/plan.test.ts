import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ALL_BROWSERS, parseOptions } from './options.js';
import { plan } from './plan.js';
import { kindOf, named } from './test-files.js';

const FILES = [
  'test/contract/frames.test.ts',
  'test/domain/metrics.test.ts',
  'test/elements/feed/pause.test.ts',
  'test/resume/reload.test.ts',
  'test/run/plan.test.ts',
  'test/server/faults.test.ts',
  'test/subscription/shared.test.ts',
];

suite('options', () => {
  test('all three engines and the stand-in are the default', () => {
    assert.deepEqual(parseOptions([], {}), { browsers: ALL_BROWSERS, only: [], service: 'stand-in' });
  });

  test('the command line wins over BROWSERS', () => {
    const { browsers } = parseOptions(['--browsers', 'webkit'], { BROWSERS: 'chromium' });
    assert.deepEqual(browsers, ['webkit']);
  });

  test('a filter may be given as a word, an option, or an option with =', () => {
    const { only } = parseOptions(['test/domain', '--only', 'test/a', '--only=test/b'], {});
    assert.deepEqual(only, ['test/domain', 'test/a', 'test/b']);
  });

  test('a word that is not known is an error', () => {
    assert.throws(() => parseOptions(['--brwsers', 'webkit'], {}), /--brwsers is not an option/);
    assert.throws(() => parseOptions(['--browsers', 'safari'], {}), /safari is not one of/);
    assert.throws(() => parseOptions(['--service', 'kafka'], {}), /kafka is not one of/);
    assert.throws(() => parseOptions(['--only'], {}), /--only needs a value/);
    assert.throws(() => parseOptions([], { BROWSERS: 'chrome' }), /chrome is not one of/);
  });
});

suite('filters', () => {
  test('a folder names all that is in it, and nothing that only begins like it', () => {
    assert.deepEqual(named(['test/a/x.test.ts', 'test/ab/x.test.ts'], ['test/a/']), ['test/a/x.test.ts']);
  });

  test('globs: one star stays in a folder, two do not, braces choose', () => {
    assert.deepEqual(named(FILES, ['test/*/*.test.ts']).length, 6);
    assert.deepEqual(named(FILES, ['test/**/pause.test.ts']), ['test/elements/feed/pause.test.ts']);
    assert.deepEqual(named(FILES, ['test/{domain,run}']), [
      'test/domain/metrics.test.ts',
      'test/run/plan.test.ts',
    ]);
  });
});

suite('the plan', () => {
  test('every file belongs to a part, and only to one', () => {
    const { parts } = plan(FILES, parseOptions([], {}));
    assert.deepEqual(parts.flatMap(({ files }) => files).toSorted(), FILES);
    assert.equal(kindOf('test/contract/frames.test.ts'), 'service');
  });

  test('without a filter a part stays even when it has no file, so that it fails', () => {
    const { parts } = plan(['test/domain/a.test.ts'], parseOptions([], {}));
    assert.deepEqual(
      parts.map(({ kind, files }) => [kind, files.length]),
      [
        ['tooling', 0],
        ['service', 0],
        ['browser', 1],
      ],
    );
  });

  test('with a filter only the parts that it names are left, and what is left out is said', () => {
    const { parts, skipped } = plan(FILES, parseOptions(['test/domain', '--browsers', 'firefox'], {}));
    assert.deepEqual(
      parts.map(({ kind }) => kind),
      ['browser'],
    );
    assert.match(skipped.join('\n'), /chromium, webkit .*firefox/);
    assert.match(skipped.join('\n'), /everything but test\/domain/);
  });

  test('the slow rows of the table of faults are left out of a whole run, which says so, and run when asked for', () => {
    const file = 'test/faults/browser/05-half-open.test.ts';
    const whole = plan([...FILES, file], parseOptions([], {}));
    assert.ok(!whole.parts.some(({ files }) => files.includes(file)));
    assert.match(whole.skipped.join('\n'), /test\/faults\/.*: 1 files, run by npm run test:faults/);
    const { parts, skipped } = plan([...FILES, file], parseOptions(['test/faults'], {}));
    assert.deepEqual(
      parts.flatMap(({ files }) => files),
      [file],
    );
    assert.doesNotMatch(skipped.join('\n'), /test:faults/);
  });

  test('a filter that names no file is an error', () => {
    assert.throws(
      () => plan(FILES, parseOptions(['test/nowhere'], {})),
      /No test file is named by test\/nowhere/,
    );
  });

  test('a real broker sees the contract, resume and subscriptions, and in one engine a faulty network, which is said', () => {
    const faults = 'test/faults/broker/network.test.ts';
    const { parts, skipped } = plan([...FILES, faults], parseOptions(['--service', 'pulsar'], {}));
    assert.deepEqual(
      parts.map(({ files, browsers }) => [files, browsers]),
      [
        [['test/contract/frames.test.ts'], undefined],
        [['test/resume/reload.test.ts', 'test/subscription/shared.test.ts'], undefined],
        [[faults], ['chromium']],
      ],
    );
    assert.match(skipped.join('\n'), /faults \(Pulsar\) in firefox, webkit \(chromium only\)/);
  });
});
