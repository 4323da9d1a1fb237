import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { intakeRate, type Samples } from '../bench/intake-rate.js';

/** Slow for two seconds, then ten a millisecond; stands still before the last sample. */
const samples: Samples = [
  [1_000, 100],
  [2_000, 200],
  [2_100, 1_200],
  [2_200, 2_200],
  [2_500, 3_000],
];

suite('The rate of a receiver in the bench', () => {
  test('leaves the warm-up out, and the wait for the last sample', () => {
    assert.equal(intakeRate(samples, 200, 3_000), 10_000);
  });

  test('counts from the dial where nothing is left out', () => {
    assert.equal(intakeRate(samples, 0, 3_000), 1_000);
  });

  test('is refused where nothing is left to measure after the warm-up', () => {
    assert.throws(() => intakeRate(samples, 2_200, 3_000), /too few/);
  });
});
