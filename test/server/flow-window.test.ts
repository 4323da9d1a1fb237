/** Worry: does the pending window hold to the message when everything goes fast? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { FlowWindow } from '../../demo/server/flow-window.js';
import { numbers, useStandIn } from './stand-in.js';

suite('flow window', () => {
  const standIn = useStandIn();

  test('20,000 messages answered in uneven bursts: all of them once, in order, never more out than allowed', async () => {
    const topic = standIn.freshTopic();
    const count = 20_000;
    const queue = 100;
    const publisher = await standIn.publisher(topic, { batchingEnabled: true, batchingMaxMessages: 137 });
    await publisher.publish(numbers(count));
    const reader = await standIn.reader(topic, { messageId: 'earliest', receiverQueueSize: queue });
    let answered = 0;
    let burst = 1;
    while (answered < count) {
      const target = Math.min(count, answered + queue);
      await reader.socket.waitUntil(`message ${target}`, () => reader.socket.frames.length >= target);
      // The whole window is out and nothing is answered: not one message more may come.
      assert.equal(await reader.askEndOfTopic(), false);
      assert.equal(reader.messages.length, target);
      burst = (burst * 7 + 3) % queue || queue;
      const burstEnd = Math.min(target, answered + burst);
      for (; answered < burstEnd; answered += 1) {
        reader.socket.send('{}');
      }
      if (burstEnd < target && burstEnd < count - queue) {
        await reader.waitFor(burstEnd + queue);
      }
    }
    assert.deepEqual(reader.texts, numbers(count));
    const state = await standIn.state(topic);
    const [session] = state.sessions.filter(({ kind }) => kind === 'reader');
    assert.equal(session?.maxPending, queue);
    assert.equal(session?.pending, 0);
    assert.equal(session?.messagesSent, count);
  });

  test('a consumer on the same topic keeps its own window', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    await publisher.publish(numbers(50));
    const consumer = await standIn.consumer(topic, 's', {
      receiverQueueSize: 5,
      subscriptionInitialPosition: 'Earliest',
    });
    await consumer.takeAll(50);
    assert.deepEqual(consumer.texts, numbers(50));
    const [session] = (await standIn.state(topic)).sessions.filter(({ kind }) => kind === 'consumer');
    assert.equal(session?.maxPending, 5);
  });

  test('whatever the order of messages and answers, the count never passes the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.constantFrom('message', 'answer')),
        (limit, steps) => {
          const window = new FlowWindow(limit);
          window.open();
          let isOut = 0;
          for (const step of steps) {
            if (step === 'message' && window.isOpen) {
              window.delivered();
              isOut += 1;
            } else if (step === 'answer') {
              window.answered();
              isOut -= 1;
            }
            assert.equal(window.pending, isOut);
            assert.ok(isOut <= limit);
            assert.equal(window.isOpen, isOut < limit, `${isOut} of ${limit}`);
          }
        },
      ),
    );
  });
});
