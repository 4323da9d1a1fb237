/** Continuous integration with a stand-in for npm: what it adds up, where it stops, how it ends. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { runCommand } from './command.js';

const NPM = `#!/bin/sh
echo "npm $*"
case "$*" in
  test*) echo "\${TESTS:-3 passed, 0 failed}"; exit "\${TESTS_CODE:-0}" ;;
  *check*) exit "\${CHECK_CODE:-0}" ;;
  *test:pulsar*) echo "\${PULSAR:-7 passed, 0 failed}"; exit "\${PULSAR_CODE:-0}" ;;
esac
`;

suite('.ci/run', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'x8-ci-'));
    await writeFile(join(folder, 'npm'), NPM, { mode: 0o755 });
  });

  after(() => rm(folder, { recursive: true }));

  async function ci(env: Readonly<Record<string, string>> = {}) {
    const { code, output } = await runCommand(resolve('.ci/run'), [], {
      // With an address of a broker nothing is installed for one.
      env: { PULSAR_URL: 'http://127.0.0.1:1', PATH: `${folder}${delimiter}${process.env['PATH']}`, ...env },
    });
    return { code, output, last: output.trimEnd().split('\n').at(-1) };
  }

  test('adds up every step that counts, and its counts are the last line', async () => {
    const { code, last, output } = await ci();
    assert.deepEqual([code, last], [0, '10 passed, 0 failed']);
    const steps = [...output.matchAll(/^npm (?:run --silent )?([\w:]+)/gm)].map((match) => match[1]);
    assert.deepEqual(steps, ['ci', 'test', 'check', 'build', 'test:pulsar']);
  });

  test('stops where tests fail, with their counts', async () => {
    const { code, last, output } = await ci({ TESTS: '3 passed, 2 failed', TESTS_CODE: '1' });
    assert.deepEqual([code, last], [1, '3 passed, 2 failed']);
    assert.doesNotMatch(output, /npm run --silent check/);
  });

  test('a step without counts that fails is one failure', async () => {
    const { code, last } = await ci({ CHECK_CODE: '1' });
    assert.deepEqual([code, last], [1, '3 passed, 1 failed']);
  });

  test('a step that fails though its counts are clean is a failure', async () => {
    const { code, last } = await ci({ PULSAR_CODE: '1' });
    assert.deepEqual([code, last], [1, '10 passed, 1 failed']);
  });
});
