/** Worry: can a client prove that nothing was lost, by starting one message before the last one it knows? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, fieldsAt, publishBatches, publishNumbered } from '../support/service/messages.js';
import { encodeMessageId } from '../support/service/message-id.js';
import type { MessageIdFields } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

/** Ledger and entry alone, as a client makes them by hand. */
function entry({ ledgerId }: MessageIdFields, entryId: bigint): string {
  return encodeMessageId({ ledgerId, entryId });
}

suite('overlap', () => {
  const file = useService();

  /** The first message that a reader started at `messageId` gets, and its text. */
  async function firstAfter(topic: string, messageId: string): Promise<{ id: string; text: string }> {
    const reader = await file.service.reader(topic, { messageId });
    const messages = await reader.waitFor(1);
    return { id: at(messages, 0).messageId, text: at(reader.texts, 0) };
  }

  test('from the id of the message before it, the last one comes again at once', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    assert.deepEqual(await firstAfter(topic, at(ids, 1)), { id: at(ids, 2), text: '2' });
  });

  test('the id before it may be made by hand: ledger, entry - 1', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    const last = fieldsAt(ids, 2);
    assert.deepEqual(await firstAfter(topic, entry(last, last.entryId - 1n)), { id: at(ids, 2), text: '2' });
  });

  test('before entry 0 stands entry -1', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 1);
    assert.deepEqual(await firstAfter(topic, entry(fieldsAt(ids, 0), -1n)), { id: at(ids, 0), text: '0' });
  });

  test('the last one comes again after an unload has rolled the ledger', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    await file.service.admin.unload(topic);
    const last = fieldsAt(ids, 2);
    assert.deepEqual(await firstAfter(topic, entry(last, last.entryId - 1n)), { id: at(ids, 2), text: '2' });
  });

  test('entry -1 of a ledger after the first delivers that ledger from its start', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    await file.service.admin.unload(topic);
    const ids = await publishNumbered(file.service, topic, 2, 3);
    assert.equal(fieldsAt(ids, 0).entryId, 0n);
    assert.deepEqual(await firstAfter(topic, entry(fieldsAt(ids, 0), -1n)), { id: at(ids, 0), text: '3' });
  });

  suite('inside batches of 5', () => {
    const positions: readonly {
      readonly name: string;
      readonly make: (first: MessageIdFields, second: MessageIdFields) => string;
      readonly expected: string;
    }[] = [
      {
        name: 'entry 1, index 1, size 5: next is index 2',
        make: (_, second) => encodeMessageId({ ...second, batchIndex: 1, batchSize: 5 }),
        expected: '7',
      },
      {
        name: 'entry 1, index 1 without the size: next is index 2',
        make: (_, { ledgerId, entryId }) => encodeMessageId({ ledgerId, entryId, batchIndex: 1 }),
        expected: '7',
      },
      {
        name: 'entry 0 without an index is inclusive: it is delivered from its first message',
        make: (first) => entry(first, first.entryId),
        expected: '0',
      },
      {
        name: 'entry 1 without an index is inclusive: it is delivered from its first message',
        make: (_, second) => entry(second, second.entryId),
        expected: '5',
      },
      {
        name: 'the last index of entry 0: next is entry 1, index 0',
        make: (first) => encodeMessageId({ ...first, batchIndex: 4, batchSize: 5 }),
        expected: '5',
      },
      {
        name: 'entry -1: next is entry 0, index 0',
        make: (first) => entry(first, -1n),
        expected: '0',
      },
    ];
    for (const { name, make, expected } of positions) {
      test(name, async () => {
        const topic = file.freshTopic();
        const ids = await publishBatches(file.service, topic, 10, 5);
        const messageId = make(fieldsAt(ids, 0), fieldsAt(ids, 5));
        const reader = await file.service.reader(topic, { messageId });
        await reader.waitFor(10 - Number(expected));
        assert.deepEqual(reader.texts, [...Array(10).keys()].slice(Number(expected)).map(String));
      });
    }
  });
});
