/** Worry: does the service keep what it must, and stay inside its memory when it must not? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { formatTime } from '../../demo/server/message.js';
import { inJavaMapOrder } from '../../demo/server/java-map-order.js';
import { countLedgersToTrim } from '../../demo/server/retention.js';
import { TopicStore } from '../../demo/server/topic-store.js';
import { numbers, useStandIn } from './stand-in.js';

const MEBIBYTE = 1024 * 1024;

suite('storage', () => {
  const standIn = useStandIn({ maxTopicBytes: 4 * MEBIBYTE });

  test('a topic over its cap loses its oldest ledgers, and a reader from the beginning gets the rest in order', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    const padding = 'x'.repeat(20_000);
    await publisher.publish(numbers(400).map((number) => `${number} ${padding}`));
    const reader = await standIn.reader(topic, { messageId: 'earliest' });
    await reader.socket.waitUntil('the last message', () => reader.texts.at(-1)?.startsWith('399 ') === true);
    const received = reader.texts.map((text) => Number(text.split(' ')[0]));
    assert.ok(received.length < 160, `${received.length} messages of 27 kB were kept`);
    assert.ok(received.length > 60, `only ${received.length} were kept`);
    assert.deepEqual(received, numbers(received.length, 400 - received.length).map(Number));
  });

  test('all topics together stay under their cap', () => {
    const store = new TopicStore({ maxTopicBytes: 8 * MEBIBYTE, maxTotalBytes: 10 * MEBIBYTE }, () => 0);
    store.createTenant('t');
    store.createNamespace('t', 'n');
    store.setNamespaceRetention('t', 'n', { retentionTimeInMinutes: -1, retentionSizeInMB: -1 });
    const content = { payload: 'A'.repeat(40_000), properties: {}, key: null, eventTimeMs: 0 };
    let highest = 0;
    for (let round = 0; round < 200; round += 1) {
      for (const local of ['a', 'b', 'c', 'd']) {
        store.openTopic({ tenant: 't', namespace: 'n', local })?.append([content]);
        highest = Math.max(highest, store.totalBytes);
      }
    }
    assert.ok(highest <= 10 * MEBIBYTE, `${highest} bytes`);
    assert.ok(store.totalBytes > 7 * MEBIBYTE);
    assert.equal(
      store.topics.reduce((sum, topic) => sum + topic.bytes, 0),
      store.totalBytes,
    );
  });

  test('retention takes whole closed ledgers, oldest first, and never the newest', () => {
    const ledgers = [
      { id: 3, storedBytes: MEBIBYTE, closedMs: 1_000 },
      { id: 5, storedBytes: MEBIBYTE, closedMs: 61_000 },
      { id: 8, storedBytes: MEBIBYTE, closedMs: 100_000 },
      { id: 9, storedBytes: MEBIBYTE, closedMs: undefined },
    ];
    const trimmed = (time: number, size: number, needed = Infinity, now = 130_000): number =>
      countLedgersToTrim(ledgers, { retentionTimeInMinutes: time, retentionSizeInMB: size }, needed, now);
    assert.equal(trimmed(0, 0), 3, 'no retention');
    assert.equal(trimmed(0, 0, 5), 1, 'a subscription needs ledger 5');
    assert.equal(trimmed(-1, -1), 0, 'for ever');
    assert.equal(trimmed(1, -1), 2, 'a minute');
    assert.equal(trimmed(-1, 2), 2, 'two megabytes');
    assert.equal(trimmed(-1, 0), 3);
    const closed = ledgers.map((ledger) => ({ ...ledger, closedMs: 0 }));
    const nothing = { retentionTimeInMinutes: 0, retentionSizeInMB: 0 };
    assert.equal(countLedgersToTrim(closed, nothing, Infinity, 130_000), 3, 'a terminated topic');
  });

  test('times are printed as Java prints them: as many digits as they need', () => {
    const base = Date.UTC(2026, 10, 20, 8, 41, 4);
    assert.equal(formatTime(base + 342), '2026-11-20T08:41:04.342Z');
    assert.equal(formatTime(base + 340), '2026-11-20T08:41:04.34Z');
    assert.equal(formatTime(base + 300), '2026-11-20T08:41:04.3Z');
    assert.equal(formatTime(base + 5), '2026-11-20T08:41:04.005Z');
    assert.equal(formatTime(base), '2026-11-20T08:41:04Z');
  });

  test('properties come in the order of a Java map', () => {
    const order = (properties: Record<string, string>): string[] => Object.keys(inJavaMapOrder(properties));
    assert.deepEqual(order({ z: '1', a: '2', m: '3' }), ['a', 'z', 'm']);
    assert.deepEqual(
      order({
        ORIGIN_MESSAGE_IDY_TIME: '',
        ORIGIN_MESSAGE_ID: '',
        REAL_SUBSCRIPTION: '',
        a: '',
        REAL_TOPIC: '',
      }),
      ['a', 'REAL_TOPIC', 'REAL_SUBSCRIPTION', 'ORIGIN_MESSAGE_ID', 'ORIGIN_MESSAGE_IDY_TIME'],
    );
  });
});

suite('large messages', () => {
  const standIn = useStandIn({ maxTextFrameBytes: 16 * MEBIBYTE });

  test('a payload of 7 MiB passes when the limit for frames is raised', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    const reader = await standIn.reader(topic);
    await publisher.publish(['a'.repeat(7 * MEBIBYTE), 'next']);
    await reader.waitFor(2);
    assert.deepEqual(
      reader.texts.map(({ length }) => length),
      [7 * MEBIBYTE, 4],
    );
  });
});
