/** Asserts that no random schedule fails, and prints the seed of what was drawn. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { scheduleSeed } from './schedule-seed.js';

export interface Draw {
  /** Of what, for the line that tells the seed. */
  readonly name: string;
  readonly numRuns: number;
  /** Left out: as {@link scheduleSeed} has it. */
  readonly seed?: number;
}

export async function assertSchedules<S>(
  schedules: fc.Arbitrary<S>,
  failuresOf: (given: S) => Promise<readonly string[]>,
  { name, numRuns, seed = scheduleSeed() }: Draw,
): Promise<void> {
  console.log(`${name}: seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(schedules, async (given) => {
      const failures = await failuresOf(given);
      assert.isEmpty(failures, failures.slice(0, 5).join('; '));
    }),
    { numRuns, seed, includeErrorInReport: true },
  );
}
