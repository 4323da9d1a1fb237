/** Worry: what does a producer hear back, above all when its message is no good? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { at } from '../support/service/messages.js';
import { useService } from '../support/service/use-service.js';

suite('producer', () => {
  const file = useService();

  /** Sends one raw frame on a producer of its own and settles with the reply. */
  async function replyTo(frame: string): Promise<Readonly<Record<string, unknown>>> {
    const { socket } = await file.service.publisher(file.freshTopic());
    socket.send(frame);
    await socket.waitUntil('the reply', () => socket.frames.length > 0);
    assert.equal(socket.closeInfo, undefined);
    return JSON.parse(at(socket.frames, 0)) as Readonly<Record<string, unknown>>;
  }

  test('a reply says ok, the id, the context and schema version 0', async () => {
    const { messageId, ...reply } = await replyTo('{"payload":"eA==","context":"0"}');
    assert.equal(typeof messageId, 'string');
    assert.deepEqual(reply, { result: 'ok', context: '0', errorCode: 0, schemaVersion: 0 });
  });

  test('the reply to a message without a context has none', async () => {
    const reply = await replyTo('{"payload":"eA=="}');
    assert.equal(reply['result'], 'ok');
    assert.equal('context' in reply, false);
  });

  test('an unknown field is ignored', async () => {
    assert.equal((await replyTo('{"payload":"eA==","unknown":1}'))['result'], 'ok');
  });

  const refused = [
    { name: 'text that is not JSON', frame: 'not JSON', result: 'send-error:3', context: undefined },
    { name: 'JSON that is no object', frame: '[1]', result: 'send-error:3', context: undefined },
    { name: 'a message without payload', frame: '{"context":"c"}', result: 'send-error:7', context: 'c' },
    {
      name: 'a payload that is not base64',
      frame: '{"payload":"!!!","context":"c"}',
      result: 'send-error:7',
      context: 'c',
    },
    {
      name: 'an event time in milliseconds',
      frame: '{"payload":"eA==","context":"c","eventTime":"1700000000000"}',
      result: 'send-error:7',
      context: 'c',
    },
  ];
  for (const { name, frame, result, context } of refused) {
    test(`${name} is answered with ${result} on a session that stays open`, async () => {
      const reply = await replyTo(frame);
      assert.equal(reply['result'], result);
      assert.equal(reply['context'], context);
      assert.equal(typeof reply['errorMsg'], 'string');
      assert.equal('messageId' in reply, false);
    });
  }

  test('a frame of 1 MiB or less is taken, a longer one is answered with close 1009', async () => {
    const { socket } = await file.service.publisher(file.freshTopic());
    const start = '{"payload":"';
    const frame = `${start}${'A'.repeat(1024 * 1024 - start.length - 4)}"}`;
    socket.send(frame);
    await socket.waitUntil('the reply', () => socket.frames.length > 0);
    assert.match(at(socket.frames, 0), /"result":"ok"/);
    socket.send('x'.repeat(1024 * 1024 + 1));
    assert.equal((await socket.waitForClose()).code, 1009);
  });
});
