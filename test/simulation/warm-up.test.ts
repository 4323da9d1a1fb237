import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
import {
  simulate,
  startSimulation,
  topicsOf,
  type SimulatedEvent,
  type Simulation,
  type SimulationOptions,
} from '../../demo/server/simulation/index.js';
import { agents } from '../../demo/server/simulation/roster.js';
import { MORNING, assertSamePayloads } from './support/day.js';
import { ProducerEndpoint } from './support/producer-endpoint.js';
import { within } from './support/wait.js';

const MINUTE_MS = 60_000;
const command = fileURLToPath(new URL('../../demo/server/simulation/main.ts', import.meta.url));

type Start = (options: Partial<SimulationOptions>) => Promise<Simulation>;

/** Opens an endpoint, and closes it together with every simulation that was started on it. */
async function withEndpoint(use: (endpoint: ProducerEndpoint, start: Start) => Promise<void>): Promise<void> {
  const endpoint = await ProducerEndpoint.open();
  const started: Simulation[] = [];
  const start: Start = async (options) => {
    const defaults = { webSocketBase: endpoint.base, tenant: 'acme', seed: 1, speed: 1, warmUpMinutes: 0 };
    const simulation = await within(startSimulation({ ...defaults, ...options }), 'the start');
    started.push(simulation);
    return simulation;
  };
  try {
    await use(endpoint, start);
  } finally {
    await Promise.all(started.map((simulation) => within(simulation.stop(), 'the stop')));
    await endpoint.close();
  }
}

/** The time in a payload's `msgInfo`. */
function timestamp(payload: string | undefined): number {
  const found = /"timestamp":(\d+)/.exec(payload ?? '')?.[1];
  assert.ok(found !== undefined, `no timestamp in ${payload}`);
  return Number(found);
}

suite('from past to present', () => {
  test('the past is published at once and the present follows, as one unbroken simulation', () =>
    withEndpoint(async (endpoint, start) => {
      const begun = Date.now();
      const speed = 40;
      const simulation = await start({
        seed: 11,
        speed,
        warmUpMinutes: 2,
      });
      const past = endpoint.payloads('event-v1/all').length;
      assert.ok(past > 500, `${past} past events`);
      await endpoint.received('event-v1/all', past + 60);
      await within(simulation.stop(), 'the stop');

      const arrived = endpoint.payloads('event-v1/all');
      // The first log-in is told 200 + 35 ms of the model after the opening.
      const from = timestamp(arrived[0]) - Math.round(200 / speed) - Math.round(35 / speed);
      const liveFrom = from + 2 * MINUTE_MS;
      assert.equal(liveFrom >= begun && liveFrom <= Date.now(), true);
      const expected: SimulatedEvent[] = [];
      for (const event of simulate({ seed: 11, speed, from, until: Infinity, liveFrom })) {
        if (expected.length === arrived.length) break;
        expected.push(event);
      }
      assertSamePayloads(
        arrived,
        expected.map(({ payload }) => JSON.stringify(payload)),
        'all',
      );
      for (const topic of endpoint.topics) {
        const own = expected.filter((event) =>
          topicsOf(event).some(({ namespace, name }) => `${namespace}/${name}` === topic),
        );
        const payloads = endpoint.payloads(topic);
        // The last event may have reached some of its topics only.
        assert.ok(own.length - payloads.length <= 1, topic);
        assertSamePayloads(
          payloads,
          own.slice(0, payloads.length).map(({ payload }) => JSON.stringify(payload)),
          topic,
        );
      }
    }));

  test('no event is published before its time', () =>
    withEndpoint(async (endpoint, start) => {
      const simulation = await start({
        seed: 2,
        speed: 60,
      });
      for (let count = 1; count <= 40; count += 1) {
        await endpoint.received('event-v1/AgentStatusChange', count);
        const newest = endpoint.payloads('event-v1/AgentStatusChange').at(-1);
        // Timers of Node may fire a millisecond early against the clock.
        assert.equal(timestamp(newest) <= Date.now() + 1, true);
      }
      await within(simulation.stop(), 'the stop');
    }));

  test('the first agent does something within five seconds of the start, whatever the day was', () => {
    const [first] = agents;
    assert.ok(first !== undefined, 'the roster is empty');
    for (let seed = 0; seed < 120; seed += 1) {
      for (const warmUpMinutes of [0, 7 + (seed % 40)]) {
        const liveFrom = MORNING + warmUpMinutes * MINUTE_MS;
        const events = simulate({ seed, from: MORNING, until: liveFrom + 5_000, liveFrom });
        const seen = [...events].some(({ at, agentIds }) => at > liveFrom && agentIds.includes(first.id));
        assert.ok(seen, `seed ${seed}, warm-up ${warmUpMinutes}`);
      }
    }
  });

  test('agents and queues are named, the one with two media first', () =>
    withEndpoint(async (_endpoint, start) => {
      const simulation = await start({});
      await within(simulation.stop(), 'the stop');
      assert.deepEqual(simulation.agents[0], { id: 'agAglVJkg0TU28dok9y9UQKg', name: 'Maya Okafor' });
      assert.equal(simulation.agents.length, 6);
      assert.deepEqual(
        simulation.queues.map(({ id }) => id),
        ['591', '1162', '733'],
      );
    }));

  test('stop ends everything at once, also while the next event is far away', () =>
    withEndpoint(async (endpoint, start) => {
      const simulation = await start({ speed: 0.01 });
      const begun = performance.now();
      await within(simulation.stop(), 'the stop');
      assert.equal(performance.now() - begun < 3_000, true);
      assert.equal(endpoint.connections, 0);
      await within(simulation.stop(), 'the stop');
    }));

  test('a refused key ends the start at once, with a reason and without the key', () =>
    withEndpoint(async (endpoint, start) => {
      endpoint.behaviour = { kind: 'refuse', status: 403 };
      const refused = start({
        key: 'eght_Canary',
      });
      await assert.rejects(
        refused,
        (error: Error) => /HTTP 403/.test(error.message) && !/Canary/.test(error.message),
      );
      assert.equal(endpoint.targets.length, 1);
    }));

  test('options out of range are refused by name before anything is connected', async () => {
    const base = { webSocketBase: 'ws://127.0.0.1:9/ws/v2', tenant: 'acme', seed: 1, speed: 1 };
    await assert.rejects(startSimulation({ ...base, warmUpMinutes: -1 }), /warmUpMinutes/);
    await assert.rejects(startSimulation({ ...base, webSocketBase: 'nowhere' }), /webSocketBase/);
    await assert.rejects(startSimulation({ ...base, tenant: '' }), /tenant/);
    await assert.rejects(startSimulation({ ...base, speed: 0 }), /speed/);
  });
});

suite('the command', () => {
  /** Runs the command until it ends by itself; interrupts it once its output matches. Kills it after 20 s. */
  function run(args: readonly string[], env: NodeJS.ProcessEnv, interruptAt?: RegExp) {
    return new Promise<{ readonly code: number | null; readonly output: string }>((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', command, ...args], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let isInterrupted = false;
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`The command did not end within 20 s; it said: ${output}`));
      }, 20_000);
      const listen = (chunk: Buffer): void => {
        output += String(chunk);
        if (!isInterrupted && interruptAt?.test(output) === true) {
          isInterrupted = true;
          child.kill('SIGINT');
        }
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ code, output });
      });
    });
  }

  test('it prints agents and queues, publishes until interrupted, ends by itself, and never shows the key', () =>
    withEndpoint(async (endpoint) => {
      const args = ['--service', endpoint.base, '--tenant', 'acme', '--warm-up', '1', '--speed', '20'];
      const { code, output } = await run(args, { X8_API_KEY: 'eght_Canary' }, /Web chat\n/);
      assert.equal(code, 0, output);
      assert.match(output, /agAglVJkg0TU28dok9y9UQKg {2}Maya Okafor/);
      assert.match(output, /591 +Customer Service/);
      assert.equal(!output.includes('Canary'), true);
      assert.equal(
        endpoint.targets.every((target) => target.endsWith('?x-api-key=eght_Canary')),
        true,
      );
      assert.equal(endpoint.payloads('event-v1/all').length > 50, true);
    }));

  test('without a service it explains itself', async () => {
    const { code, output } = await run([], {});
    assert.equal(code, 2);
    assert.match(output, /--service/);
  });

  test('a refusal is one sentence without the key', () =>
    withEndpoint(async (endpoint) => {
      endpoint.behaviour = { kind: 'refuse', status: 401 };
      const args = ['--service', endpoint.base, '--tenant', 'acme', '--key', 'eght_Canary'];
      const { code, output } = await run(args, {});
      assert.equal(code, 1);
      assert.match(output, /^Cannot publish to ws:\/\/127\.0\.0\.1:\d+\/ws\/v2 as tenant acme: HTTP 401\n$/);
    }));
});
