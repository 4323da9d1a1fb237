/** Worry: is a tab told that it has everything when it has not? */
import { assert } from '@open-wc/testing';
import { FrameRing, RING_CHARACTERS, RING_FRAMES } from '../../src/worker/frame-ring.js';
import { formatMessageId } from '../../src/worker/message-id.js';
import { text } from './support/stream-page.js';

const frame = (messageId: string): string =>
  JSON.stringify({ messageId, payload: 'e30=', properties: {}, publishTime: '2026-11-20T09:00:00Z' });

const entry = (number: number): string => text(7, number);

function ringOf(numbers: readonly number[], after = entry(0)): FrameRing {
  const ring = new FrameRing(after);
  for (const number of numbers) ring.add(frame(entry(number)));
  return ring;
}

const after = (ring: FrameRing, position: string, isCaughtUp = true): readonly number[] | undefined =>
  ring.after(position, isCaughtUp)?.map((data) => {
    for (let i = 0; ; i++) if (data === frame(entry(i))) return i;
  });

suite('The last frames of a socket', () => {
  test('are given from a position among them', () => {
    assert.deepEqual(after(ringOf([1, 2, 3]), entry(1)), [2, 3]);
  });

  test('are given from where the socket began, and from no earlier place', () => {
    assert.deepEqual(after(ringOf([1, 2]), entry(0)), [1, 2]);
    assert.isUndefined(after(ringOf([11, 12], entry(10)), entry(9)));
    assert.isUndefined(after(ringOf([1, 2], 'latest'), entry(0)));
  });

  test('are not given to somebody who is ahead of them', () => {
    assert.deepEqual(after(ringOf([1, 2]), entry(2)), []);
    assert.isUndefined(after(ringOf([1, 2]), entry(3)));
    assert.isUndefined(after(ringOf([]), entry(1)));
  });

  test('are given as “latest” only when nothing older can follow', () => {
    assert.deepEqual(after(ringOf([1, 2]), 'latest', true), []);
    assert.isUndefined(after(ringOf([1, 2]), 'latest', false));
  });

  test('are given as “earliest” only when they begin there', () => {
    assert.deepEqual(after(ringOf([1, 2], 'earliest'), 'earliest'), [1, 2]);
    assert.isUndefined(after(ringOf([1, 2]), 'earliest'));
  });

  test('are bounded, and say so', () => {
    const ring = ringOf(Array.from({ length: RING_FRAMES + 5 }, (_, i) => i + 1));
    assert.isUndefined(after(ring, entry(0)));
    assert.isUndefined(after(ring, entry(4)));
    assert.lengthOf(after(ring, entry(6)) ?? [], RING_FRAMES - 1);
  });

  test('are not given across one that nobody can read: the service may have it whole', () => {
    for (const unreadable of ['{"messageId":', '{"payload":"e30="}', frame('no id')]) {
      const ring = ringOf([1, 2]);
      ring.add(unreadable);
      ring.add(frame(entry(4)));
      ring.add(frame(entry(5)));
      assert.isUndefined(after(ring, entry(2)), unreadable);
      assert.isUndefined(after(ring, entry(3)), unreadable);
      assert.deepEqual(after(ring, entry(4)), [5], unreadable);
    }
  });

  test('are given across the answer to a question', () => {
    const ring = ringOf([1, 2]);
    ring.add('{"endOfTopic":false}');
    ring.add(frame(entry(3)));
    assert.deepEqual(after(ring, entry(1)), [2, 3]);
  });

  test('are not cut where there is no order: a topic made again', () => {
    assert.isUndefined(after(ringOf([5, 6, 1, 2]), entry(5)));
    assert.isUndefined(after(ringOf([5, 6, 1, 2]), entry(0)));
    assert.isUndefined(after(ringOf([5, 6, 1, 2], 'earliest'), 'earliest'));
  });

  test('are not cut where there is no order: partitions side by side', () => {
    const ring = new FrameRing('earliest');
    ring.add(frame(formatMessageId({ ledger: 7, entry: 1, partition: 0, batchIndex: -1 })));
    assert.isUndefined(ring.after('earliest', true));
  });

  test('are bounded by their size too, whatever came and went before', () => {
    const large = (number: number): string => frame(entry(number)).padEnd(RING_CHARACTERS / 4);
    const ring = new FrameRing(entry(0));
    for (let number = 1; number <= 40; number++) ring.add(large(number));
    assert.isUndefined(ring.after(entry(35), true));
    assert.deepEqual(ring.after(entry(37), true), [38, 39, 40].map(large));
  });

  test('cannot be asked for in words that are no position', () => {
    assert.isUndefined(after(ringOf([1]), 'yesterday'));
  });
});
