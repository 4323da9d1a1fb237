/** Worry: does the key open the right doors, and is it told to nobody? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { useStandIn } from './stand-in.js';

const KEY = 'eght_canary-key-of-this-test';

suite('key', () => {
  const standIn = useStandIn({ key: KEY });

  test('the key counts as a lower-case parameter or as a header, and only on its own tenant', async () => {
    const reader = { kind: 'reader', topic: standIn.freshTopic() } as const;
    const foreign = { kind: 'reader', topic: 'other/event-v1/all' } as const;
    assert.equal(await standIn.statusOf(reader), 401);
    assert.equal(await standIn.statusOf(reader, { 'x-api-key': `${KEY}x` }), 401);
    assert.equal(await standIn.statusOf(reader, { 'x-api-key': '' }), 401);
    assert.equal(await standIn.statusOf(reader, { 'X-API-Key': KEY }), 401);
    assert.equal(await standIn.statusOf(reader, { token: KEY }), 401);
    assert.equal(await standIn.statusOf(reader, { 'x-api-key': KEY }), 101);
    assert.equal(await standIn.statusOf(reader, {}, { 'X-API-Key': KEY }), 101);
    assert.equal(
      await standIn.statusOf(reader, { 'x-api-key': KEY }, { origin: 'https://foreign.example' }),
      101,
    );
    assert.equal(await standIn.statusOf(foreign, { 'x-api-key': KEY }), 403);
    assert.equal(await standIn.statusOf(foreign), 401);
  });

  test('a bad queue size is refused before the key is looked at, a bad id after it', async () => {
    const reader = { kind: 'reader', topic: standIn.freshTopic() } as const;
    assert.equal(await standIn.statusOf(reader, { receiverQueueSize: 'abc' }), 500);
    assert.equal(await standIn.statusOf(reader, { messageId: 'garbage' }), 401);
  });

  test('the state of the service does not hold the key', async () => {
    const topic = standIn.freshTopic();
    const reader = await standIn.reader(topic, { messageId: 'earliest' });
    await reader.askEndOfTopic();
    const text = await (await fetch(`${standIn.service.origin}/_faults/state`)).text();
    assert.match(text, /"messageId":"earliest"/);
    assert.equal(text.includes(KEY), false);
  });
});
