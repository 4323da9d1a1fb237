/** Worry: a computer slept, its socket did not die of it, and the calls of that time come as if they rang now. */
import { assert } from '@open-wc/testing';
import { ClockSkew } from '../../src/worker/clock-skew.js';
import { Phases } from '../../src/worker/phases.js';

const NOW = Date.UTC(2026, 10, 20, 9);

suite('a computer that has slept', () => {
  /** @param clockMs the computer's clock less the service's, known from a live message */
  function woken(clockMs: number): { readonly phases: Phases; readonly skew: ClockSkew } {
    const skew = new ClockSkew();
    const phases = new Phases(skew);
    phases.begin(NOW + clockMs - 3_600_000, false);
    phases.caughtUp();
    phases.observe(NOW - 3_600_000, NOW + clockMs - 3_600_000, false);
    skew.jumped(3_500_000);
    phases.woke(NOW + clockMs);
    return { phases, skew };
  }

  test('has missed what was published meanwhile, and what is published from then on is live', () => {
    for (const clockMs of [0, 60_000, -60_000]) {
      const { phases } = woken(clockMs);
      assert.equal(phases.of(false, NOW - 60_000), 'missed');
      assert.equal(phases.of(false, NOW - 3_000), 'missed');
      assert.equal(phases.of(false, NOW + 1), 'live', 'whatever was missed before');
      assert.equal(phases.of(true, NOW - 60_000), 'replayed');
    }
  });

  test('has missed nothing where its clock was set forward and it did not sleep', () => {
    const { phases, skew } = woken(0);
    skew.jumped(100_000);
    phases.observe(NOW - 3_600_000 + 5_000, NOW + 5_000, false);
    assert.equal(phases.of(false, NOW - 3_600_000 + 5_000), 'live');
  });
});
