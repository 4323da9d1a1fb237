/** Worry: would the judge of the random schedules notice a call of this morning that pops up as if it rang now, or one that rings and stays silent? */
import { assert } from '@open-wc/testing';
import type { EventPhase } from '../../src/protocol/stream-event.js';
import { phaseFailures, type PhaseRules, type Told } from '../support/faults/phase-judgement.js';

const OPENED = { at: 100_000, mayCatchUpEarly: false };
const BACK: PhaseRules = { seen: 4, skewMs: 0, firstOpenedAt: OPENED.at };
const NEW: PhaseRules = { ...BACK, seen: undefined };

const told = (seq: number, phase: EventPhase, publishedAt: number, more: Partial<Told> = {}): Told => ({
  seq,
  phase,
  publishedAt,
  openings: [OPENED],
  wasShownLive: false,
  ...more,
});

suite('The judge of the phases', () => {
  test('is content with a visit that is told what it had, what it missed and what comes', () => {
    const visit = [told(4, 'replayed', 1), told(5, 'missed', 90_000), told(6, 'live', 100_500)];
    assert.deepEqual(phaseFailures(visit, BACK), []);
  });

  test('notices what was there before the socket and is told as live, unless the service looked as if it had no more', () => {
    const one = told(5, 'live', 90_000);
    assert.deepEqual(phaseFailures([one], BACK), ['message 5 is live: it was there before the socket']);
    assert.deepEqual(phaseFailures([{ ...one, openings: [{ ...OPENED, mayCatchUpEarly: true }] }], BACK), []);
    assert.deepEqual(phaseFailures([one], { ...BACK, skewMs: -30_000 }), [], 'by the clock it was not');
  });

  test('notices what is published after the opening and is not live', () => {
    for (const phase of ['missed', 'replayed'] as const) {
      const one = told(5, phase, 131_500);
      const said = [`message 5 is ${phase}: it was published after the opening`];
      assert.deepEqual(phaseFailures([one], BACK), said);
      assert.deepEqual(phaseFailures([one], { ...BACK, skewMs: 30_000 }), said);
      assert.deepEqual(phaseFailures([told(5, 'missed', 129_000)], { ...BACK, skewMs: 30_000 }), []);
    }
  });

  test('notices by any clock what is published while the page is live and is not told so', () => {
    const one = told(5, 'missed', 131_000, { wasShownLive: true });
    assert.deepEqual(phaseFailures([one], { ...BACK, skewMs: -30_000 }), [
      'message 5 is missed: the page was live when it was published',
    ]);
  });

  test('notices what was had and comes as if it had not, and what nobody has had and comes silently', () => {
    assert.deepEqual(phaseFailures([told(4, 'missed', 1)], BACK), [
      'message 4 is missed: an earlier visit had it',
    ]);
    assert.deepEqual(phaseFailures([told(4, 'missed', 1)], { ...BACK, seen: 'unknowable' }), []);
    assert.deepEqual(phaseFailures([told(5, 'replayed', 90_000)], BACK), [
      'message 5 is replayed: no earlier visit had it',
    ]);
  });

  test('notices an absence of somebody who was never there', () => {
    assert.deepEqual(phaseFailures([told(5, 'missed', 90_000)], NEW), [
      'message 5 is missed: nobody was away, there was no earlier visit',
    ]);
    assert.deepEqual(phaseFailures([told(5, 'replayed', 90_000)], NEW), []);
  });

  test('notices a way back, and knows one that begins anew with another socket', () => {
    const live = told(6, 'live', 100_500);
    assert.deepEqual(phaseFailures([live, told(7, 'missed', 100_010)], BACK), [
      'message 7 is missed after message 6, which was live',
    ]);
    const openings = [{ ...OPENED, at: 200_000 }];
    assert.deepEqual(phaseFailures([live, told(7, 'missed', 190_000, { openings })], BACK), []);
  });
});
