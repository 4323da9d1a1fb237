import { assert } from '@open-wc/testing';
import { SLEPT_MS, WakeWatch } from '../../src/worker/wake-watch.js';
import { virtualPlatform } from './support/virtual-platform.js';

function watching(): {
  readonly watch: WakeWatch;
  readonly wakes: number[];
  readonly platform: ReturnType<typeof virtualPlatform>;
} {
  const platform = virtualPlatform();
  const wakes: number[] = [];
  const watch = new WakeWatch(platform, (lateMs) => wakes.push(lateMs));
  watch.start();
  return { watch, wakes, platform };
}

suite('The watch for waking', () => {
  test('notices within a second that the clock has jumped, and once', async () => {
    const { wakes, platform } = watching();
    await platform.clock.advance(5_000);
    platform.clock.sleep(1_800_000);
    await platform.clock.advance(1_000);
    assert.deepEqual(wakes, [1_800_000]);
    await platform.clock.advance(60_000);
    assert.lengthOf(wakes, 1);
  });

  test('notices at once where something comes before its next tick, and once', async () => {
    const { watch, wakes, platform } = watching();
    await platform.clock.advance(500);
    watch.look(platform.now());
    assert.isEmpty(wakes);
    platform.clock.sleep(60_000);
    watch.look(platform.now());
    watch.look(platform.now());
    await platform.clock.advance(5_000);
    assert.deepEqual(wakes, [59_500]);
    watch.stop();
    watch.look(platform.now() + 60_000);
    assert.lengthOf(wakes, 1, 'nobody watches');
  });

  test('takes a busy moment for what it is', async () => {
    const { wakes, platform } = watching();
    platform.clock.sleep(SLEPT_MS - 1_000);
    await platform.clock.advance(5_000);
    assert.isEmpty(wakes);
  });

  test('leaves no timer behind, and starts once', async () => {
    const { watch, wakes, platform } = watching();
    watch.start();
    assert.equal(platform.clock.pending, 1);
    watch.stop();
    assert.equal(platform.clock.pending, 0);
    platform.clock.sleep(1_800_000);
    await platform.clock.advance(5_000);
    assert.isEmpty(wakes);
  });

  test('watches again once it is started again', async () => {
    const { watch, wakes, platform } = watching();
    watch.stop();
    watch.start();
    assert.equal(platform.clock.pending, 1);
    platform.clock.sleep(1_800_000);
    await platform.clock.advance(1_000);
    assert.lengthOf(wakes, 1);
  });
});
