/** Worry: which handshakes are refused, and with what status? (A browser never sees it; the tests do.) */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { dial } from '../support/service/socket.js';
import type { Endpoint } from '../support/service/address.js';
import { publishNumbered } from '../support/service/messages.js';
import { useService } from '../support/service/use-service.js';

suite('handshake', () => {
  const file = useService();

  const readerQueries = [
    'messageId=garbage',
    'messageId=AAAA',
    'messageId=%21%21',
    'receiverQueueSize=abc',
    'receiverQueueSize=-1',
  ];
  for (const rawQuery of readerQueries) {
    test(`a reader with ${rawQuery} is refused with HTTP 500`, async () => {
      const endpoint: Endpoint = { kind: 'reader', topic: file.freshTopic() };
      assert.equal((await file.service.refusal(endpoint, {}, { rawQuery })).status, 500);
    });
  }

  const consumerQueries = [
    'subscriptionType=Foo',
    'subscriptionType=exclusive',
    'subscriptionMode=foo',
    'subscriptionInitialPosition=earliest',
    'receiverQueueSize=abc',
    'receiverQueueSize=-1',
    'ackTimeoutMillis=abc',
    'ackTimeoutMillis=500',
    'negativeAckRedeliveryDelay=abc',
    'maxRedeliverCount=abc',
  ];
  for (const rawQuery of consumerQueries) {
    test(`a consumer with ${rawQuery} is refused with HTTP 400`, async () => {
      const endpoint: Endpoint = { kind: 'consumer', topic: file.freshTopic(), subscription: 's' };
      assert.equal((await file.service.refusal(endpoint, {}, { rawQuery })).status, 400);
    });
  }

  test('a consumer without a subscription is refused with HTTP 400', async () => {
    const topic = file.freshTopic();
    for (const path of [topic, `${topic}/`]) {
      const answer = await dial(`${file.service.webSocketBase}/consumer/persistent/${path}`);
      assert.equal(answer.kind === 'refused' && answer.status, 400, path);
    }
  });

  const unknown: readonly { readonly endpoint: (topic: string) => Endpoint; readonly status: number }[] = [
    { endpoint: (topic) => ({ kind: 'reader', topic }), status: 500 },
    { endpoint: (topic) => ({ kind: 'producer', topic }), status: 404 },
    { endpoint: (topic) => ({ kind: 'consumer', topic, subscription: 's' }), status: 404 },
  ];
  for (const { endpoint, status } of unknown) {
    const { kind } = endpoint('');
    for (const place of ['namespace', 'tenant']) {
      test(`a ${kind} of an unknown ${place} is refused with HTTP ${status}`, async () => {
        const { tenant } = file.service;
        const topic = place === 'namespace' ? `${tenant}/no-such/topic` : 'no-such/agent-v1/topic';
        assert.equal((await file.service.refusal(endpoint(topic))).status, status);
      });
    }
  }

  test('a path without a topic, or of an unknown domain, is refused with HTTP 500 for a reader', async () => {
    for (const path of [file.namespace, `${file.namespace}/`]) {
      const answer = await dial(`${file.service.webSocketBase}/reader/persistent/${path}`);
      assert.equal(answer.kind === 'refused' && answer.status, 500, path);
    }
    const answer = await dial(`${file.service.webSocketBase}/reader/nowhere/${file.freshTopic()}`);
    assert.equal(answer.kind === 'refused' && answer.status, 500);
  });

  test('an endpoint that does not exist is refused with HTTP 404', async () => {
    const answer = await dial(`${file.service.webSocketBase}/listener/persistent/${file.freshTopic()}`);
    assert.equal(answer.kind === 'refused' && answer.status, 404);
  });

  test('a producer with sendTimeoutMillis=abc is refused with HTTP 400', async () => {
    const endpoint: Endpoint = { kind: 'producer', topic: file.freshTopic() };
    const refusal = await file.service.refusal(endpoint, {}, { rawQuery: 'sendTimeoutMillis=abc' });
    assert.equal(refusal.status, 400);
  });

  test('a percent-encoded topic is the same topic as the plain one', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 2);
    const url = file.service.url({ kind: 'reader', topic }, { messageId: 'earliest' });
    const answer = await dial(url.replace('/topic-', '/%74opic%2D'));
    assert.equal(answer.kind, 'open');
    if (answer.kind !== 'open') return;
    await answer.socket.waitUntil('two messages', () => answer.socket.frames.length === 2);
    await answer.socket.close();
  });

  test('a topic may have any characters when they are percent-encoded', async () => {
    const topic = `${file.freshTopic()}-ä b`;
    await publishNumbered(file.service, topic, 2);
    const reader = await file.service.reader(topic, { messageId: 'earliest', readerName: 'a/b c' });
    await reader.waitFor(2);
    assert.deepEqual(reader.texts, ['0', '1']);
  });

  test('a parameter that nobody knows is ignored', async () => {
    const reader = await file.service.reader(file.freshTopic(), { noSuchParameter: 1 });
    assert.equal(await reader.askEndOfTopic(), false);
  });

  test('the Origin header is not looked at', async () => {
    const url = file.service.url({ kind: 'reader', topic: file.freshTopic() });
    const answer = await dial(url, { headers: { origin: 'https://foreign.example' } });
    assert.equal(answer.kind, 'open');
    if (answer.kind === 'open') await answer.socket.close();
  });
});
