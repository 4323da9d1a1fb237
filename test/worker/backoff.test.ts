import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { BACKOFF_CAP_MS, backoffMs } from '../../src/worker/backoff.js';

const ALMOST_ONE = 1 - Number.EPSILON;

suite('Back-off', () => {
  test('never waits longer than its cap, nor less than nothing', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: ALMOST_ONE, noNaN: true }), (attempt, chance) => {
        const wait = backoffMs(attempt, chance, 'steady');
        assert.isAtLeast(wait, 0);
        assert.isBelow(wait, BACKOFF_CAP_MS);
      }),
    );
  });

  test('comes back within a second after a healthy session', () => {
    assert.approximately(backoffMs(0, ALMOST_ONE, 'steady'), 1_000, 0.001);
  });

  test('doubles its ceiling with each failure, up to the cap', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 5_000].map((attempt) =>
      Math.round(backoffMs(attempt, ALMOST_ONE, 'steady')),
    );
    assert.deepEqual(ceilings, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('spreads a crowd over the whole span', () => {
    assert.deepEqual(
      [0, 0.25, 0.5, 0.75].map((chance) => backoffMs(4, chance, 'steady')),
      [0, 2_000, 4_000, 6_000],
    );
  });

  test('spreads a crowd over eight seconds when the service says that it goes away', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 5].map((attempt) => Math.round(backoffMs(attempt, ALMOST_ONE, 'going-away'))),
      [8_000, 8_000, 8_000, 8_000, 16_000],
    );
    assert.equal(backoffMs(0, 0, 'going-away'), 0);
  });

  test('asks a service that accepts and drops once or twice a minute', () => {
    assert.equal(backoffMs(3, 0, 'unstable'), 30_000);
    assert.approximately(backoffMs(3, ALMOST_ONE, 'unstable'), 60_000, 0.001);
  });
});
