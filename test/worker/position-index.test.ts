import { assert } from '@open-wc/testing';
import { entryBefore, indexed, type PositionIndex } from '../../src/worker/position-index.js';

const MINUTE = 60_000;
const at = (publishTime: number): PositionIndex[number] => ({ messageId: `m${publishTime}`, publishTime });

suite('The position index', () => {
  test('takes the first message, then one a minute', () => {
    let index: PositionIndex = [];
    for (let second = 0; second <= 180; second++) index = indexed(index, at(second * 1_000), second * 1_000);
    assert.deepEqual(
      index.map(({ publishTime }) => publishTime / MINUTE),
      [0, 1, 2, 3],
    );
  });

  test('is the same array where nothing is added', () => {
    const index = indexed([], at(0), 0);
    assert.strictEqual(indexed(index, at(MINUTE - 1), MINUTE - 1), index);
    assert.strictEqual(indexed(index, at(-MINUTE), 0), index, 'a replayed message is no news');
  });

  test('is bounded to a day', () => {
    let index: PositionIndex = [];
    for (let minute = 0; minute < 3 * 1_440; minute++)
      index = indexed(index, at(minute * MINUTE), minute * MINUTE);
    const [oldest, newest] = [index[0]?.publishTime ?? 0, index.at(-1)?.publishTime ?? 0];
    assert.equal(newest - oldest, 1_440 * MINUTE);
    assert.isAtMost(index.length, 1_441);
  });

  test('keeps the times of messages that are read days later', () => {
    const now = 5 * 1_440 * MINUTE;
    const index = indexed(indexed([], at(0), now), at(MINUTE), now);
    assert.deepEqual(index, [at(0), at(MINUTE)]);
  });

  test('takes a message from the future for one of now, and goes on', () => {
    let index = indexed(indexed([], at(0), 0), at(30 * 1_440 * MINUTE), MINUTE);
    index = indexed(index, at(2 * MINUTE), 2 * MINUTE);
    assert.deepEqual(
      index.map(({ publishTime }) => publishTime / MINUTE),
      [0, 1, 2],
    );
  });

  test('forgets what a computer whose clock was ahead has left, and no more', () => {
    const index = indexed([at(0), at(2 * MINUTE), at(90 * MINUTE)], at(2 * MINUTE), 2 * MINUTE);
    assert.deepEqual(
      index.map(({ publishTime }) => publishTime / MINUTE),
      [0, 2],
    );
  });

  const index = [at(10), at(20), at(30)];
  const places: readonly (readonly [string, PositionIndex, number, number | undefined])[] = [
    ['between two entries: the older', index, 25, 20],
    ['at an entry: that entry', index, 20, 20],
    ['after all: the newest', index, 99, 30],
    ['before all: the oldest there is', index, 5, 10],
    ['of an empty index: nothing', [], 5, undefined],
  ];
  for (const [name, entries, time, found] of places) {
    test(`finds, ${name}`, () => assert.equal(entryBefore(entries, time)?.publishTime, found));
  }
});
