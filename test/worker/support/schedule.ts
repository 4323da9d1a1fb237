/** What may happen to a topic, its service and its page; and a run of it to the end, judged by an honest observer. */
import * as fc from 'fast-check';
import type { StartRule } from '../../../src/protocol/stream-config.js';
import type { SavedPositions } from './memory-positions.js';
import { ModelBroker } from './model-broker.js';
import { ReadingPage } from './reading-page.js';
import { seededChance, VirtualClock } from './virtual-platform.js';

type Reload = {
  readonly kind: 'reload';
  readonly keeps: 'both' | 'saved' | 'nothing';
  readonly isCrash: boolean;
};

export type Act =
  | { readonly kind: 'publish'; readonly count: number; readonly isBatch: boolean }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'drop' | 'unload' | 'trim' | 'wake' | 'offline' | 'retry' | 'hide' | 'busy' | 'idle' }
  | { readonly kind: 'refuse'; readonly count: number }
  | { readonly kind: 'stall' | 'silence' | 'sleep'; readonly ms: number }
  | { readonly kind: 'recreate'; readonly where: 'same-cluster' | 'lower-ids' | 'higher-ids' }
  | Reload;

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      count: fc.integer({ min: 1, max: 30 }),
      isBatch: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 5, 20, 60, 300, 1_000, 5_000, 15_000, 70_000, 400_000),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'drop' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('unload', 'trim', 'wake', 'offline', 'retry', 'hide', 'busy', 'idle'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('refuse' as const), count: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('stall', 'silence', 'sleep'),
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

const rule: fc.Arbitrary<StartRule> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'resume' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'latest' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'earliest' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('since' as const),
      durationMs: fc.constantFrom(300_000, 7_200_000),
    }),
  },
);

export interface Schedule {
  readonly acts: readonly Act[];
  readonly rule: StartRule;
  readonly seed: number;
  /** The browser's clock less the service's. */
  readonly skewMs: number;
  readonly wantsEvents: boolean;
  readonly refusesPositions: boolean;
}

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 30 }),
  rule,
  seed: fc.integer(),
  skewMs: fc.constantFrom(0, 0, 30_000, -30_000),
  wantsEvents: fc.boolean(),
  refusesPositions: fc.constantFrom(false, false, false, true),
});

interface Outcome {
  readonly failures: readonly string[];
  readonly gaps: readonly string[];
}

/** @param loses see {@link ModelBroker.loses} */
export async function run(given: Schedule, loses = 0): Promise<Outcome> {
  const clock = new VirtualClock(Date.UTC(2026, 10, 20, 9));
  const chance = seededChance(given.seed);
  const broker = new ModelBroker(clock, chance, given.skewMs);
  broker.refusesPositions = given.refusesPositions;
  broker.loses = loses;
  const failures: string[] = [];
  const gaps: string[] = [];
  let saved: SavedPositions = { last: undefined, index: [] };
  const open = (handover: string | undefined): ReadingPage =>
    new ReadingPage(clock, chance, broker, {
      rule: given.rule,
      saved,
      handover,
      wantsEvents: given.wantsEvents,
    });
  const leave = (page: ReadingPage): void => {
    page.close();
    failures.push(...page.failures);
    gaps.push(...page.gaps);
  };
  let page = open(undefined);
  for (const one of given.acts) {
    await clock.advance(1);
    page.judge();
    switch (one.kind) {
      case 'publish':
        broker.publish(one.count, one.isBatch);
        break;
      case 'wait':
        await clock.advance(one.ms);
        break;
      case 'drop':
        broker.drop();
        break;
      case 'unload':
        broker.roll();
        break;
      case 'trim':
        broker.trim();
        break;
      case 'recreate':
        broker.recreate(one.where);
        break;
      case 'refuse':
        broker.refusals = one.count;
        break;
      case 'stall':
        broker.stall(one.ms);
        break;
      case 'silence':
        broker.fallSilent(one.ms * 6);
        break;
      case 'sleep':
        clock.jump(one.ms * 200);
        break;
      case 'wake':
        page.stream.lifecycle('visible');
        break;
      case 'offline':
        page.stream.lifecycle('offline');
        break;
      case 'retry':
        page.stream.retry();
        break;
      case 'hide':
        page.stream.lifecycle('hidden');
        break;
      case 'busy':
        page.isConsuming = false;
        break;
      case 'idle':
        page.consume();
        break;
      case 'reload': {
        if (!one.isCrash) page.stream.lifecycle('pagehide');
        const { handover } = page;
        leave(page);
        if (one.keeps === 'nothing') saved = { last: undefined, index: [] };
        // What the old page still writes must not reach the new one's past by chance of timing.
        else saved = { ...saved };
        page = open(one.keeps === 'both' ? handover : undefined);
        break;
      }
      default:
        one satisfies never;
    }
  }
  broker.heal();
  page.consume();
  await clock.advance(120_000);
  page.judge();
  broker.publish(3, false);
  await clock.advance(60_000);
  page.judgeRest();
  leave(page);
  return { failures: [...failures, ...broker.failures], gaps };
}
