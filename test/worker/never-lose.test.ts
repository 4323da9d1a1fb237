/**
 * The promise of the whole worker, over random schedules: each published message is delivered exactly once and in
 * order, or a gap says that it was not; no gap is said that is not true; each frame is answered once; there is one
 * socket. A stream with its real connection, intake, positions and updates reads a model of a Pulsar topic.
 */
import { assert } from '@open-wc/testing';
import { assertSchedules } from '../support/faults/assert-schedules.js';
import { run, schedule, type Act, type Schedule } from './support/schedule.js';

const plain: Schedule = {
  acts: [],
  rule: { kind: 'resume' },
  seed: 1,
  skewMs: 0,
  wantsEvents: false,
  refusesPositions: false,
};

const publish: Act = { kind: 'publish', count: 20, isBatch: false };
const wait: Act = { kind: 'wait', ms: 5_000 };
const drop: Act = { kind: 'drop' };
const trim: readonly Act[] = [{ kind: 'unload' }, publish, { kind: 'unload' }, publish, { kind: 'trim' }];
const reload: Act = { kind: 'reload', keeps: 'saved', isCrash: false };

interface Story extends Partial<Schedule> {
  readonly name: string;
  readonly acts: readonly Act[];
  readonly gaps: readonly string[];
}

const stories: readonly Story[] = [
  { name: 'a loss', acts: [wait, publish, wait, drop, publish, wait, publish], gaps: [] },
  { name: 'a reload in the middle of a burst', acts: [wait, publish, reload, publish, wait], gaps: [] },
  {
    name: 'a ledger that rolls during a loss',
    acts: [wait, publish, wait, drop, { kind: 'unload' }, publish],
    gaps: [],
  },
  {
    name: 'a service that refuses everybody for a while',
    acts: [wait, publish, wait, drop, { kind: 'refuse', count: 4 }, publish, wait],
    gaps: [],
  },
  {
    name: 'history trimmed during a loss',
    acts: [wait, publish, wait, drop, ...trim],
    gaps: ['history-expired'],
  },
  {
    name: 'another cluster, silent for a minute',
    acts: [wait, publish, wait, { kind: 'recreate', where: 'lower-ids' }, { kind: 'wait', ms: 60_000 }],
    gaps: ['position-unknown'],
  },
  {
    name: 'another cluster with lower ids, busy at once',
    acts: [
      wait,
      publish,
      wait,
      { kind: 'recreate', where: 'lower-ids' },
      { kind: 'wait', ms: 2_000 },
      publish,
    ],
    gaps: ['position-unknown'],
  },
  {
    name: 'another cluster with higher ids',
    acts: [
      wait,
      publish,
      wait,
      { kind: 'recreate', where: 'higher-ids' },
      { kind: 'wait', ms: 2_000 },
      publish,
    ],
    gaps: ['history-expired'],
  },
  {
    name: 'the same topic made again',
    acts: [wait, publish, wait, drop, { kind: 'recreate', where: 'same-cluster' }, publish, wait],
    gaps: ['history-expired'],
  },
  {
    name: 'a service that takes no positions',
    refusesPositions: true,
    acts: [wait, publish, wait, drop, publish, { kind: 'wait', ms: 70_000 }],
    gaps: ['position-refused'],
  },
  { name: 'a loss before the first message', acts: [wait, drop, publish, wait], gaps: ['no-cursor'] },
];

suite('A stream over a topic, whatever happens', function () {
  this.timeout(120_000);

  test('loses nothing, doubles nothing, and says a gap exactly when there may be one', async () => {
    const failuresOf = async (given: Schedule) => (await run(given)).failures;
    await assertSchedules('never-lose', schedule, failuresOf, { numRuns: 1000 });
  });

  for (const { name, gaps, ...story } of stories) {
    test(`says ${gaps.length === 0 ? 'no gap' : gaps.join()} for ${name}`, async () => {
      const outcome = await run({ ...plain, ...story });
      assert.deepEqual(outcome, { failures: [], gaps });
    });
  }

  test('is watched by an observer who notices what is lost without a word', async () => {
    const { failures } = await run({ ...plain, acts: [wait, publish, wait] }, 7);
    assert.include(failures.join(), 'without a gap');
  });
});
