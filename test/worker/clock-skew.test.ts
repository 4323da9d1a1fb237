import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { ClockSkew } from '../../src/worker/clock-skew.js';

suite('Clock skew', () => {
  test('is unknown before the first evidence, and corrects nothing', () => {
    const skew = new ClockSkew();
    assert.isUndefined(skew.estimate);
    assert.equal(skew.correction, 0);
  });

  test('is within the transport time of the truth, on whichever side', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 30 }),
        (truth, transports) => {
          const skew = new ClockSkew();
          let now = 1_000_000;
          for (const transport of transports) {
            now += 100;
            skew.observe(now, now - truth - transport, true);
          }
          assert.equal(skew.estimate, truth + Math.min(...transports));
        },
      ),
    );
  });

  test('does not take the age of replayed messages for skew', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, 400_000, false);
    skew.observe(1_000_000, 1_000_000, false);
    assert.isUndefined(skew.estimate);
  });

  test('takes a replayed message from the future for evidence', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, 1_030_000, false);
    assert.equal(skew.correction, -30_000);
  });

  test('is not corrected while it may be transport', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, 998_000, true);
    assert.equal(skew.estimate, 2_000);
    assert.equal(skew.correction, 0);
  });

  test('is corrected where it is more than transport', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, 997_999, true);
    assert.equal(skew.correction, 2_001);
  });

  test('forgets a clock that was set right, within minutes', () => {
    const skew = new ClockSkew();
    skew.observe(0, 60_000, true);
    for (let now = 0; now <= 400_000; now += 10_000) skew.observe(now, now - 20, true);
    assert.equal(skew.estimate, 20);
  });

  test('knows with the next live message that the clock was set forward', () => {
    const skew = new ClockSkew();
    skew.observe(1_000, 980, true);
    skew.jumped(3_600_000);
    assert.equal(skew.estimate, 20, 'it may have been a sleep');
    skew.observe(3_605_000, 4_950, true);
    assert.equal(skew.estimate, 3_600_050);
    skew.observe(3_606_000, 5_970, true);
    assert.equal(skew.estimate, 3_600_030);
  });

  test('forgets all that it knew of a clock that was set forward by a minute', () => {
    for (const transportMs of [-1_980, 20, 2_020]) {
      const skew = new ClockSkew();
      skew.observe(0, -20, true);
      skew.observe(160_000, 159_980, true);
      skew.jumped(60_000);
      skew.observe(230_000, 170_000 - transportMs, true);
      assert.equal(skew.estimate, 60_000 + transportMs);
    }
  });

  test('adds up what the clock has jumped by', () => {
    const skew = new ClockSkew();
    skew.observe(1_000, 980, true);
    skew.jumped(60_000);
    skew.jumped(30_000);
    skew.observe(92_000, 1_980, true);
    assert.equal(skew.estimate, 90_020);
  });

  test('does not take what is replayed after the clock was set forward for live', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, 1_600_000, true);
    skew.jumped(300_000);
    skew.observe(1_301_000, 1_601_000, false);
    assert.equal(skew.estimate, -600_000);
    skew.observe(1_302_000, 1_602_000, true);
    assert.equal(skew.estimate, -300_000);
  });

  test('does not take a sleep, or what was published during it, for a clock that was set', () => {
    for (const sleptBeforeMs of [0, 10, 600_000, 3_000_000, 7_200_000]) {
      const skew = new ClockSkew();
      skew.observe(1_000, 980, true);
      skew.jumped(3_600_000);
      skew.observe(3_602_000, 3_602_000 - 20 - sleptBeforeMs, true);
      assert.equal(skew.estimate, 20);
      skew.observe(3_603_000, 2_900, true);
      assert.equal(skew.estimate, 20, 'the jump is over with the first live message');
    }
  });

  test('remembers a fast message for a while, so that a slow spell does not look like skew', () => {
    const skew = new ClockSkew();
    skew.observe(0, -20, true);
    // The last of one span, and two that come together at the beginning of the next.
    for (const now of [149_999, 150_000, 150_000, 299_999]) skew.observe(now, now - 1_000, true);
    assert.equal(skew.estimate, 20);
    skew.observe(300_000, 299_000, true);
    assert.equal(skew.estimate, 1_000);
  });

  test('does not take what waited while answers were held back for a clock that went wrong', () => {
    // The page gives room for a moment, every half minute.
    const skew = new ClockSkew((now) => (now < 1_000 ? -Infinity : Math.min(600_000, now - (now % 29_000))));
    skew.observe(0, -20, true);
    for (let now = 1_000; now < 630_000; now += 1_000) skew.observe(now, now / 2, true);
    assert.equal(skew.estimate, 20);
    skew.observe(629_000, 628_990, true);
    assert.equal(skew.estimate, 10, 'what is nearer to the truth still counts');
    for (let now = 630_000; now <= 960_000; now += 10_000) skew.observe(now, now - 60_000, true);
    assert.equal(skew.estimate, 60_000, 'later it is the clock');
  });

  test('believes what is late again half a minute after answers were held back', () => {
    for (const [firstAt, estimate] of [
      [29_999, 20],
      [30_000, 4_000],
    ] as const) {
      const skew = new ClockSkew(() => 0);
      skew.observe(-200_000, -200_020, true);
      skew.observe(firstAt, firstAt - 5_000, true);
      skew.observe(180_000, 176_000, true);
      assert.equal(skew.estimate, estimate);
    }
  });

  test('has its first estimate from what comes, held back or not', () => {
    const skew = new ClockSkew((now) => now);
    skew.observe(1_000_000, 940_000, true);
    assert.equal(skew.estimate, 60_000);
  });

  test('is not disturbed by a message without a time', () => {
    const skew = new ClockSkew();
    skew.observe(1_000_000, Number.NaN, true);
    assert.isUndefined(skew.estimate);
  });
});
