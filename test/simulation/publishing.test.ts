import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { producerAddress, checkedService } from '../../demo/server/simulation/producer-address.js';
import { Publisher } from '../../demo/server/simulation/publisher.js';
import type { Topic } from '../../demo/server/simulation/topics.js';
import { ProducerEndpoint } from './support/producer-endpoint.js';
import { within } from './support/wait.js';

const all: Topic = { namespace: 'event-v1', name: 'all' };
const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `{"n":${index}}`);

suite('publishing', () => {
  let endpoint: ProducerEndpoint;
  let publisher: Publisher;
  let troubles: string[];

  const open = (key?: string): Publisher => {
    const service = checkedService({ webSocketBase: endpoint.base, tenant: 'acme', key });
    return new Publisher(service, (sentence) => troubles.push(sentence));
  };

  beforeEach(async () => {
    endpoint = await ProducerEndpoint.open();
    troubles = [];
    publisher = open();
  });

  afterEach(async () => {
    await publisher.stop();
    await endpoint.close();
  });

  test('payloads arrive in order, one socket for each topic', async () => {
    const agent: Topic = { namespace: 'agent-v1', name: 'agAglVJkg0TU28dok9y9UQKg' };
    for (const payload of numbered(1_200)) publisher.publish([all, agent], payload);
    await within(publisher.confirmed(), 'confirmation of everything');
    assert.deepEqual(endpoint.payloads('event-v1/all'), numbered(1_200));
    assert.deepEqual(endpoint.payloads(`agent-v1/${agent.name}`), numbered(1_200));
    assert.deepEqual(endpoint.targets, [
      '/ws/v2/producer/persistent/acme/event-v1/all',
      `/ws/v2/producer/persistent/acme/agent-v1/${agent.name}`,
    ]);
  });

  test('text beyond ASCII survives', async () => {
    publisher.publish([all], '{"name":"<b>Zoë</b> 王小明 محمد 🌻"}');
    await within(publisher.confirmed(), 'confirmation of everything');
    assert.deepEqual(endpoint.payloads('event-v1/all'), ['{"name":"<b>Zoë</b> 王小明 محمد 🌻"}']);
  });

  test('at most 500 messages of a topic are unconfirmed', async () => {
    endpoint.behaviour = { kind: 'silent' };
    for (const payload of numbered(1_200)) publisher.publish([all], payload);
    await endpoint.received('event-v1/all', 500);
    await endpoint.barrier();
    assert.equal(endpoint.payloads('event-v1/all').length, 500);
    endpoint.release();
    await within(publisher.confirmed(), 'confirmation of everything');
    assert.deepEqual(endpoint.payloads('event-v1/all'), numbered(1_200));
  });

  test('there is no room while 4000 messages wait, and there is again once they are confirmed', async () => {
    endpoint.behaviour = { kind: 'silent' };
    for (const payload of numbered(4_001)) publisher.publish([all], payload);
    let hasRoom = false;
    const room = publisher.room().then(() => {
      hasRoom = true;
    });
    await endpoint.received('event-v1/all', 500);
    await endpoint.barrier();
    assert.equal(hasRoom, false);
    endpoint.release();
    await within(room, 'room');
  });

  test('a lost socket comes back, and what was not confirmed is sent again in order', async () => {
    endpoint.behaviour = { kind: 'cut', afterConfirmed: 10, afterTaken: 20 };
    for (const payload of numbered(700)) publisher.publish([all], payload);
    await within(publisher.confirmed(), 'confirmation of everything');
    const arrived = endpoint.payloads('event-v1/all');
    assert.deepEqual([...new Set(arrived)], numbered(700));
    assert.ok(arrived.length > 700, 'taken but unconfirmed messages come twice');
    assert.equal(endpoint.targets.length, 2);
    assert.equal(troubles.length, 1);
  });

  test('a message the broker could not store is sent again', async () => {
    endpoint.behaviour = { kind: 'fail' };
    publisher.publish([all], '{"n":0}');
    await within(publisher.confirmed(), 'confirmation of everything');
    assert.deepEqual(endpoint.payloads('event-v1/all'), ['{"n":0}', '{"n":0}']);
    assert.match(troubles.join(), /could not store/);
  });

  test('a service that is away for a while gets everything', async () => {
    await publisher.connect();
    endpoint.behaviour = { kind: 'refuse', status: 503 };
    publisher.publish([{ namespace: 'event-v1', name: 'InteractionQueued' }], '{"n":0}');
    await endpoint.handshakes(3);
    endpoint.behaviour = { kind: 'confirm' };
    await within(publisher.confirmed(), 'confirmation of everything');
    assert.deepEqual(endpoint.payloads('event-v1/InteractionQueued'), ['{"n":0}']);
    assert.deepEqual(troubles, [
      'Publishing to event-v1/InteractionQueued was interrupted (HTTP 503); trying again.',
    ]);
  });

  test('the key goes percent-encoded into the address and into no message', async () => {
    const key = 'eght_Canary+/=&?%';
    await publisher.stop();
    publisher = open(key);
    endpoint.behaviour = { kind: 'refuse', status: 401 };
    await assert.rejects(publisher.connect(), (error: Error) => {
      assert.match(error.message, /HTTP 401/);
      assert.ok(!`${error.message} ${error.stack}`.includes('Canary'), 'the key is in the error');
      return true;
    });
    assert.deepEqual(endpoint.targets, [
      '/ws/v2/producer/persistent/acme/event-v1/all?x-api-key=eght_Canary%2B%2F%3D%26%3F%25',
    ]);
    assert.ok(!troubles.join().includes('Canary'), 'the key is in a warning');
  });

  test('stop closes every socket at once, while messages wait for an answer', async () => {
    endpoint.behaviour = { kind: 'silent' };
    for (const payload of numbered(700))
      publisher.publish([all, { namespace: 'event-v1', name: 'B' }], payload);
    await endpoint.received('event-v1/B', 500);
    const begun = performance.now();
    await publisher.stop();
    assert.ok(performance.now() - begun < 3_000, 'stop took three seconds');
    assert.equal(endpoint.connections, 0);
    await within(publisher.confirmed(), 'confirmation of everything');
  });

  test('stop ends the wait of a publisher that cannot connect', async () => {
    endpoint.behaviour = { kind: 'refuse', status: 500 };
    publisher.publish([all], '{}');
    const confirmed = publisher.confirmed();
    await publisher.stop();
    await assert.doesNotReject(within(confirmed, 'the end of the wait'));
  });
});

suite('the address of a service', () => {
  const check = (webSocketBase: string, tenant = 'acme') => checkedService({ webSocketBase, tenant });

  test('a trailing slash makes no difference', () => {
    const address = (base: string): string => producerAddress(check(base), all);
    assert.equal(address('ws://host:1/ws/v2/'), address('ws://host:1/ws/v2'));
  });

  test('what is not a plain WebSocket address is refused', () => {
    for (const base of [
      '',
      'host',
      'http://host/ws/v2',
      'ws://host/ws/v2?x-api-key=k',
      'ws://u:p@host/ws/v2',
    ]) {
      assert.throws(() => check(base), TypeError, base);
    }
  });

  test('a tenant that is no name is refused', () => {
    for (const tenant of ['', 'a/b', 'a b', '<b>'])
      assert.throws(() => check('ws://host/ws/v2', tenant), /tenant/);
  });
});
