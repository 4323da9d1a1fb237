/** Worry: does every frame look as a client expects, and what becomes of a client's frame that does not? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at, numbered, passBarrier, publishNumbered } from '../support/service/messages.js';
import { hexOfMessageId } from '../support/service/message-id.js';
import { useService } from '../support/service/use-service.js';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

suite('frames', () => {
  const file = useService();

  test('a data frame has id, payload, properties, publish time and redelivery count, and nothing else', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const publisher = await file.service.publisher(topic);
    const id = await publisher.publishOne({ payload: '{"i":0}', properties: { a: 'b' } });
    await reader.waitFor(1);
    const frame = JSON.parse(at(reader.socket.frames, 0)) as Record<string, unknown>;
    const { publishTime, ...rest } = frame;
    assert.deepEqual(rest, {
      messageId: id,
      payload: 'eyJpIjowfQ==',
      properties: { a: 'b' },
      redeliveryCount: 0,
    });
    assert.match(String(publishTime), ISO_TIME);
    assert.ok(Math.abs(Date.parse(String(publishTime)) - Date.now()) < 60_000, String(publishTime));
    assert.deepEqual(Object.keys(frame), [
      'messageId',
      'payload',
      'properties',
      'publishTime',
      'redeliveryCount',
    ]);
  });

  test('a data frame carries key and event time when the producer gave them', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const publisher = await file.service.publisher(topic);
    await publisher.publishOne({ payload: 'x', key: 'agent-7', eventTime: '2026-01-02T03:04:05.678Z' });
    const message = at(await reader.waitFor(1), 0);
    assert.equal(message.key, 'agent-7');
    assert.equal(Date.parse(message.eventTime ?? ''), Date.parse('2026-01-02T03:04:05.678Z'));
    assert.deepEqual(message.properties, {});
  });

  test('a payload arrives byte for byte', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const publisher = await file.service.publisher(topic);
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await publisher.publish([{ payload: bytes }, { payload: '' }]);
    const messages = await reader.waitFor(2);
    assert.deepEqual(Uint8Array.from(Buffer.from(at(messages, 0).payload, 'base64')), bytes);
    assert.equal(at(messages, 1).payload, '');
  });

  test('a message id is protobuf: ledger, entry, batch size 0, and the producer is told the same id', async () => {
    const topic = file.freshTopic();
    const ids = await publishNumbered(file.service, topic, 2);
    assert.match(hexOfMessageId(at(ids, 0)), /^08 ([89a-f]. )*[0-7]. 10 00 30 00$/);
    assert.match(hexOfMessageId(at(ids, 1)), /^08 ([89a-f]. )*[0-7]. 10 01 30 00$/);
    const reader = await file.service.reader(topic, { messageId: 'earliest' });
    const messages = await reader.waitFor(2);
    assert.deepEqual(
      messages.map((message) => message.messageId),
      ids,
    );
  });

  test('isEndOfTopic is answered with a boolean and nothing else', async () => {
    const reader = await file.service.reader(file.freshTopic());
    await reader.askEndOfTopic();
    assert.deepEqual(reader.socket.frames, ['{"endOfTopic":false}']);
  });

  for (const frame of ['[1]', 'neither JSON nor an object', '"text"', '1', '']) {
    test(`the client frame "${frame}" ends a reader's session without a close frame`, async () => {
      const reader = await file.service.reader(file.freshTopic());
      reader.socket.send(frame);
      assert.equal((await reader.waitForClose()).code, 1006);
    });
  }

  test("the client frame null ends a reader's session with 1011", async () => {
    const reader = await file.service.reader(file.freshTopic());
    reader.socket.send('null');
    assert.equal((await reader.waitForClose()).code, 1011);
  });

  test('a binary client frame is ignored: it neither ends the session nor frees a message', async () => {
    const topic = file.freshTopic();
    await publishNumbered(file.service, topic, 30);
    const reader = await file.service.reader(topic, { messageId: 'earliest', receiverQueueSize: 10 });
    await reader.waitFor(10);
    reader.socket.send(Buffer.from('{}'));
    reader.socket.send(Buffer.from('[1]'));
    await passBarrier(file.service, topic, reader);
    assert.deepEqual(reader.texts, numbered(10));
    assert.equal(reader.socket.closeInfo, undefined);
  });

  test('a client text frame over 1 MiB is answered with close 1009', async () => {
    const reader = await file.service.reader(file.freshTopic());
    reader.socket.sendJson({ filler: 'x'.repeat(1024 * 1024) });
    assert.equal((await reader.waitForClose()).code, 1009);
  });
});
