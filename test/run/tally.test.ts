import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countsOfFile, tallyBrowsers, type FileResult } from './browser-results.js';
import { countsOf } from './node-part.js';
import { closingLine, hasFailed, judged, NOTHING, partLines } from './tally.js';

const passing = { name: 'a', passed: true, skipped: false };
const failing = { name: 'b', passed: false, skipped: false };
const suiteOf = (...tests: (typeof passing)[]) => ({ name: '', suites: [], tests });
const file = (change: Partial<FileResult> = {}): FileResult => ({
  browser: 'Chromium',
  passed: true,
  errors: [],
  testResults: suiteOf(passing),
  ...change,
});

suite('the closing line', () => {
  test('sums every part and says nothing else', () => {
    const tallies = [
      { part: 'a', passed: 2, failed: 1, skipped: [] },
      { part: 'b', passed: 3, failed: 0, skipped: [] },
    ];
    assert.equal(closingLine(tallies), '5 passed, 1 failed');
    assert.equal(hasFailed(tallies), true);
  });

  test('a run without any part has failed', () => {
    assert.equal(hasFailed([]), true);
  });

  test('a part that executed no test has failed', () => {
    assert.equal(judged('a', NOTHING).failed, 1);
    assert.equal(judged('a', { ...NOTHING, passed: 1 }).failed, 0);
    assert.equal(judged('a', { ...NOTHING, skipped: ['x'] }).failed, 1);
  });

  test('what was skipped is named', () => {
    const lines = partLines([{ part: 'a', passed: 1, failed: 0, skipped: ['a test'] }]);
    assert.match(lines.join('\n'), /1 SKIPPED\n.*skipped: a test/);
  });
});

suite('counting in browsers', () => {
  test('tests of nested suites count', () => {
    const testResults = { name: '', tests: [passing], suites: [suiteOf(passing, failing)] };
    assert.deepEqual(countsOfFile(file({ passed: false, testResults })), {
      passed: 2,
      failed: 1,
      skipped: [],
    });
  });

  test('a file that does not load is a failure', () => {
    const broken = file({ passed: false, errors: [{ message: 'import' }], testResults: undefined });
    assert.deepEqual(countsOfFile(broken), { ...NOTHING, failed: 1 });
  });

  test('a file that breaks after its tests passed is a failure', () => {
    assert.equal(countsOfFile(file({ errors: [{ message: 'late' }] })).failed, 1);
  });

  test('a file without a test is a failure, though the runner calls it passed', () => {
    assert.equal(countsOfFile(file({ testResults: suiteOf() })).failed, 1);
  });

  test('a file that the runner calls failed without a reason is a failure', () => {
    assert.equal(countsOfFile(file({ passed: false })).failed, 1);
  });

  test('a file that did not report in one browser is a failure of that browser', () => {
    const tallies = tallyBrowsers([file()], { browsers: ['Chromium', 'Firefox'], files: 1 });
    assert.deepEqual(
      tallies.map(({ part, passed, failed }) => [part, passed, failed]),
      [
        ['Chromium', 1, 0],
        ['Firefox', 0, 1],
      ],
    );
  });
});

suite('counting in Node', () => {
  const path = '/project/test/server/a.test.ts';

  test('a file that registers no test is a failure, though Node reports a pass', () => {
    assert.equal(countsOf('pass', { name: path, file: path, details: {} }).failed, 1);
  });

  test('a suite is not counted beside its tests', () => {
    assert.deepEqual(countsOf('pass', { name: 's', file: path, details: { type: 'suite' } }), NOTHING);
    const details = { type: 'suite', error: { failureType: 'subtestsFailed' } };
    assert.deepEqual(countsOf('fail', { name: 's', file: path, details }), NOTHING);
  });

  test('a hook that fails is a failure', () => {
    const details = { type: 'suite', error: { failureType: 'hookFailed' } };
    assert.equal(countsOf('fail', { name: 's', file: path, details }).failed, 1);
  });

  test('a test marked as to be done later is skipped, not passed', () => {
    assert.deepEqual(countsOf('pass', { name: 't', file: path, todo: true, details: {} }).skipped, ['t']);
  });
});
