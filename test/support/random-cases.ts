/**
 * Which random cases a property with many parts draws, and how many. `npm test` draws the same ones each time, so that what
 * turns red is what was changed; `npm run test:faults` draws new ones. `SEED` repeats a run's, `RUNS` draws so many times more.
 */
import type * as fc from 'fast-check';

export interface Draw {
  readonly numRuns: number;
  /** Stays the same in `npm run test:faults` too. */
  readonly seed?: number;
}

/** As `fc.assert` takes it; prints what repeats it. */
export function randomCases(name: string, { numRuns, seed }: Draw): fc.Parameters<unknown> {
  const drawn = { seed: randomSeed(seed), numRuns: numRuns * (numberOf('VITE_RUNS') ?? 1) };
  console.info(`${name}: seed ${drawn.seed}, ${drawn.numRuns} runs`);
  return { ...drawn, includeErrorInReport: true };
}

/** `?seed=` of the test page, else `SEED`, else the given one, else a new one where those are asked for, else always the same. */
export function randomSeed(settled?: number): number {
  const ofPage = new URLSearchParams(location.search).get('seed');
  const given = ofPage === null ? numberOf('VITE_SEED') : Number(ofPage);
  return given ?? settled ?? numberOf('VITE_NEW_SEED') ?? 1;
}

function numberOf(name: string): number | undefined {
  const text: unknown = import.meta.env[name];
  return typeof text === 'string' && text !== '' ? Number(text) : undefined;
}
