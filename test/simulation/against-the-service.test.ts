import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { WebSocket } from 'ws';
import { startService, type Service } from '../../demo/server/service.js';
import { simulate, startSimulation, type Simulation } from '../../demo/server/simulation/index.js';
import { assertSamePayloads } from './support/day.js';

const key = 'eght_Canary+/=';
const WAIT_MS = 20_000;

/** Reads a topic from its first message until `isEnough` says so. Rejects after 20 s with what it has. */
async function read(
  service: Service,
  topic: string,
  isEnough: (payloads: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const query = `messageId=earliest&x-api-key=${encodeURIComponent(key)}`;
  const socket = new WebSocket(
    `${service.webSocketBase}/reader/persistent/${service.tenant}/${topic}?${query}`,
  );
  const payloads: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${topic}: ${payloads.length} messages in ${WAIT_MS} ms, not enough`)),
        WAIT_MS,
      );
      socket.on('error', reject);
      socket.on('message', (data) => {
        const frame: { messageId: string; payload: string } = JSON.parse(String(data));
        payloads.push(Buffer.from(frame.payload, 'base64').toString('utf8'));
        socket.send(JSON.stringify({ messageId: frame.messageId }));
        if (!isEnough(payloads)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  } finally {
    socket.terminate();
  }
  return payloads;
}

/** What the simulation must have published, known from the first event alone: a log-in told 200 + 35 ms after the opening. */
function expectedFrom(first: string | undefined, seed: number, warmUpMinutes: number, count: number) {
  const timestamp = Number(/"timestamp":(\d+)/.exec(first ?? '')?.[1]);
  const from = timestamp - 235;
  const expected: { readonly payload: string; readonly agentIds: readonly string[] }[] = [];
  const liveFrom = from + warmUpMinutes * 60_000;
  for (const { payload, agentIds } of simulate({ seed, from, until: Infinity, liveFrom })) {
    if (expected.length === count) break;
    expected.push({ payload: JSON.stringify(payload), agentIds });
  }
  return expected;
}

suite('the simulation against the stand-in service', () => {
  let service: Service;
  let simulation: Simulation | undefined;

  beforeEach(async () => {
    service = await startService({ port: 0, key });
    simulation = undefined;
  });

  afterEach(async () => {
    await simulation?.stop();
    await service.stop();
  });

  test('a warmed-up morning can be read back, whole and in order, by topic', async () => {
    const options = { webSocketBase: service.webSocketBase, tenant: service.tenant, key, seed: 5, speed: 1 };
    const warmUpMinutes = 45;
    simulation = await startSimulation({ ...options, warmUpMinutes });
    const all = await read(service, 'event-v1/all', (payloads) => payloads.length >= 1_000);
    const expected = expectedFrom(all[0], 5, warmUpMinutes, all.length);
    assertSamePayloads(
      all,
      expected.map(({ payload }) => payload),
      'all',
    );
    const agentId = simulation.agents[0]?.id ?? '';
    const own = expected.filter(({ agentIds }) => agentIds.includes(agentId)).map(({ payload }) => payload);
    assert.equal(own.length > 100, true);
    const ofAgent = await read(service, `agent-v1/${agentId}`, ({ length }) => length >= own.length);
    assertSamePayloads(ofAgent.slice(0, own.length), own, agentId);
  });

  test('a broker that is killed under the simulation loses nothing of it', async () => {
    const options = { webSocketBase: service.webSocketBase, tenant: service.tenant, key, seed: 6, speed: 1 };
    const warmUpMinutes = 60;
    const starting = startSimulation({ ...options, warmUpMinutes });
    await read(service, 'event-v1/all', (payloads) => payloads.length >= 50);
    await service.restart();
    simulation = await starting;
    const all = await read(service, 'event-v1/all', (payloads) => new Set(payloads).size >= 1_500);
    // Sent again after the restart: what was stored and not yet confirmed may come twice.
    const distinct = [...new Set(all)];
    assertSamePayloads(
      distinct,
      expectedFrom(all[0], 6, warmUpMinutes, distinct.length).map(({ payload }) => payload),
      'all',
    );
  });

  test('a wrong key is refused with 401 or 403 and named as such', async () => {
    const start = startSimulation({
      webSocketBase: service.webSocketBase,
      tenant: service.tenant,
      key: 'eght_Wrong',
      seed: 5,
      speed: 1,
    });
    await assert.rejects(
      start,
      (error: Error) => /HTTP 40[13]$/.test(error.message) && !/Wrong/.test(error.message),
    );
  });
});
