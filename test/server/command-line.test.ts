/** Worry: does the command say plainly what is wrong, where the service is, and end when it is told to? */
import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArguments } from '../../demo/server/arguments.js';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));
const KEY = 'eght_canary-key-of-this-test';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(...args: string[]): {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  out(): string;
} {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended, out: () => out };
}

async function firstLine(running: ReturnType<typeof start>, line: RegExp): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!line.test(running.out())) {
    if (performance.now() > deadline) {
      running.child.kill('SIGKILL');
      throw new Error(`Waited 20 s in vain for ${String(line)}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

suite('command line', () => {
  test('wrong arguments cost one clear line and exit code 2', async () => {
    const { code, out, err } = await start('--port', 'http').ended;
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.equal(err.trim().split('\n').length, 1);
    assert.match(err, /--port must be a whole number from 0 to 65535, not "http"/);
  });

  test('each argument is checked, and the key is not repeated', () => {
    for (const [args, words] of [
      [['--port', '70000'], /--port/],
      [['--speed', '0'], /--speed must be a number from 0\.1/],
      [['--seed', '-1'], /--seed|argument/],
      [['--tenant', 'a b'], /--tenant/],
      [['--key', ''], /--key must not be empty/],
      [['--simulate'], /--simulate/],
      [['left over'], /left over|positional/i],
    ] as const) {
      const parsed = parseArguments(args);
      assert.equal(parsed.kind, 'wrong', args.join(' '));
      assert.match(parsed.kind === 'wrong' ? parsed.message : '', words);
    }
    const parsed = parseArguments(['--key', KEY, '--port', 'x']);
    assert.equal(JSON.stringify(parsed).includes(KEY), false);
  });

  test('without simulation it prints its addresses in plain lines, never the key, and ends on SIGTERM', async () => {
    const running = start('--no-simulation', '--key', KEY, '--tenant', 'globex');
    await firstLine(running, /tenant globex\n/);
    const endpoint = /^endpoint (ws:\/\/127\.0\.0\.1:\d+\/ws\/v2)$/m.exec(running.out())?.[1];
    assert.ok(endpoint !== undefined, running.out());
    const health = await fetch(
      `${endpoint.replace('ws:', 'http:').replace('/ws/v2', '')}/admin/v2/brokers/health`,
    );
    assert.equal(await health.text(), 'ok');
    running.child.kill('SIGTERM');
    const { code, out, err } = await running.ended;
    assert.equal(code, 0);
    assert.equal(`${out}${err}`.includes(KEY), false);
  });

  test('with --json it prints one line of JSON with the agents and queues of the simulation', async () => {
    const running = start('--json', '--seed', '7');
    await firstLine(running, /\n/);
    const [line = '', rest] = running.out().split('\n');
    assert.equal(rest, '');
    const { webSocketBase, tenant, agents, queues } = JSON.parse(line) as {
      webSocketBase: string;
      tenant: string;
      agents: readonly { id: string; name: string }[];
      queues: readonly { id: string; name: string }[];
    };
    assert.match(webSocketBase, /^ws:/);
    assert.equal(tenant, 'acme');
    assert.ok(agents.length > 0 && agents.every(({ id, name }) => id !== '' && name !== ''));
    assert.ok(queues.length > 0);
    running.child.kill('SIGINT');
    assert.equal((await running.ended).code, 0);
  });
});
