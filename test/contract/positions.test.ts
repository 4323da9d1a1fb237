/** Worry: where does a reader start, and is it told when its position is no good? (It is not.) */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, fieldsAt, numbered, publishBatches, publishNumbered } from '../support/service/messages.js';
import { encodeMessageId } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

suite('positions', () => {
  const file = useService();

  for (const query of [{}, { messageId: 'latest' }, { messageId: '' }]) {
    test(`a reader with ${JSON.stringify(query)} gets what is published from now on`, async () => {
      const topic = file.freshTopic();
      await publishNumbered(file.service, topic, 3);
      const reader = await file.service.reader(topic, query);
      await publishNumbered(file.service, topic, 1, 3);
      await reader.waitForText('3');
      assert.deepEqual(reader.texts, ['3']);
    });
  }

  test('a reader with earliest gets everything that is kept, then what is new', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitFor(3);
    await publishNumbered(file.service, topic, 2, 3);
    await reader.waitFor(5);
    assert.deepEqual(reader.texts, numbered(5));
  });

  test('an explicit id is exclusive: the first message is the next one', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 2000);
    const reader = await file.service.reader(topic, { messageId: at(ids, 1500) });
    await reader.waitFor(499);
    assert.deepEqual(reader.texts, numbered(499, 1501));
  });

  test('an id before the first entry opens and delivers from the first entry, without a signal', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 1);
    // The first ledger ever, long before this topic's.
    const messageId = encodeMessageId({ ledgerId: 0n, entryId: 0n });
    const reader = await file.service.reader(topic, { messageId });
    await reader.waitFor(1);
    assert.deepEqual(reader.texts, ['0']);
  });

  test('an id far past the end opens and delivers only what is new, without a signal', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    const { ledgerId } = fieldsAt(ids, 0);
    const messageId = encodeMessageId({ ledgerId: ledgerId + 1_000_000n, entryId: 5n });
    const reader = await file.service.reader(topic, { messageId });
    await publishNumbered(file.service, topic, 1, 3);
    await reader.waitForText('3');
    assert.deepEqual(reader.texts, ['3']);
  });

  test('an id past the last entry of the ledger being written delivers only what is new', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    const messageId = encodeMessageId({ ...fieldsAt(ids, 0), entryId: 1000n });
    const reader = await file.service.reader(topic, { messageId });
    await publishNumbered(file.service, topic, 1, 3);
    await reader.waitForText('3');
    assert.deepEqual(reader.texts, ['3']);
  });

  test('an id past the last entry of a closed ledger goes on with the next ledger', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    await file.service.admin.unload(topic);
    await publishNumbered(file.service, topic, 2, 3);
    const messageId = encodeMessageId({ ...fieldsAt(ids, 0), entryId: 1000n });
    const reader = await file.service.reader(topic, { messageId });
    await reader.waitFor(2);
    assert.deepEqual(reader.texts, ['3', '4']);
  });

  test('a topic that does not exist in a namespace that does is created', async () => {
    const topic = file.freshTopic();
    await file.service.reader(topic);
    assert.equal((await file.service.admin.internalStats(topic)).numberOfEntries, 0);
  });

  test('plus, slash and equals sign of an id arrive when percent-encoded', async () => {
    const topic = file.freshTopic();
    const ids = await publishBatches(file.service, topic, 10, 10);
    // The service does not look at the batch size of a position, so it can be chosen for its base64.
    const messageId = idWith(/^(?=.*\+)(?=.*\/)(?=.*=$)/, (batchSize) =>
      encodeMessageId({ ...fieldsAt(ids, 4), batchSize }),
    );
    const reader = await file.service.reader(topic, { messageId });
    await reader.waitFor(5);
    assert.deepEqual(reader.texts, numbered(5, 5));
  });

  test('slash and equals sign of an id may stand as they are, a plus arrives as a space: HTTP 500', async () => {
    const topic = file.freshTopic();
    const ids = await publishBatches(file.service, topic, 10, 10);
    const make = (batchSize: number): string => encodeMessageId({ ...fieldsAt(ids, 4), batchSize });
    const reader = await file.service.reader(topic, {}, `messageId=${idWith(/^[^+]*\/[^+]*=$/, make)}`);
    await reader.waitFor(5);
    assert.deepEqual(reader.texts, numbered(5, 5));
    const rawQuery = `messageId=${idWith(/\+/, make)}`;
    const refusal = await file.service.refusal({ kind: 'reader', topic }, {}, { rawQuery });
    assert.equal(refusal.status, 500);
  });

  test('a reader of a partitioned topic reads all partitions from earliest', async () => {
    const topic = file.freshTopic();
    await file.service.admin.createPartitionedTopic(topic, 2);
    const publisher = await file.service.publisher(topic);
    // A key chooses the partition; without one the producer stays with a partition of its own choice.
    const ids = await publisher.publish(numbered(40).map((text) => ({ payload: text, key: `key-${text}` })));
    assert.deepEqual(new Set(ids.map((_, index) => fieldsAt(ids, index).partition)), new Set([0, 1]));
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    const messages = await reader.waitFor(40);
    assert.deepEqual(new Set(messages.map((message) => message.messageId)), new Set(ids));
  });

  test('an explicit id on a partitioned topic is refused with HTTP 500', async () => {
    const topic = file.freshTopic();
    await file.service.admin.createPartitionedTopic(topic, 2);
    const [messageId = ''] = await publishNumbered(file.service, topic, 1);
    const refusal = await file.service.refusal({ kind: 'reader', topic }, { messageId });
    assert.equal(refusal.status, 500);
  });
});

/** The first id that fits, over batch sizes of two and three bytes. */
function idWith(pattern: RegExp, make: (batchSize: number) => string): string {
  for (let batchSize = 128; batchSize < 1 << 21; batchSize += 1) {
    const id = make(batchSize);
    if (pattern.test(id)) return id;
  }
  throw new Error(`No id fits ${String(pattern)}.`);
}
