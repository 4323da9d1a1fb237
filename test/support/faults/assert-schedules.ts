/** Asserts that no random schedule fails. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases, type Draw } from '../random-cases.js';

export async function assertSchedules<S>(
  name: string,
  schedules: fc.Arbitrary<S>,
  failuresOf: (given: S) => Promise<readonly string[]>,
  draw: Draw,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(schedules, async (given) => {
      const failures = await failuresOf(given);
      assert.isEmpty(failures, failures.slice(0, 5).join('; '));
    }),
    randomCases(name, draw),
  );
}
