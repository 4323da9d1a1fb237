/** Worry: does a reader stop exactly when its window is full, and go on for exactly what was answered? */
import { strict as assert } from 'node:assert';
import { before, suite, test } from 'node:test';
import { numbered, passBarrier, publishNumbered } from '../support/service/messages.js';
import { useService } from '../support/service/use-service.js';

const WAITING = 3000;

suite('flow control', () => {
  const file = useService();
  let topic = '';

  before(async () => {
    topic = file.freshTopic();
    await publishNumbered(file.service, topic, WAITING);
  });

  const windows = [
    { query: {}, expected: 1000, name: 'by default' },
    { query: { receiverQueueSize: 5000 }, expected: 1000, name: 'with receiverQueueSize=5000' },
    { query: { receiverQueueSize: 10 }, expected: 10, name: 'with receiverQueueSize=10' },
    { query: { receiverQueueSize: 1 }, expected: 1, name: 'with receiverQueueSize=1' },
    { query: { receiverQueueSize: 0 }, expected: 0, name: 'with receiverQueueSize=0' },
  ];
  for (const { query, expected, name } of windows) {
    test(`a reader that answers nothing gets exactly ${expected} messages ${name}`, async () => {
      const reader = await file.service.reader(topic, { messageId: 'earliest', ...query });
      await reader.waitFor(expected);
      await passBarrier(file.service, topic, reader);
      assert.deepEqual(reader.texts, numbered(expected));
    });
  }

  test('a reader that answers each message gets all of them, in order', async () => {
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    const messages = await reader.takeAll(WAITING);
    assert.equal(new Set(messages.map((message) => message.messageId)).size, messages.length);
    assert.deepEqual(reader.texts.slice(0, WAITING), numbered(WAITING));
  });

  test('any JSON object frees one message, whatever is in it', async () => {
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 10 });
    await reader.waitFor(10);
    for (const frame of [
      { hello: 1 },
      {},
      { messageId: 'of no message' },
      { type: 'unknown' },
      { hello: 1 },
    ]) {
      reader.socket.sendJson(frame);
    }
    await reader.waitFor(15);
    await passBarrier(file.service, topic, reader);
    assert.deepEqual(reader.texts, numbered(15));
  });

  test('isEndOfTopic is answered while the window is full and frees nothing', async () => {
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 10 });
    await reader.waitFor(10);
    for (let count = 0; count < 5; count += 1) assert.equal(await reader.askEndOfTopic(), false);
    await passBarrier(file.service, topic, reader);
    assert.deepEqual(reader.texts, numbered(10));
  });

  test('answers sent before the window is full count as well', async () => {
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 10 });
    await reader.waitFor(10);
    for (let count = 0; count < 3; count += 1) reader.socket.sendJson({});
    await reader.waitFor(13);
    await passBarrier(file.service, topic, reader);
    assert.deepEqual(reader.texts, numbered(13));
  });

  test('answers that come before any message widen the window by as many', async () => {
    const empty = file.freshTopic();
    const reader = await file.service.reader(empty, { receiverQueueSize: 10 });
    for (let count = 0; count < 5; count += 1) reader.socket.sendJson({});
    await reader.askEndOfTopic();
    await publishNumbered(file.service, empty, 100);
    await reader.waitFor(15);
    await passBarrier(file.service, empty, reader);
    assert.deepEqual(reader.texts, numbered(15));
  });

  // The broker sends the start message too and the proxy drops it, but its only permit is spent on it.
  test('with receiverQueueSize=1 a reader started at the id of a single message gets nothing, ever', async () => {
    const kept = file.freshTopic();
    const [messageId = ''] = await publishNumbered(file.service, kept, 10);
    const starved = await file.service.reader(kept, { messageId, receiverQueueSize: 1 });
    const fed = await file.service.reader(kept, { messageId, receiverQueueSize: 2 });
    await fed.waitFor(2);
    await passBarrier(file.service, kept, starved);
    assert.deepEqual(fed.texts, ['1', '2']);
    assert.deepEqual(starved.texts, []);
  });
});
