/**
 * Worry: is there any order of faults that loses, doubles or invents an event? The whole worker, from its hub to its
 * views, over random schedules of a topic, its service, its network and its page.
 */
import { assert } from '@open-wc/testing';
import { assertSchedules } from '../support/faults/assert-schedules.js';
import { run } from '../support/faults/model/run-schedule.js';
import { PLAIN, schedule, type Act, type Schedule } from '../support/faults/model/schedule.js';

const publish: Act = { kind: 'publish', count: 20, isBatch: false };
const wait: Act = { kind: 'wait', ms: 5_000 };

suite('Random schedules of faults', function () {
  this.timeout(180_000);

  test('deliver what was published, once and in order, or say a gap with its ends', async () => {
    const failuresOf = async (given: Schedule) => (await run(given)).failures;
    await assertSchedules('random schedules', schedule, failuresOf, { numRuns: 300 });
  });

  test('are watched by an observer who notices what is lost without a word', async () => {
    const { failures } = await run({ ...PLAIN, acts: [wait, publish, wait] }, 7);
    assert.include(failures.join(), 'no gap');
  });

  for (const [how, acts] of [
    [
      'as fast as it was published',
      [
        { kind: 'flow', ms: 9_000, everyMs: 10 },
        { kind: 'slow', everyMs: 6 },
      ],
    ],
    [
      'slowly, published at once',
      [
        { kind: 'publish', count: 1_200, isBatch: false },
        { kind: 'slow', everyMs: 10 },
      ],
    ],
  ] as const) {
    test(`may bring history ${how}, which is not live`, async () => {
      const away: readonly Act[] = [{ kind: 'refuse', count: 4 }, { kind: 'drop' }];
      const { failures } = await run({
        ...PLAIN,
        acts: [wait, publish, wait, ...away, ...acts, wait, wait, wait, wait],
      });
      assert.deepEqual(failures, []);
    });
  }

  test('are watched by an observer who is content with what comes twice and is shown once', async () => {
    const acts: readonly Act[] = [wait, publish, wait, { kind: 'repeat-tail', count: 5 }, wait];
    const given: Schedule = { ...PLAIN, acts };
    assert.deepEqual((await run(given)).failures, []);
  });

  test('may bring the tail again after a loss, before anything new', async () => {
    const acts: readonly Act[] = [
      wait,
      publish,
      wait,
      { kind: 'repeat-at-dial', count: 5 },
      { kind: 'drop' },
      publish,
      wait,
    ];
    const { failures, gaps } = await run({ ...PLAIN, acts });
    assert.deepEqual(failures, []);
    assert.deepEqual(gaps, []);
  });

  test('may leave a question without an answer, after which a page whose clock is behind is live all the same', async () => {
    const acts: readonly Act[] = [
      { kind: 'publish', count: 1_200, isBatch: true },
      { kind: 'wait', ms: 300 },
      { kind: 'silence', ms: 3_509 },
      { kind: 'wait', ms: 1_000 },
    ];
    const since = { kind: 'since', durationMs: 300_000 } as const;
    const { failures } = await run({
      ...PLAIN,
      acts,
      rule: since,
      seed: -906836926,
      skewMs: -30_000,
      receiverQueueSize: 10,
    });
    assert.deepEqual(failures, []);
  });

  for (const how of ['bad-base64', 'truncated'] as const) {
    test(`may spoil frames, for each of which an error stands (${how})`, async () => {
      const acts: readonly Act[] = [wait, publish, wait, { kind: 'spoil', how, count: 3 }, publish, wait];
      const { failures, gaps, delivered } = await run({ ...PLAIN, acts });
      assert.deepEqual(failures, []);
      assert.deepEqual(gaps, []);
      assert.equal(delivered, 2 * 20 - 3 + 3);
    });
  }
});
