/** Worry: does a message that was not dealt with come again, and where does it end? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, numbered, publishNumbered } from '../support/service/messages.js';
import type { ConsumerClient } from '../support/service/subscriber.js';
import { useService } from '../support/service/use-service.js';

const SHARED = { subscriptionType: 'Shared', subscriptionInitialPosition: 'Earliest' };

suite('redelivery', () => {
  const file = useService();

  test('a negative acknowledgement brings a message again, with its redelivery count', async () => {
    const topic = file.freshTopic();
    const [id = ''] = await publishNumbered(file.service, topic, 1);
    const consumer = await file.service.consumer(topic, 's', { ...SHARED, negativeAckRedeliveryDelay: 300 });
    consumer.negativeAcknowledge(at(await consumer.waitFor(1), 0));
    consumer.negativeAcknowledge(at(await consumer.waitFor(2), 1));
    const messages = await consumer.waitFor(3);
    assert.deepEqual(
      messages.map(({ messageId, redeliveryCount }) => [messageId, redeliveryCount]),
      [
        [id, 0],
        [id, 1],
        [id, 2],
      ],
    );
  });

  test('a negative acknowledgement waits for negativeAckRedeliveryDelay', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 1);
    const consumer = await file.service.consumer(topic, 's', { ...SHARED, negativeAckRedeliveryDelay: 1000 });
    const message = at(await consumer.waitFor(1), 0);
    const start = Date.now();
    consumer.negativeAcknowledge(message);
    await consumer.waitFor(2);
    const waitedMs = Date.now() - start;
    assert.ok(waitedMs >= 600 && waitedMs < 5000, `it came after ${waitedMs} ms`);
  });

  for (const query of [{}, { deadLetterTopic: true }]) {
    const name =
      query.deadLetterTopic === true ? 'the named dead letter topic' : '{topic}-{subscription}-DLQ';
    test(`after maxRedeliverCount a message moves to ${name}`, async () => {
      const topic = file.freshTopic();
      const graveTopic = query.deadLetterTopic === true ? file.freshTopic() : `${topic}-s-DLQ`;
      const grave = await file.service.reader(graveTopic, { messageId: 'earliest' });
      await publishNumbered(file.service, topic, 1);
      const consumer = await file.service.consumer(topic, 's', {
        ...SHARED,
        negativeAckRedeliveryDelay: 300,
        maxRedeliverCount: 2,
        ...(query.deadLetterTopic === true ? { deadLetterTopic: `persistent://${graveTopic}` } : {}),
      });
      await refuseAll(consumer, 3);
      await grave.waitFor(1);
      assert.deepEqual(grave.texts, ['0']);
      assert.deepEqual(
        consumer.messages.map(({ redeliveryCount }) => redeliveryCount),
        [0, 1, 2],
      );
    });
  }

  test('with Exclusive a negative acknowledgement brings everything unacknowledged again, uncounted', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 4);
    const consumer = await file.service.consumer(topic, 's', {
      subscriptionInitialPosition: 'Earliest',
      negativeAckRedeliveryDelay: 300,
    });
    const messages = await consumer.waitFor(4);
    consumer.acknowledge(at(messages, 0));
    consumer.negativeAcknowledge(at(messages, 1));
    await consumer.waitFor(7);
    assert.deepEqual(consumer.texts.slice(4), ['1', '2', '3']);
    assert.deepEqual(
      consumer.messages.map(({ redeliveryCount }) => redeliveryCount),
      [0, 0, 0, 0, 0, 0, 0],
    );
  });

  test('a message that is not acknowledged within ackTimeoutMillis comes again', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 2);
    const consumer = await file.service.consumer(topic, 's', { ...SHARED, ackTimeoutMillis: 1500 });
    const messages = await consumer.waitFor(2);
    consumer.acknowledge(at(messages, 0));
    const again = at(await consumer.waitFor(3), 2);
    assert.equal(again.messageId, at(messages, 1).messageId);
    assert.equal(again.redeliveryCount, 1);
  });

  test('a negative acknowledgement frees a place in the window', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    const consumer = await file.service.consumer(topic, 's', {
      ...SHARED,
      receiverQueueSize: 1,
      negativeAckRedeliveryDelay: 60_000,
    });
    consumer.negativeAcknowledge(at(await consumer.waitFor(1), 0));
    await consumer.waitFor(2);
    assert.deepEqual(consumer.texts.slice(0, 2), numbered(2));
  });

  async function refuseAll(consumer: ConsumerClient, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const messages = await consumer.waitFor(index + 1);
      consumer.negativeAcknowledge(at(messages, index));
    }
  }
});
