/** Worry: who of several consumers on one subscription gets what? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { eventually, numbered, passBarrier, publishNumbered } from '../support/service/messages.js';
import type { OutgoingMessage } from '../support/service/publisher.js';
import type { ConsumerClient } from '../support/service/subscriber.js';
import { useService } from '../support/service/use-service.js';

suite('subscription types', () => {
  const file = useService();

  /** Settles when the consumers have `count` messages between them; `act` is called for each now and then. */
  async function waitForAll(
    consumers: readonly ConsumerClient[],
    count: number,
    act: (consumer: ConsumerClient) => void = () => {},
  ): Promise<void> {
    await eventually(`${count} messages on ${consumers.length} consumers`, async () => {
      for (const consumer of consumers) act(consumer);
      return consumers.reduce((sum, { messages }) => sum + messages.length, 0) >= count;
    });
  }

  test('Shared spreads messages over its consumers, each message to one', async () => {
    const topic = file.freshTopic();
    const query = { subscriptionType: 'Shared', receiverQueueSize: 1 };
    const left = await file.service.consumer(topic, 's', query);
    const right = await file.service.consumer(topic, 's', query);
    await publishNumbered(file.service, topic, 10);
    // A window of one: neither can take more than one before it answers.
    await Promise.all([left.waitFor(1), right.waitFor(1)]);
    await waitForAll([left, right], 10, (consumer) => consumer.answerAll());
    const texts = [...left.texts, ...right.texts];
    assert.deepEqual(texts.map(Number).toSorted(ascending).map(String), numbered(10));
  });

  test('Shared hands the messages of a consumer that left to the other', async () => {
    const topic = file.freshTopic();
    const query = { subscriptionType: 'Shared', receiverQueueSize: 1 };
    const stays = await file.service.consumer(topic, 's', query);
    const leaves = await file.service.consumer(topic, 's', query);
    await publishNumbered(file.service, topic, 10);
    await Promise.all([stays.waitFor(1), leaves.waitFor(1)]);
    await leaves.close();
    await stays.takeAll(10);
    assert.deepEqual(stays.texts.map(Number).toSorted(ascending).map(String), numbered(10));
  });

  test('Failover gives everything to one consumer, and to the next when that one leaves', async () => {
    const topic = file.freshTopic();
    const query = { subscriptionType: 'Failover' };
    const consumers = [
      await file.service.consumer(topic, 's', { ...query, consumerName: 'a' }),
      await file.service.consumer(topic, 's', { ...query, consumerName: 'b' }),
    ];
    await publishNumbered(file.service, topic, 5);
    await waitForAll(consumers, 5);
    // Which of them is active depends on a hash of the topic's name.
    const active = found(consumers.find(({ messages }) => messages.length > 0));
    const standby = found(consumers.find((consumer) => consumer !== active));
    await passBarrier(file.service, topic, standby);
    assert.deepEqual(active.texts.slice(0, 5), numbered(5));
    assert.deepEqual(standby.texts, []);
    for (const message of active.messages.slice(0, 2)) active.acknowledge(message);
    await active.close();
    await standby.waitFor(3);
    assert.deepEqual(standby.texts.slice(0, 3), numbered(3, 2));
    await publishNumbered(file.service, topic, 1, 5);
    await standby.waitForText('5');
  });

  test('Key_Shared keeps each key on one consumer, in order', async () => {
    const topic = file.freshTopic();
    const query = { subscriptionType: 'Key_Shared' };
    const consumers = [
      await file.service.consumer(topic, 's', query),
      await file.service.consumer(topic, 's', query),
    ];
    const publisher = await file.service.publisher(topic);
    const sent: OutgoingMessage[] = numbered(200).map((payload) => ({
      payload,
      key: `agent-${Number(payload) % 20}`,
    }));
    await publisher.publish(sent);
    await waitForAll(consumers, 200);
    const keys = consumers.map(({ messages }) => new Set(messages.map(({ key }) => key)));
    const [left = new Set(), right = new Set()] = keys;
    assert.equal([...left].filter((key) => right.has(key)).length, 0, 'a key came to both consumers');
    assert.equal(left.size + right.size, 20);
    assert.ok(left.size > 0 && right.size > 0, 'one consumer got every key');
    for (const consumer of consumers) {
      const numbers = consumer.texts.map(Number);
      assert.deepEqual(numbers, numbers.toSorted(ascending));
    }
  });

  test("a consumer of another type than the subscription's is refused", async () => {
    const topic = file.freshTopic();
    await file.service.consumer(topic, 's', { subscriptionType: 'Shared' });
    const endpoint = { kind: 'consumer', topic, subscription: 's' } as const;
    const refusal = await file.service.refusal(endpoint, { subscriptionType: 'Exclusive' });
    assert.equal(refusal.status, 409);
  });
});

function ascending(a: number, b: number): number {
  return a - b;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('No consumer fits.');
  return value;
}
