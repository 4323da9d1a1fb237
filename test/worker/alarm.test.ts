import { assert } from '@open-wc/testing';
import { Alarm } from '../../src/worker/alarm.js';
import { virtualPlatform, type VirtualClock } from './support/virtual-platform.js';

function alarmClock(): {
  readonly alarm: Alarm;
  readonly clock: VirtualClock;
  readonly rang: readonly number[];
} {
  const platform = virtualPlatform();
  const { clock } = platform;
  const start = clock.now;
  const rang: number[] = [];
  return { alarm: new Alarm(platform, () => rang.push(clock.now - start)), clock, rang };
}

suite('The alarm', () => {
  test('rings once, at its time', async () => {
    const { alarm, clock, rang } = alarmClock();
    alarm.set(clock.now + 100);
    await clock.advance(99);
    assert.isEmpty(rang);
    await clock.advance(1_000);
    assert.deepEqual(rang, [100]);
  });

  test('has one timer, whatever it is set to', async () => {
    const { alarm, clock, rang } = alarmClock();
    for (const delay of [500, 300, 300, 400]) alarm.set(clock.now + delay);
    assert.equal(clock.pending, 1);
    await clock.advance(1_000);
    assert.deepEqual(rang, [400]);
  });

  test('rings at once for what is overdue', async () => {
    const { alarm, clock, rang } = alarmClock();
    alarm.set(clock.now - 5_000);
    await clock.advance(0);
    assert.deepEqual(rang, [0]);
  });

  test('set again to a moment that has passed while the machine slept, rings at once', async () => {
    const { alarm, clock, rang } = alarmClock();
    const at = clock.now + 60_000;
    alarm.set(at);
    clock.sleep(1_800_000);
    alarm.set(at);
    await clock.advance(0);
    assert.deepEqual(rang, [1_800_000]);
  });

  test('is silent when cleared, or set to never', async () => {
    const { alarm, clock, rang } = alarmClock();
    alarm.set(clock.now + 10);
    alarm.clear();
    alarm.set(clock.now + 20);
    alarm.set(undefined);
    assert.equal(clock.pending, 0);
    await clock.advance(100);
    assert.isEmpty(rang);
  });
});
