import { assert } from '@open-wc/testing';
import { CatchingUp } from '../../src/worker/catching-up.js';
import { ClockSkew } from '../../src/worker/clock-skew.js';
import { Phases } from '../../src/worker/phases.js';
import { before, bench, id, NOW, text } from './support/intake-bench.js';

const MINUTE_MS = 60_000;
const EVERY_MS = 100;

suite('catching up', () => {
  /**
   * Reads a topic that has a message every 100 ms, on a computer whose clock is wrong.
   *
   * @param clockMs the computer's clock less the broker's
   * @param behindMs how old the first message is
   * @param speed how many times faster than they were published the messages come, until they are as young as can be
   * @returns ms until it was over, by a clock that is right, and how old its message then was; `undefined`: after a minute it was not
   */
  function read(
    clockMs: number,
    behindMs: number,
    speed: number,
  ): { readonly afterMs: number; readonly ageMs: number } | undefined {
    const catchingUp = new CatchingUp(NOW + clockMs);
    let published = NOW - behindMs;
    let received = NOW;
    while (received < NOW + MINUTE_MS) {
      const receivedAt = received + clockMs;
      if (catchingUp.isOver(published, receivedAt, receivedAt - published))
        return { afterMs: received - NOW, ageMs: received - published };
      published += EVERY_MS;
      received = Math.max(received + EVERY_MS / speed, published);
    }
    return undefined;
  }

  test('is over with the first message published after the opening, where the clocks agree', () => {
    for (const behindMs of [0, 50, 30_000]) {
      const { afterMs, ageMs } = read(0, behindMs, 100) ?? assert.fail('never');
      assert.isAtMost(ageMs, afterMs);
      assert.isAtMost(afterMs, behindMs / 99 + 2 * EVERY_MS);
    }
  });

  test('is over within 15 s on a busy topic, though the computer is minutes ahead', () => {
    const { afterMs, ageMs } = read(5 * MINUTE_MS, 30_000, 100) ?? assert.fail('never');
    assert.isAtMost(afterMs, 15_000);
    assert.isAtMost(ageMs, EVERY_MS);
  });

  test('is not over while messages come but a tenth faster than they are published', () => {
    assert.isUndefined(read(5 * MINUTE_MS, 30_000, 1.1));
  });

  test('is over where messages get younger by less than a twentieth of the time that passes', () => {
    assert.isUndefined(read(5 * MINUTE_MS, 30_000, 1.06));
    assert.isDefined(read(5 * MINUTE_MS, 30_000, 1.045));
  });

  test('is over with the first message after 10 s in which none was younger than those of the 2 s before', () => {
    for (const [at, isOver] of [
      [11_999, false],
      [12_000, true],
    ] as const) {
      const catchingUp = new CatchingUp(Infinity);
      for (const earlier of [0, 2_000, 4_000, 6_000, 8_000, 10_000])
        catchingUp.isOver(NOW - 60_000 + earlier, NOW + earlier, 60_000);
      assert.equal(catchingUp.isOver(NOW - 60_000 + at, NOW + at, 60_000), isOver, `after ${at} ms`);
    }
  });

  test('is not over while a burst is read as fast as it was published', () => {
    const catchingUp = new CatchingUp(NOW);
    for (let at = 0; at < 9_000; at += 1)
      assert.isFalse(catchingUp.isOver(NOW - MINUTE_MS + at, NOW + at, MINUTE_MS), `after ${at} ms`);
  });

  test('is not over while a burst that was published at once, or faster, is read slowly', () => {
    for (const speed of [1.1, 10, 1_000]) {
      const catchingUp = new CatchingUp(NOW);
      for (let at = 0; at < MINUTE_MS; at += 10) {
        const isOver = catchingUp.isOver(NOW - 2 * MINUTE_MS + at / speed, NOW + at, 2 * MINUTE_MS);
        assert.isFalse(isOver, `${speed} times faster, after ${at} ms`);
      }
    }
  });

  test('is over though messages are late by more and less, and one comes from another clock', () => {
    const catchingUp = new CatchingUp(Infinity);
    let isOver = false;
    for (let i = 0; i < 200; i++) {
      const lateMs = i === 10 ? -MINUTE_MS : 100 + ((i * 7_919) % 400);
      isOver = catchingUp.isOver(NOW + i * 100 - lateMs, NOW + i * 100, lateMs);
    }
    assert.isTrue(isOver);
  });

  test('is not over because one message is late', () => {
    const catchingUp = new CatchingUp(Infinity);
    const take = (at: number, ageMs: number): boolean => catchingUp.isOver(NOW + at - ageMs, NOW + at, ageMs);
    for (const [at, ageMs] of [
      [0, 60_000],
      [2_000, 40_000],
      [3_900, 62_000],
      [4_000, 20_000],
    ] as const)
      assert.isFalse(take(at, ageMs));
  });

  test('takes a clock that is 2 s behind for right, and one that is further behind for wrong from then on', () => {
    assert.isTrue(new CatchingUp(NOW).isOver(NOW + 2_000, NOW, -2_000));
    const catchingUp = new CatchingUp(NOW);
    assert.isFalse(catchingUp.isOver(NOW + 2_001, NOW, -2_001));
    assert.isFalse(catchingUp.isOver(NOW + 2_002, NOW + 2_500, 498));
  });

  test('is not taken for over by a computer that is behind, to which all is from the future', () => {
    const { afterMs, ageMs } = read(-5 * MINUTE_MS, 30_000, 10) ?? assert.fail('never');
    assert.isAtLeast(afterMs, 3_000);
    assert.isAtMost(ageMs, EVERY_MS);
  });

  test('says nothing of one socket from what another brought', () => {
    const phases = new Phases(new ClockSkew());
    const take = (at: number, ageMs: number): boolean => phases.observe(at - ageMs, at, false);
    for (let socket = 0; socket < 5; socket++) {
      phases.begin(Infinity, false);
      for (let at = 0; at < 3_000; at += EVERY_MS)
        assert.isFalse(take(NOW + 10_000 * socket + at, MINUTE_MS));
    }
  });

  test('is over with the first message published after the opening, where the clocks are known to differ', () => {
    const skew = new ClockSkew();
    skew.observe(NOW - MINUTE_MS, NOW, true);
    const phases = new Phases(skew);
    phases.begin(NOW, false);
    assert.isFalse(phases.observe(NOW - 1, NOW - MINUTE_MS + 100, false));
    assert.isTrue(phases.observe(NOW, NOW - MINUTE_MS + 200, false));
  });

  test('a gap is missed until what comes is live, on a first visit too', () => {
    const phases = new Phases(new ClockSkew());
    assert.equal(phases.ofGap, 'missed', 'refused before anything was opened');
    phases.begin(NOW, true);
    assert.equal(phases.ofGap, 'missed');
    phases.caughtUp();
    assert.equal(phases.ofGap, 'live');
  });

  test('what an earlier visit has had is replayed, though what comes is live', () => {
    const phases = new Phases(new ClockSkew());
    phases.begin(NOW, false);
    phases.caughtUp();
    assert.equal(phases.of(true, NOW), 'replayed');
    assert.equal(phases.of(false, NOW), 'live');
  });

  test('a first visit was not away, however often it loses the connection before it has caught up', () => {
    const { intake, take, events } = bench();
    const earliest = {
      messageId: 'earliest',
      proof: { kind: 'settled' },
      coversFrom: undefined,
      first: undefined,
    } as const;
    intake.begin(earliest, NOW - 20_000);
    take(3, 1, 90_000);
    intake.begin(before(id(3, 1)), NOW - 10_000);
    take(3, 1, 90_000);
    take(3, 2, 80_000);
    intake.begin(before(id(3, 2)), NOW);
    take(3, 2, 80_000);
    take(3, 3, 20_001);
    take(3, 4, 20_000);
    take(3, 5);
    assert.deepEqual(events, ['E 1 replayed', 'E 2 replayed', 'E 3 replayed', 'E 4 missed', 'E 5 live']);
  });

  test('what was published seconds before the opening is missed, not live, on a computer that is behind', () => {
    const { intake, take, events } = bench();
    intake.restore({ messageId: text(3, 1), publishTime: NOW + 40_000 }, -Infinity);
    intake.begin(before(id(3, 1)), NOW);
    // A minute behind: published 20, 10 and 5 s before.
    for (const [entry, agoMs] of [
      [1, -40_000],
      [2, -50_000],
      [3, -55_000],
    ] as const)
      take(3, entry, agoMs);
    assert.deepEqual(events, ['E 1 replayed', 'E 2 missed', 'E 3 missed']);
    intake.caughtUp();
    take(3, 4, -60_000);
    assert.equal(events.at(-1), 'E 4 live');
  });

  test('nor is it where that shows only in what comes before the proof', () => {
    const { intake, take, events } = bench();
    intake.restore({ messageId: text(3, 2), publishTime: NOW + 40_000 }, -Infinity);
    intake.begin(before(id(3, 2), id(3, 1)), NOW);
    // Three minutes behind: published a minute before the opening, and less.
    for (const [entry, agoMs] of [
      [1, -120_000],
      [2, -130_000],
      [3, -140_000],
    ] as const)
      take(3, entry, agoMs);
    assert.deepEqual(events, ['E 1 replayed', 'E 2 replayed', 'E 3 missed']);
  });
});
