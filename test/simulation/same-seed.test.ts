import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Random } from '../../demo/server/simulation/random.js';
import { simulate } from '../../demo/server/simulation/index.js';
import { HOUR_MS, MORNING } from './support/day.js';

const twoHours = { from: MORNING, until: MORNING + 2 * HOUR_MS };

suite('one seed, one day', () => {
  test('the same seed gives the same events', () => {
    assert.deepEqual([...simulate({ seed: 3, ...twoHours })], [...simulate({ seed: 3, ...twoHours })]);
  });

  test('another seed gives another day', () => {
    const types = (seed: number): string =>
      [...simulate({ seed, ...twoHours })].map(({ type }) => type).join();
    assert.notEqual(types(3), types(4));
  });

  test('a later end adds events and changes none', () => {
    const short = [...simulate({ seed: 3, ...twoHours })];
    const long = [...simulate({ seed: 3, from: MORNING, until: MORNING + 3 * HOUR_MS })];
    assert.equal(long.length > short.length, true);
    assert.deepEqual(long.slice(0, short.length), short);
  });

  test('a later start moves every event and changes no decision', () => {
    const course = (from: number): readonly string[] =>
      [...simulate({ seed: 3, from, until: from + HOUR_MS })].map(
        ({ at, type, agentIds }) => `${at - from} ${type} ${agentIds.join()}`,
      );
    assert.deepEqual(course(MORNING), course(MORNING + 86_400_123));
  });

  test('speed ten makes the same decisions ten times as fast', () => {
    const arrivals = (speed: number): readonly number[] =>
      [...simulate({ seed: 3, from: MORNING, until: MORNING + HOUR_MS / speed, speed, liveFrom: Infinity })]
        .filter(({ type }) => type === 'InteractionQueued')
        .slice(0, 20)
        .map(({ at }) => (at - MORNING) * speed);
    const slow = arrivals(1);
    const fast = arrivals(10);
    assert.equal(fast.length, 20);
    // Ten whole milliseconds may be lost to rounding at each of some steps.
    slow.forEach((at, index) => assert.ok(Math.abs(at - (fast[index] ?? 0)) < 200, `arrival ${index}`));
  });

  test('events come in the order of their time', () => {
    let previous = 0;
    let count = 0;
    for (const { at, type } of simulate({ seed: 5, speed: 7, ...twoHours })) {
      assert.ok(at >= previous, `${type} at ${at} after ${previous}`);
      previous = at;
      count += 1;
    }
    assert.ok(count > 10_000, `${count} events`);
  });

  test('one more draw from one stream leaves the others as they were', () => {
    const root = new Random('9');
    const undisturbed = new Random('9').stream('agent').next();
    root.next();
    root.stream('arrivals').next();
    assert.equal(root.stream('agent').next(), undisturbed);
  });

  test('options out of range are refused with the name of the option', () => {
    const run =
      (options: object): (() => unknown) =>
      () =>
        simulate({ seed: 1, ...twoHours, ...options }).next();
    assert.throws(run({ speed: 0 }), /speed/);
    assert.throws(run({ speed: Number.NaN }), /speed/);
    assert.throws(run({ from: 0.5 }), /from/);
    assert.throws(run({ until: Number.NaN }), /until/);
    assert.throws(run({ seed: Number.NaN }), /seed/);
  });
});
