import { assert } from '@open-wc/testing';
import { ClockSkew } from '../../src/worker/clock-skew.js';
import { Coverage } from '../../src/worker/coverage.js';

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;
const LATEST = {
  messageId: 'latest',
  proof: { kind: 'settled' },
  coversFrom: 'now',
  first: undefined,
} as const;

/** What is said to be covered, of a reading that begins now. */
class Reading {
  readonly covered: number[] = [];
  readonly skew = new ClockSkew();
  readonly coverage = new Coverage((at) => this.covered.push(at), this.skew);

  /** A message that comes at once, by a clock that is ahead by so much. */
  hears(aheadMs: number): void {
    this.skew.observe(NOW, NOW - aheadMs, true);
    this.coverage.timed();
  }
}

suite('coverage from now on', () => {
  test('is corrected by the first message that tells how wrong the clock is', () => {
    const reading = new Reading();
    reading.coverage.begin(LATEST, NOW);
    reading.hears(HOUR_MS);
    reading.hears(HOUR_MS);
    assert.deepEqual(reading.covered, [NOW, NOW - HOUR_MS]);
  });

  test('began no earlier than a message shows that was less long under way than the first', () => {
    const reading = new Reading();
    reading.coverage.begin(LATEST, NOW);
    reading.hears(HOUR_MS);
    reading.hears(20);
    reading.hears(HOUR_MS);
    assert.deepEqual(reading.covered, [NOW, NOW - HOUR_MS, NOW]);
  });

  test('stays where the clock is right', () => {
    const reading = new Reading();
    reading.coverage.begin(LATEST, NOW);
    reading.hears(20);
    assert.deepEqual(reading.covered, [NOW]);
  });

  test('is not taken back to before a gap', () => {
    const reading = new Reading();
    reading.coverage.begin(LATEST, NOW);
    reading.coverage.broken();
    reading.hears(HOUR_MS);
    assert.deepEqual(reading.covered, [NOW]);
  });
});
