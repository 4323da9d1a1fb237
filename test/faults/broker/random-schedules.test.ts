/**
 * Worry: does an engine, with its own worker, socket and storage, lose, double or invent what the model does not? The random
 * schedules of `test/faults/random-schedules.test.ts` before any service, done by the proxy and judged alike.
 */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { schedule } from '../../support/faults/model/schedule.js';
import { runReally } from '../../support/faults/real/run-real-schedule.js';
import { randomSeed } from '../../support/random-cases.js';

const SCHEDULES = 5;
/** The first that a generator makes are short. */
const MIN_ACTS = 10;
const eventful = schedule.filter(({ acts }) => acts.length >= MIN_ACTS);

suite('Random schedules of faults, in a real browser', function () {
  this.timeout(120_000);
  const seed = randomSeed();

  for (const [index, given] of fc.sample(eventful, { seed, numRuns: SCHEDULES }).entries()) {
    test(`deliver what was published, once and in order, or say a gap (${index + 1} of ${SCHEDULES}), seed ${seed}`, async () => {
      const { acts, rule } = given;
      const text = `seed ${seed}, schedule ${index + 1} (${rule.kind}): ${acts.map(({ kind }) => kind).join(' ')}`;
      const startedAt = performance.now();
      const { failures, gaps, published, delivered } = await runReally(given);
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      console.log(
        `random schedules: ${text}: ${published} published, ${delivered} delivered, gaps ${gaps.join()}; ${seconds} s`,
      );
      assert.isEmpty(failures, `${failures.slice(0, 5).join('; ')} in ${text} ${JSON.stringify(acts)}`);
    });
  }
});
