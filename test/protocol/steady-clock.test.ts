import { assert } from '@open-wc/testing';
import { pageTime } from '../../src/client/page-time.js';
import { SteadyClock } from '../../src/protocol/steady-clock.js';
import { realPlatform } from '../../src/worker/platform.js';

const HOUR_MS = 3_600_000;

suite('steady clock', () => {
  let wall = 0;
  let elapsed = 0;
  let clock: SteadyClock;
  const pass = (ms: number): void => {
    wall += ms;
    elapsed += ms;
  };

  setup(() => {
    wall = 1_700_000_000_000;
    elapsed = 5_000;
    clock = new SteadyClock(
      () => wall,
      () => elapsed,
    );
  });

  test('goes on as before when the wall clock is set back, however often', () => {
    const start = clock.now();
    for (let i = 1; i <= 3; i++) {
      pass(400);
      wall -= HOUR_MS;
      assert.equal(clock.now(), start + 1_000 * i - 600);
      pass(600);
      assert.equal(clock.now(), start + 1_000 * i);
    }
  });

  test('follows the wall clock forward, as after a sleep', () => {
    clock.now();
    wall += HOUR_MS;
    assert.equal(clock.now(), wall);
  });

  test('is not led astray by clocks that run apart a little over a long time', () => {
    pass(10 * HOUR_MS);
    wall -= 18_000;
    assert.equal(clock.now(), wall);
  });

  for (const [name, now] of [
    ['worker', realPlatform.now],
    ['page', pageTime.now],
  ] as const) {
    test(`is what the ${name} goes by`, () => {
      const original = Date.now;
      const before = now();
      Date.now = () => original() - HOUR_MS;
      try {
        assert.isAtLeast(now(), before);
        assert.isBelow(now(), before + 60_000);
      } finally {
        Date.now = original;
        pageTime.reset();
      }
    });
  }

  test('is the wall clock again once it is reset', () => {
    wall -= HOUR_MS;
    assert.equal(clock.now(), wall + HOUR_MS);
    clock.reset();
    pass(1_000);
    assert.equal(clock.now(), wall);
  });
});
