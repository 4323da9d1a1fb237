/** Worry: is anything that was acknowledged lost when the service dies and comes back? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, fieldsAt, numbered, publishNumbered } from '../support/service/messages.js';
import { encodeMessageId } from '../support/service/message-id.js';
import { needsOwnService, useService } from '../support/service/use-service.js';

suite('restart', { skip: needsOwnService() }, () => {
  const file = useService({ isRestarted: true, skip: needsOwnService() });

  test('open sockets drop without a close frame, and a resume gets the exact rest', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 20 });
    const publisher = await file.service.publisher(topic);
    const ids = await publisher.publish(numbered(50));
    await reader.waitFor(20);

    const [readerClose, publisherClose] = await Promise.all([
      reader.waitForClose(),
      publisher.socket.waitForClose(),
      file.service.restart(),
    ]);
    assert.equal(readerClose.code, 1006);
    assert.equal(publisherClose.code, 1006);
    assert.deepEqual(reader.texts, numbered(20));

    const resumed = await file.service.reader(topic, { messageId: at(ids, 19) });
    await resumed.waitFor(30);
    assert.deepEqual(resumed.texts, numbered(30, 20));

    const after = await publishNumbered(file.service, topic, 5, 50);
    await resumed.waitFor(35);
    assert.deepEqual(resumed.texts, numbered(35, 20));
    assert.ok(fieldsAt(after, 0).ledgerId > fieldsAt(ids, 49).ledgerId, 'the ledger has rolled');
  });

  test('one message before the last one known, that one comes first after a restart too', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 3);
    await file.service.restart();
    const { ledgerId, entryId } = fieldsAt(ids, 2);
    const messageId = encodeMessageId({ ledgerId, entryId: entryId - 1n });
    const reader = await file.service.reader(topic, { messageId });
    assert.equal(at(await reader.waitFor(1), 0).messageId, at(ids, 2));
  });
});
