/**
 * What may happen to a topic, its service, its network and its page, in random order. Who does it: `run-schedule.ts` in
 * virtual time, `real-schedule.ts` to a real browser.
 */
import * as fc from 'fast-check';
import type { StartRule } from '../../../../src/protocol/stream-config.js';
import { SPOILINGS, type Spoiling } from './spoilt-frame.js';

export type Act =
  | { readonly kind: 'publish'; readonly count: number; readonly isBatch: boolean }
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind:
        | 'drop'
        | 'roll'
        | 'half-open'
        | 'restart'
        | 'wake'
        | 'offline'
        | 'retry'
        | 'hide'
        | 'busy'
        | 'idle'
        | 'new-key';
    }
  | {
      readonly kind: 'trim' | 'drop-after' | 'repeat-tail' | 'repeat-at-dial' | 'refuse' | 'hang';
      readonly count: number;
    }
  /** The next `count` frames with a message arrive spoilt. */
  | { readonly kind: 'spoil'; readonly how: Spoiling; readonly count: number }
  | { readonly kind: 'stall' | 'silence' | 'sleep' | 'jam'; readonly ms: number }
  /**
   * A message every `everyMs`, for so long; frames that need `everyMs` and 4 ms on average, from now on: as fast, or slower. Not
   * among the random ones: a page that is reloaded in a flow has not had all that was sent to it, and what of that comes again
   * before its start it cannot tell from another topic (docs/faults.md).
   */
  | { readonly kind: 'flow'; readonly ms: number; readonly everyMs: number }
  | { readonly kind: 'slow'; readonly everyMs: number }
  | { readonly kind: 'recreate'; readonly where: 'same-cluster' | 'lower-ids' | 'higher-ids' }
  | { readonly kind: 'worker-dies' }
  | {
      readonly kind: 'reload';
      readonly keeps: 'both' | 'saved' | 'nothing';
      readonly isCrash: boolean;
    };

const counted = (kinds: readonly (Act & { count: number })['kind'][], max: number): fc.Arbitrary<Act> =>
  fc.record({ kind: fc.constantFrom(...kinds), count: fc.integer({ min: 1, max }) }) as fc.Arbitrary<Act>;

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      count: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(1_200)),
      isBatch: fc.boolean(),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 5, 20, 60, 300, 1_000, 5_000, 15_000, 70_000, 400_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('drop', 'half-open', 'restart') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('roll', 'wake', 'offline', 'retry', 'hide', 'busy', 'idle', 'new-key'),
    }),
  },
  { weight: 3, arbitrary: counted(['drop-after', 'repeat-tail', 'repeat-at-dial'], 20) },
  { weight: 2, arbitrary: counted(['trim'], 3) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('spoil' as const),
      how: fc.constantFrom(...SPOILINGS),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'worker-dies' as const }) },
  { weight: 2, arbitrary: counted(['refuse', 'hang'], 6) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('stall', 'silence', 'sleep', 'jam'),
      ms: fc.integer({ min: 100, max: 9_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('recreate' as const),
      where: fc.constantFrom('same-cluster', 'lower-ids', 'higher-ids'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('reload' as const),
      keeps: fc.constantFrom('both', 'both', 'saved', 'nothing'),
      isCrash: fc.boolean(),
    }),
  },
);

export interface Schedule {
  readonly acts: readonly Act[];
  readonly rule: StartRule;
  readonly seed: number;
  /** The browser's clock less the service's. */
  readonly skewMs: number;
  readonly receiverQueueSize: number;
  readonly refusesPositions: boolean;
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 30 }),
  rule: fc.oneof(
    { weight: 5, arbitrary: fc.constant({ kind: 'resume' as const }) },
    { weight: 1, arbitrary: fc.constantFrom({ kind: 'latest' as const }, { kind: 'earliest' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('since' as const),
        durationMs: fc.constantFrom(300_000, 7_200_000),
      }),
    },
  ),
  seed: fc.integer(),
  skewMs: fc.constantFrom(0, 0, 30_000, -30_000),
  // The service's is 1000; a small window shows at once what happens when it is full.
  receiverQueueSize: fc.constantFrom(10, 1_000),
  refusesPositions: fc.constantFrom(false, false, false, true),
});

export const PLAIN: Schedule = {
  acts: [],
  rule: { kind: 'resume' },
  seed: 1,
  skewMs: 0,
  receiverQueueSize: 1_000,
  refusesPositions: false,
};
