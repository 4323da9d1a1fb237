/**
 * Worry: what does a page show once the faults are over? The whole worker on a call centre's day, over random schedules:
 * rows, cards, status and numbers must be those of a page that nothing has happened to.
 */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { assertSchedules } from '../support/faults/assert-schedules.js';
import { CALM_BEYOND_WINDOW_MS, DayStory, SHORT_CALM_MS } from '../support/faults/model/day-story.js';
import { run, type Outcome } from '../support/faults/model/run-schedule.js';
import { PLAIN, schedule, type Act, type Schedule } from '../support/faults/model/schedule.js';

/** Of the simulated tenant, the one who serves calls and chats alike. */
const AGENT = 'agAglVJkg0TU28dok9y9UQKg';

/** The day brings the events. */
const isOfTheDay = ({ kind }: Act): boolean => kind !== 'publish';
const losesNothing = ({ kind }: Act): boolean => kind !== 'trim' && kind !== 'recreate';

const faults: fc.Arbitrary<Schedule> = schedule.map((given) => ({
  ...given,
  acts: given.acts.filter(isOfTheDay),
}));
const harmless: fc.Arbitrary<Schedule> = faults.map((given) => ({
  ...given,
  acts: given.acts.filter(losesNothing),
  refusesPositions: false,
}));

/** A service that brings the place again from its memory, and not what was published next, says that nothing is missing. */
const provesNothing = ({ kind }: Act): boolean => kind !== 'repeat-at-dial';

/** The connection stays away for a minute of the day, and retention takes what was published meanwhile. */
const HOLE: readonly Act[] = [
  { kind: 'wait', ms: 70_000 },
  { kind: 'refuse', count: 8 },
  { kind: 'drop' },
  { kind: 'wait', ms: 70_000 },
  { kind: 'roll' },
  { kind: 'trim', count: 1 },
];
const withHole: fc.Arbitrary<Schedule> = fc
  .tuple(faults, fc.nat(30))
  .map(([given, at]) => ({ ...given, acts: given.acts.filter(provesNothing).toSpliced(at, 0, ...HOLE) }));

function live(given: Schedule, calmMs: number, loses = 0): Promise<Outcome> {
  const { seed, skewMs } = given;
  const place =
    seed % 2 === 0
      ? ({ namespace: 'event-v1', topic: 'all' } as const)
      : ({ namespace: 'agent-v1', topic: AGENT } as const);
  return run(given, loses, new DayStory({ seed, skewMs, ...place }, calmMs));
}

const NAME = 'converging views';
const falsehoodsAfter =
  (calmMs: number) =>
  async (given: Schedule): Promise<readonly string[]> =>
    (await live(given, calmMs)).failures;

suite('What a page shows after faults', function () {
  this.timeout(180_000);

  test('is what a page shows that read the same without them, where nothing is lost', () =>
    assertSchedules(NAME, harmless, falsehoodsAfter(SHORT_CALM_MS), { numRuns: 20 }));

  test('is whole again once a gap lies outside its window', () => {
    // The same orders each time: in some an agent is not heard of between the gap and the end of the day, so that nothing tells
    // that a card of theirs is over.
    return assertSchedules(NAME, withHole, falsehoodsAfter(CALM_BEYOND_WINDOW_MS), { numRuns: 15, seed: 11 });
  });

  test('is judged by somebody who notices what it leaves out', async () => {
    const { failures } = await live({ ...PLAIN, seed: 4 }, CALM_BEYOND_WINDOW_MS, 7);
    assert.match(failures.join(), /\d+ unread since/);
    assert.match(failures.join('\n'), /^view 1: entered is \d+, not \d+$/m);
  });
});
