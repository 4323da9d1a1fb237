/** Worry: does a subscription remember what was acknowledged, and nothing else? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import {
  at,
  eventually,
  numbered,
  passBarrier,
  publishBatches,
  publishNumbered,
} from '../support/service/messages.js';
import type { QueryValues } from '../support/service/address.js';
import { dial } from '../support/service/socket.js';
import type { ConsumerClient } from '../support/service/subscriber.js';
import { useService } from '../support/service/use-service.js';

const FROM_EARLIEST = { subscriptionInitialPosition: 'Earliest' };

suite('consumer', () => {
  const file = useService();

  test('a new subscription starts at the end, with Earliest at the start', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    const latest = await file.service.consumer(topic, 'latest');
    const earliest = await file.service.consumer(topic, 'earliest', FROM_EARLIEST);
    await publishNumbered(file.service, topic, 1, 3);
    await latest.waitFor(1);
    await earliest.waitFor(4);
    assert.deepEqual(latest.texts, ['3']);
    assert.deepEqual(earliest.texts, numbered(4));
  });

  test('a second consumer on an Exclusive subscription is refused with HTTP 409', async () => {
    const topic = file.freshTopic();
    await file.service.consumer(topic, 's');
    const refusal = await file.service.refusal({ kind: 'consumer', topic, subscription: 's' });
    assert.equal(refusal.status, 409);
  });

  test('an Exclusive subscription is free again when its consumer has left', async () => {
    const topic = file.freshTopic();
    const consumer = await file.service.consumer(topic, 's');
    await consumer.close();
    assert.equal(await (await onceFree(topic, {})).askEndOfTopic(), false);
  });

  test('a consumer that comes back gets what it has not acknowledged, and only that', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 6);
    const query = FROM_EARLIEST;
    const first = await file.service.consumer(topic, 's', query);
    const messages = await first.waitFor(6);
    for (const index of [0, 1, 3]) first.acknowledge(at(messages, index));
    await first.close();
    const second = await onceFree(topic, query);
    await second.waitFor(3);
    await publishNumbered(file.service, topic, 1, 6);
    await second.waitForText('6');
    assert.deepEqual(second.texts, ['2', '4', '5', '6']);
  });

  test("in push mode the window is freed by answers, as a reader's", async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 30);
    const consumer = await file.service.consumer(topic, 's', { ...FROM_EARLIEST, receiverQueueSize: 10 });
    const messages = await consumer.waitFor(10);
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, numbered(10));
    for (const message of messages.slice(0, 5)) consumer.acknowledge(message);
    await consumer.waitFor(15);
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, numbered(15));
  });

  test('in pull mode nothing comes before a permit, then exactly as many as permitted', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 10);
    const consumer = await file.service.consumer(topic, 's', { ...FROM_EARLIEST, pullMode: true });
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, []);
    consumer.permit(2);
    await consumer.waitFor(2);
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, numbered(2));
    consumer.permit(3);
    await consumer.waitFor(5);
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, numbered(5));
  });

  test('in pull mode an acknowledgement permits nothing', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 10);
    const consumer = await file.service.consumer(topic, 's', { ...FROM_EARLIEST, pullMode: true });
    consumer.permit(2);
    for (const message of await consumer.waitFor(2)) consumer.acknowledge(message);
    await passBarrier(file.service, topic, consumer);
    assert.deepEqual(consumer.texts, numbered(2));
  });

  test('unsubscribe ends the subscription: the next one of that name starts anew', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    const first = await file.service.consumer(topic, 's', FROM_EARLIEST);
    await first.takeAll(3);
    first.unsubscribe();
    await first.close();
    const second = await onceFree(topic, FROM_EARLIEST);
    await second.waitFor(3);
    assert.deepEqual(second.texts, numbered(3));
  });

  test('a NonDurable subscription forgets when its consumer leaves', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    const query = { ...FROM_EARLIEST, subscriptionMode: 'NonDurable' };
    const first = await file.service.consumer(topic, 's', query);
    await first.takeAll(3);
    await first.close();
    const second = await onceFree(topic, query);
    await second.waitFor(3);
    assert.deepEqual(second.texts, numbered(3));
  });

  test('isEndOfTopic is answered, and true after a terminate', async () => {
    const topic = file.freshTopic();
    const consumer = await file.service.consumer(topic, 's', FROM_EARLIEST);
    await publishNumbered(file.service, topic, 1);
    await consumer.takeAll(1);
    assert.equal(await consumer.askEndOfTopic(), false);
    await file.service.admin.terminate(topic);
    await eventually('endOfTopic to be true', () => consumer.askEndOfTopic());
  });

  test('a message of a batch is acknowledged only with its whole batch', async () => {
    const topic = file.freshTopic();
    await publishBatches(file.service, topic, 10, 5);
    const first = await file.service.consumer(topic, 's', FROM_EARLIEST);
    const messages = await first.waitFor(10);
    for (const message of messages.slice(0, 7)) first.acknowledge(message);
    await first.close();
    const second = await onceFree(topic, FROM_EARLIEST);
    await second.waitFor(5);
    assert.deepEqual(second.texts, numbered(5, 5));
  });

  const fatal = [
    { frame: '[1]', code: 1006 },
    { frame: 'not JSON', code: 1006 },
    { frame: '{"messageId":"garbage"}', code: 1006 },
    { frame: '{"messageId":"!!"}', code: 1011 },
    { frame: '{"messageId":""}', code: 1006 },
    { frame: '{}', code: 1011 },
    { frame: '{"type":"negativeAcknowledge"}', code: 1011 },
    { frame: 'null', code: 1011 },
  ];
  for (const { frame, code } of fatal) {
    test(`the client frame ${frame} ends a consumer's session with ${code}`, async () => {
      const consumer = await file.service.consumer(file.freshTopic(), 's');
      consumer.socket.send(frame);
      assert.equal((await consumer.waitForClose()).code, code);
    });
  }

  /** A consumer on the subscription `s`, as soon as the one before has been let go. */
  async function onceFree(topic: string, query: QueryValues): Promise<ConsumerClient> {
    const url = file.service.url({ kind: 'consumer', topic, subscription: 's' }, query);
    await eventually('the subscription to be free', async () => {
      const answer = await dial(url);
      if (answer.kind === 'open') await answer.socket.close();
      return answer.kind === 'open';
    });
    return file.service.consumer(topic, 's', query);
  }
});
