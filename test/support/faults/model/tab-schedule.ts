/** What may happen to several tabs of one computer, to the computer and to the service, in random order. */
import * as fc from 'fast-check';

export type TabAct =
  | { readonly kind: 'publish' | 'wait' | 'refuse' | 'slow'; readonly count: number }
  /** A message every 10 ms, for so long. */
  | { readonly kind: 'flow'; readonly ms: number }
  /** The computer sleeps, and `count` messages are published in the middle of it. */
  | { readonly kind: 'sleep'; readonly ms: number; readonly count: number; readonly isSocketKept: boolean }
  | { readonly kind: 'join' | 'drop' | 'half-open' | 'unload' | 'leader-dies' | 'leader-hangs' }
  | {
      readonly kind: 'reload' | 'crash' | 'hang' | 'thaw' | 'freeze' | 'resume' | 'look';
      readonly tab: number;
    };

export interface TabSchedule {
  readonly acts: readonly TabAct[];
  readonly seed: number;
  /** The computer's clock less the service's. */
  readonly skewMs: number;
}

const of = <Kind extends string>(kind: Kind, count: fc.Arbitrary<number>) =>
  fc.record({ kind: fc.constant(kind), count });

const act: fc.Arbitrary<TabAct> = fc.oneof(
  { weight: 7, arbitrary: of('publish', fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(400))) },
  { weight: 9, arbitrary: of('wait', fc.constantFrom(1, 20, 60, 300, 1_000, 6_000, 30_000, 200_000)) },
  { weight: 1, arbitrary: of('refuse', fc.integer({ min: 1, max: 6 })) },
  { weight: 1, arbitrary: of('slow', fc.constantFrom(0, 6, 40)) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('flow' as const), ms: fc.constantFrom(500, 4_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('sleep' as const),
      ms: fc.constantFrom(30_000, 90_000, 180_000, 7_200_000),
      count: fc.integer({ min: 0, max: 30 }),
      isSocketKept: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('join', 'drop', 'half-open', 'unload', 'leader-dies', 'leader-hangs'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('reload', 'crash', 'hang', 'thaw', 'freeze', 'resume', 'look'),
      tab: fc.nat({ max: 3 }),
    }),
  },
);

export const tabSchedule: fc.Arbitrary<TabSchedule> = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 25 }),
  seed: fc.integer(),
  skewMs: fc.constantFrom(0, 0, 1_000, -1_000, 180_000, -180_000),
});
