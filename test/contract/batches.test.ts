/** Worry: are messages of a batch counted, named and resumed one by one? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, fieldsAt, numbered, passBarrier, publishBatches } from '../support/service/messages.js';
import { decodeMessageId, hexOfMessageId } from '../support/service/message-id.js';
import type { MessageIdFields } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

suite('batches', () => {
  const file = useService();

  /** Places of messages in batches of `size`: ledger of the first id, entry, index, and a size as told. */
  function places(ids: readonly string[], size: number, batchSize: number): readonly MessageIdFields[] {
    const { ledgerId } = fieldsAt(ids, 0);
    return ids.map((_, index) => ({
      ledgerId,
      entryId: BigInt(Math.floor(index / size)),
      batchIndex: index % size,
      batchSize,
    }));
  }

  test('a producer is told entry and index of each message of a batch, and 0 for the size', async () => {
    const ids = await publishBatches(file.service, file.freshTopic(), 100, 50);
    assert.deepEqual(ids.map(decodeMessageId), places(ids, 50, 0));
    assert.match(hexOfMessageId(at(ids, 10)), /^08 ([89a-f]. )*[0-7]. 10 00 20 0a 30 00$/);
  });

  test("a reader is told the size too, so its ids differ from the producer's in that field", async () => {
    const topic = file.freshTopic();
    await publishBatches(file.service, topic, 100, 50);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    const ids = (await reader.waitFor(100)).map((message) => message.messageId);
    assert.deepEqual(ids.map(decodeMessageId), places(ids, 50, 50));
    assert.match(hexOfMessageId(at(ids, 10)), /^08 ([89a-f]. )*[0-7]. 10 00 20 0a 30 32$/);
  });

  test('a batch that does not fill is sent after batchingMaxPublishDelay', async () => {
    const topic = file.freshTopic();
    const publisher = await file.service.publisher(topic, {
      batchingEnabled: true,
      batchingMaxMessages: 1000,
      batchingMaxPublishDelay: 100,
    });
    await publisher.publish(numbered(3));
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    const ids = (await reader.waitFor(3)).map((message) => message.messageId);
    assert.deepEqual(ids.map(decodeMessageId), places(ids, 3, 3));
  });

  test('an explicit id inside a batch of 50 goes on with the next index, without a copy', async () => {
    const topic = file.freshTopic();
    const ids = await publishBatches(file.service, topic, 100, 50);
    const first = await file.service.reader(topic, { messageId: at(ids, 10) });
    const messages = await first.waitFor(89);
    assert.deepEqual(first.texts, numbered(89, 11));
    // Once with the producer's id, once with the reader's.
    const second = await file.service.reader(topic, { messageId: at(messages, 9).messageId });
    await second.waitFor(79);
    assert.deepEqual(second.texts, numbered(79, 21));
  });

  test('the window counts messages, not batches', async () => {
    const topic = file.freshTopic();
    await publishBatches(file.service, topic, 100, 50);
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 10 });
    await reader.waitFor(10);
    await passBarrier(file.service, topic, reader);
    assert.deepEqual(reader.texts, numbered(10));
  });
});
