/** Worry: what does a reader see when history it wants is gone? (Something newer, and no signal.) */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, eventually, fieldsAt, numbered, publishNumbered } from '../support/service/messages.js';
import { encodeMessageId } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

suite('retention', () => {
  const file = useService();

  /** Three ledgers with 0-9, 10-19 and 20-29, of which the first two are trimmed. Settles with the 30 ids. */
  async function trimmedTopic(topic: string): Promise<readonly string[]> {
    const { service } = file;
    const ids: string[] = [];
    for (const from of [0, 10, 20]) {
      if (from > 0) await service.admin.unload(topic);
      ids.push(...(await publishNumbered(service, topic, 10, from)));
    }
    assert.equal(new Set(ids.map((_, index) => fieldsAt(ids, index).ledgerId)).size, 3);
    await trimClosedLedgers(topic);
    return ids;
  }

  test('a position in a trimmed ledger is moved to the first message kept, without a signal', async () => {
    const topic = file.freshTopic();
    const ids = await trimmedTopic(topic);
    const reader = await file.service.reader(topic, { messageId: at(ids, 2) });
    await reader.waitFor(10);
    assert.deepEqual(reader.texts, numbered(10, 20));
  });

  test('one message before a trimmed one, the first delivered is a later one: the gap shows', async () => {
    const topic = file.freshTopic();
    const ids = await trimmedTopic(topic);
    const { ledgerId, entryId } = fieldsAt(ids, 19);
    const messageId = encodeMessageId({ ledgerId, entryId: entryId - 1n });
    const reader = await file.service.reader(topic, { messageId });
    const messages = await reader.waitFor(1);
    assert.equal(at(messages, 0).messageId, at(ids, 20));
  });

  test('earliest starts at the first message kept', async () => {
    const topic = file.freshTopic();
    await trimmedTopic(topic);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitFor(10);
    assert.deepEqual(reader.texts, numbered(10, 20));
  });

  test('with retention, closed ledgers survive a trim although nobody has read them', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 10);
    await file.service.admin.unload(topic);
    await publishNumbered(file.service, topic, 10, 10);
    await file.service.admin.trim(topic);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitFor(20);
    assert.deepEqual(reader.texts, numbered(20));
  });

  test('an open reader that is behind does not hold back what is trimmed', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 10);
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 1 });
    await reader.waitFor(1);
    await rollAndTrim(topic);
    const late = await file.service.reader(topic, { messageId: 'earliest' });
    await late.waitForText('10');
    assert.deepEqual(late.texts, ['10']);
  });

  test('a subscription holds back what it has not acknowledged, although retention does not', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 10);
    const consumer = await file.service.consumer(topic, 's', { subscriptionInitialPosition: 'Earliest' });
    await consumer.waitFor(10);
    await file.service.admin.unload(topic);
    await publishNumbered(file.service, topic, 1, 10);
    await file.service.admin.setTopicRetention(topic, { retentionTimeInMinutes: 0, retentionSizeInMB: 0 });
    await file.service.admin.trim(topic);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitForText('10');
    assert.deepEqual(reader.texts, numbered(11));
  });

  /** Rolls the ledger, writes `"10"` to the new one and drops the old one. */
  async function rollAndTrim(topic: string): Promise<void> {
    await file.service.admin.unload(topic);
    await publishNumbered(file.service, topic, 1, 10);
    await trimClosedLedgers(topic);
  }

  async function trimClosedLedgers(topic: string): Promise<void> {
    const { admin } = file.service;
    await admin.setTopicRetention(topic, { retentionTimeInMinutes: 0, retentionSizeInMB: 0 });
    await eventually('the closed ledgers to be trimmed', async () => {
      // The broker applies a retention after it has answered, so one request may come too early.
      await admin.trim(topic);
      return (await admin.internalStats(topic)).ledgers.length === 1;
    });
  }
});
