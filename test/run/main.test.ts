/** The command as a contributor and CI meet it: exit code, and a last line that can be read by a machine. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { runCommand } from './command.js';

const MAIN = resolve('test/run/main.ts');

const FILES: Readonly<Record<string, string>> = {
  good: `test('passes', () => {});`,
  fails: `test('fails', () => { throw new Error('on purpose'); }); test('passes', () => {});`,
  broken: `import './is-not-there.js';`,
  empty: `console.log('no test here');`,
  skipped: `test('passes', () => {}); test('is left out', { skip: true }, () => {});`,
};

suite('npm test', () => {
  let project = '';

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'x8-run-'));
    await mkdir(join(project, 'test/server'), { recursive: true });
    await symlink(resolve('node_modules'), join(project, 'node_modules'));
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  });

  afterEach(() => rm(project, { recursive: true }));

  async function runWith(names: readonly string[], words: readonly string[] = ['--only', 'test/server']) {
    for (const name of names) {
      const text = `import { test } from 'node:test';\n${FILES[name] ?? ''}\n`;
      await writeFile(join(project, `test/server/${name}.test.ts`), text);
    }
    const { code, output } = await runCommand(process.execPath, ['--import', 'tsx', MAIN, ...words], {
      cwd: project,
      // Node's runner refuses to start inside itself.
      env: { NODE_TEST_CONTEXT: undefined, BROWSERS: undefined },
    });
    const lines = output.split('\n');
    assert.equal(lines.at(-1), '', 'the output ends with a line');
    return { code, output, last: lines.at(-2) };
  }

  test('passes when everything passes, and ends with the counts', async () => {
    const { code, last } = await runWith(['good']);
    assert.deepEqual([code, last], [0, '1 passed, 0 failed']);
  });

  test('fails when a test fails, and shows why', async () => {
    const { code, last, output } = await runWith(['good', 'fails']);
    assert.deepEqual([code, last], [1, '2 passed, 1 failed']);
    assert.match(output, /FAIL test\/server\/fails\.test\.ts: fails\n\s+Error: on purpose/);
  });

  test('fails when a file does not load, and shows why', async () => {
    const { code, last, output } = await runWith(['good', 'broken']);
    assert.deepEqual([code, last], [1, '1 passed, 1 failed']);
    assert.match(output, /broken\.test\.ts[^]*is-not-there/);
  });

  test('fails when a file holds no test', async () => {
    const { code, last } = await runWith(['good', 'empty']);
    assert.deepEqual([code, last], [1, '1 passed, 1 failed']);
  });

  test('names what was skipped', async () => {
    const { last, output } = await runWith(['skipped']);
    assert.equal(last, '1 passed, 0 failed');
    assert.match(output, /skipped: is left out/);
  });

  test('fails when a filter names nothing, and when an option is not known', async () => {
    const nowhere = await runWith(['good'], ['--only', 'test/nowhere']);
    assert.deepEqual([nowhere.code, nowhere.last], [1, '0 passed, 1 failed']);
    const unknown = await runWith(['good'], ['--brwsers', 'webkit']);
    assert.deepEqual([unknown.code, unknown.last], [1, '0 passed, 1 failed']);
    assert.match(unknown.output, /--brwsers is not an option[^]*npm test -- --only/);
  });
});
