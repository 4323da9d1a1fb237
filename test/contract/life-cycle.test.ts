/** Worry: what does an open reader notice when its topic is unloaded, deleted or terminated? (Next to nothing.) */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, eventually, fieldsAt, numbered, publishNumbered } from '../support/service/messages.js';
import { decodeMessageId } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

suite('life of a topic', () => {
  const file = useService();

  test('an unload leaves a reader open, loses nothing and rolls the ledger', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const before = await publishNumbered(file.service, topic, 5);
    await reader.waitFor(5);
    await file.service.admin.unload(topic);
    const after = await publishNumbered(file.service, topic, 5, 5);
    const messages = await reader.waitFor(10);
    assert.deepEqual(
      messages.map((message) => message.messageId),
      [...before, ...after],
    );
    assert.deepEqual(reader.texts, numbered(10));
    assert.ok(fieldsAt(after, 0).ledgerId > fieldsAt(before, 0).ledgerId);
    assert.equal(fieldsAt(after, 0).entryId, 0n);
    assert.equal(reader.socket.closeInfo, undefined);
  });

  test('an open producer goes on after an unload', async () => {
    const topic = file.freshTopic();
    const publisher = await file.service.publisher(topic);
    const before = await publisher.publishOne('0');
    await file.service.admin.unload(topic);
    const after = await publisher.publishOne('1');
    assert.ok(decodeMessageId(after).ledgerId > decodeMessageId(before).ledgerId);
  });

  test('a forced delete leaves a reader open, and it gets what is written to the new topic', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const before = await publishNumbered(file.service, topic, 3);
    await reader.waitFor(3);
    await file.service.admin.deleteTopic(topic, { force: true });
    const after = await publishNumbered(file.service, topic, 3, 3);
    const messages = await reader.waitFor(6);
    assert.deepEqual(
      messages.slice(3).map((message) => message.messageId),
      after,
    );
    assert.notEqual(fieldsAt(after, 0).ledgerId, fieldsAt(before, 0).ledgerId);
    assert.equal(fieldsAt(after, 0).entryId, 0n);
    await publishNumbered(file.service, topic, 1, 6);
    await reader.waitForText('6');
    assert.equal(reader.socket.closeInfo, undefined);
  });

  test('a delete that is not forced is refused while a client is connected', async () => {
    const topic = file.freshTopic();
    await file.service.reader(topic);
    await assert.rejects(file.service.admin.deleteTopic(topic, { force: false }), { status: 412 });
  });

  test('a terminated topic says so on request, keeps the reader open and refuses new producers', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await publishNumbered(file.service, topic, 3);
    await reader.waitFor(3);
    assert.equal(await reader.askEndOfTopic(), false);
    await file.service.admin.terminate(topic);
    await eventually('endOfTopic to be true', () => reader.askEndOfTopic());
    assert.equal(reader.socket.closeInfo, undefined);
    const refusal = await file.service.refusal({ kind: 'producer', topic });
    assert.equal(refusal.status, 503);
  });

  test('a terminated topic can still be read from the start', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 3);
    await file.service.admin.terminate(topic);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitFor(3);
    assert.deepEqual(reader.texts, numbered(3));
    await eventually('endOfTopic to be true', () => reader.askEndOfTopic());
  });

  test('the end of a topic is never said before its last message was sent', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 2000);
    await file.service.admin.terminate(topic);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    await reader.waitFor(1000);
    assert.equal(await reader.askEndOfTopic(), false);
    await eventually('endOfTopic to be true', async () => {
      reader.answerAll();
      const isEnded = await reader.askEndOfTopic();
      if (isEnded) assert.equal(reader.messages.length, 2000);
      return isEnded;
    });
  });

  test('a producer that is open when its topic is terminated hears an error and stays open', async () => {
    const topic = file.freshTopic();
    const publisher = await file.service.publisher(topic);
    await publisher.publishOne('0');
    await file.service.admin.terminate(topic);
    const reply = at(await publisher.replies(['1']), 0);
    assert.equal(reply.result, 'send-error:8');
    assert.equal(publisher.socket.closeInfo, undefined);
  });
});
