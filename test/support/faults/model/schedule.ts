/** What may happen to a topic, its service, its network and its page; and a run of it to the end, judged. */
import * as fc from 'fast-check';
import type { Credential } from '../../../../src/protocol/credential.js';
import type { StartRule } from '../../../../src/protocol/stream-config.js';
import type { SavedPositions } from '../../../worker/support/memory-positions.js';
import { VirtualClock } from '../../../worker/support/virtual-platform.js';
import { Observer } from './observer.js';
import { ModelService } from './service.js';
import { VirtualPage } from './virtual-page.js';

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
  | { readonly kind: 'trim' | 'drop-after' | 'repeat-tail' | 'refuse' | 'hang'; readonly count: number }
  | { readonly kind: 'stall' | 'silence' | 'sleep'; readonly ms: number }
  | { readonly kind: 'recreate'; readonly where: 'same-cluster' | 'lower-ids' | 'higher-ids' }
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
  { weight: 3, arbitrary: counted(['drop-after', 'repeat-tail'], 20) },
  { weight: 2, arbitrary: counted(['trim'], 3) },
  { weight: 2, arbitrary: counted(['refuse', 'hang'], 6) },
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

export interface Outcome {
  readonly failures: readonly string[];
  /** The kinds of the gaps said, over all visits. */
  readonly gaps: readonly string[];
  readonly delivered: number;
  /** All that the worker told the page and saved, as text. */
  readonly posted: string;
  /** All addresses that were dialed. */
  readonly urls: readonly string[];
}

/** @param loses see {@link ModelService.loses} */
export async function run(
  given: Schedule & { readonly credential?: Credential },
  loses = 0,
): Promise<Outcome> {
  const clock = new VirtualClock(Date.UTC(2026, 10, 20, 9));
  const { seed, skewMs, receiverQueueSize } = given;
  const service = new ModelService({ clock, seed, skewMs, receiverQueueSize });
  service.refusesPositions = given.refusesPositions;
  service.loses = loses;
  const failures: string[] = [];
  const gaps: string[] = [];
  let delivered = 0;
  let posted = '';
  const urls: string[] = [];
  let saved: SavedPositions = { last: undefined, index: [] };
  let visits = 0;
  const open = (handover: string | undefined): VirtualPage =>
    new VirtualPage(clock, service, {
      rule: given.rule,
      saved,
      handover,
      seed: seed + visits++,
      ...(given.credential === undefined ? {} : { credential: given.credential }),
    });
  let page = open(undefined);
  let observer = new Observer(page, service);
  const leave = async (): Promise<void> => {
    await page.close();
    gaps.push(...page.gaps.map(({ kind }) => kind));
    delivered += page.events.length;
    if (given.credential !== undefined) posted += JSON.stringify([page.posted, saved]);
    urls.push(...page.sockets.map(({ url }) => url));
  };
  for (const one of given.acts) {
    await clock.advance(1);
    observer.look();
    if (one.kind !== 'reload') {
      await perform(one, { clock, service, page });
      continue;
    }
    if (!one.isCrash) page.lifecycle('pagehide');
    await clock.advance(0);
    const { handover } = page;
    failures.push(...observer.judgeSoFar());
    await leave();
    // What the old page still writes must not reach the new one's past by chance of timing.
    saved = one.keeps === 'nothing' ? { last: undefined, index: [] } : { ...saved };
    page = open(one.keeps === 'both' ? handover : undefined);
    observer = new Observer(page, service);
  }
  service.heal();
  page.consume();
  await clock.advance(120_000);
  observer.look();
  service.publish(3);
  await clock.advance(60_000);
  failures.push(...observer.judge());
  await leave();
  return { failures, gaps, delivered, posted, urls };
}

interface World {
  readonly clock: VirtualClock;
  readonly service: ModelService;
  readonly page: VirtualPage;
}

async function perform(
  one: Exclude<Act, { kind: 'reload' }>,
  { clock, service, page }: World,
): Promise<void> {
  switch (one.kind) {
    case 'publish':
      return service.publish(one.count, { isBatch: one.isBatch });
    case 'wait':
      return clock.advance(one.ms);
    case 'drop':
      return service.drop();
    case 'drop-after':
      service.dropAfterMessages = one.count;
      return;
    case 'repeat-tail':
      return service.repeatTail(one.count);
    case 'half-open':
      return service.halfOpen();
    case 'roll':
      return service.roll();
    case 'trim':
      return service.trim(one.count - 1);
    case 'restart':
      service.drop();
      service.nextHandshakes.push('refuse');
      return service.roll();
    case 'recreate':
      return service.recreate(one.where);
    case 'refuse':
    case 'hang':
      for (let i = 0; i < one.count; i++) service.nextHandshakes.push(one.kind);
      return;
    case 'stall':
      return service.stall(one.ms);
    case 'silence':
      return service.fallSilent(one.ms * 6);
    case 'sleep':
      return clock.jump(one.ms * 200);
    case 'wake':
      return page.lifecycle('visible');
    case 'offline':
      return page.lifecycle('offline');
    case 'retry':
      return page.retry();
    case 'hide':
      return page.lifecycle('hidden');
    case 'busy':
      page.isConsuming = false;
      return;
    case 'idle':
      return page.consume();
    case 'new-key':
      return page.changeCredential({ apiKey: 'eght_other' });
    default:
      return one satisfies never;
  }
}
