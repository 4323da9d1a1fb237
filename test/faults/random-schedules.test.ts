/**
 * Worry: is there any order of faults that loses, doubles or invents an event? The whole worker, from its hub to its
 * views, over random schedules of a topic, its service, its network and its page.
 */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { PLAIN, run, schedule, type Act, type Schedule } from '../support/faults/model/schedule.js';

const publish: Act = { kind: 'publish', count: 20, isBatch: false };
const wait: Act = { kind: 'wait', ms: 5_000 };

suite('Random schedules of faults', function () {
  this.timeout(180_000);

  test('deliver what was published, once and in order, or say a gap with its ends', async () => {
    const seed = Number(new URLSearchParams(location.search).get('seed') ?? Date.now() & 0x7fffffff);
    console.info(`random-schedules: seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(schedule, async (given) => {
        const { failures } = await run(given);
        assert.isEmpty(failures, failures.slice(0, 5).join('; '));
      }),
      { numRuns: 300, seed, includeErrorInReport: true },
    );
  });

  test('are watched by an observer who notices what is lost without a word', async () => {
    const { failures } = await run({ ...PLAIN, acts: [wait, publish, wait] }, 7);
    assert.include(failures.join(), 'no gap');
  });

  test('are watched by an observer who notices what comes twice', async () => {
    const acts: readonly Act[] = [wait, publish, wait, { kind: 'repeat-tail', count: 5 }, wait];
    const given: Schedule = { ...PLAIN, acts };
    assert.deepEqual((await run(given)).failures, []);
  });
});
