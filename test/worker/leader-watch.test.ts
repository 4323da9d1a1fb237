/** Worry: is a lead taken from a leader that is there, or left with one that is not? */
import { assert } from '@open-wc/testing';
import { DOUBT_MS, LeaderWatch, PING_MS } from '../../src/worker/leader-watch.js';
import { virtualPlatform, type VirtualPlatform } from './support/virtual-platform.js';

interface Bench {
  readonly watch: LeaderWatch;
  readonly platform: VirtualPlatform;
  readonly done: string[];
}

/** @param answers whether the leader answers each question */
function bench(answers = (): boolean => false): Bench {
  const platform = virtualPlatform();
  const done: string[] = [];
  const watch: LeaderWatch = new LeaderWatch(
    platform,
    () => {
      done.push('ask');
      if (answers()) platform.setTimer(() => watch.heard(), 10);
    },
    () => done.push('steal'),
  );
  return { watch, platform, done };
}

suite('The watch over a leader', () => {
  test('asks one that answers, and takes nothing from it', async () => {
    const { watch, platform, done } = bench(() => true);
    watch.heard();
    await platform.clock.advance(10 * PING_MS);
    assert.deepEqual(done, Array<string>(10).fill('ask'));
  });

  test('takes the lead, once, from one that no longer answers, within two questions', async () => {
    let isThere = true;
    const { watch, platform, done } = bench(() => isThere);
    watch.heard();
    await platform.clock.advance(2 * PING_MS + 100);
    isThere = false;
    await platform.clock.advance(2 * PING_MS);
    assert.deepEqual(done, ['ask', 'ask', 'ask', 'steal']);
    await platform.clock.advance(10 * PING_MS);
    assert.lengthOf(
      done.filter((one) => one === 'steal'),
      1,
    );
  });

  test('takes it from one that no longer answers, though this tab is late by seconds itself', async () => {
    const { watch, platform, done } = bench();
    watch.heard();
    for (let late = 0; late < 3; late++) {
      platform.clock.sleep(3_000);
      await platform.clock.advance(PING_MS);
    }
    assert.include(done, 'steal');
  });

  test('asks again after a sleep, which came between its question and the answer', async () => {
    let isThere = false;
    const { watch, platform, done } = bench(() => isThere);
    watch.heard();
    await platform.clock.advance(PING_MS + 5);
    assert.deepEqual(done, ['ask']);
    isThere = true;
    platform.clock.sleep(1_800_000);
    await platform.clock.advance(3 * PING_MS);
    assert.isAbove(done.length, 2);
    assert.notInclude(done, 'steal');
  });

  test('takes the lead in a moment where the leader may be frozen, unless it, or another one, is heard by then', async () => {
    for (const isFollowed of [true, false]) {
      const { watch, platform, done } = bench(() => false);
      watch.heard();
      await platform.clock.advance(100);
      watch.doubt();
      await platform.clock.advance(DOUBT_MS - 1);
      assert.deepEqual(done, ['ask']);
      if (isFollowed) watch.heard();
      await platform.clock.advance(DOUBT_MS + 1);
      assert.deepEqual(done, ['ask', isFollowed ? 'ask' : 'steal']);
      if (isFollowed) watch.heard();
      await platform.clock.advance(PING_MS);
      assert.equal(done.at(-1), 'ask');
    }
  });

  test('takes the lead from one that still said something after its page, and then was frozen', async () => {
    let isThere = true;
    const { watch, platform, done } = bench(() => isThere);
    watch.heard();
    await platform.clock.advance(100);
    watch.doubt();
    await platform.clock.advance(20);
    isThere = false;
    await platform.clock.advance(1_500);
    assert.include(done, 'steal');
  });

  test('has heard nothing at first, and leaves no timer at its end', async () => {
    const { watch, platform, done } = bench();
    assert.isFalse(watch.hasHeard);
    watch.heard();
    assert.isTrue(watch.hasHeard);
    watch.end();
    assert.equal(platform.clock.pending, 0);
    await platform.clock.advance(10 * PING_MS);
    assert.isEmpty(done);
  });
});
