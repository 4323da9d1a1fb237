/** A run of a schedule to the end in virtual time, judged. */
import type { Credential } from '../../../../src/protocol/credential.js';
import type { SavedPositions } from '../../../worker/support/memory-positions.js';
import { VirtualClock } from '../../../worker/support/virtual-platform.js';
import { Observer } from './observer.js';
import type { Act, Schedule } from './schedule.js';
import { ModelService } from './service.js';
import { VirtualPage, type Visit } from './virtual-page.js';

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

const NOTHING_SAVED = (): SavedPositions => ({ last: undefined, index: [] });

/** What is published meanwhile, and what is said of the last visit beyond what {@link Observer} says. */
export interface Story {
  readonly visit: Partial<Visit>;
  /** How long all is well before the end. */
  readonly calmMs: number;
  begin(clock: VirtualClock, service: ModelService): void;
  end(): void;
  judge(page: VirtualPage): readonly string[];
}

/** @param loses see {@link ModelService.loses} */
export async function run(
  given: Schedule & { readonly credential?: Credential },
  loses = 0,
  story?: Story,
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
  let saved = NOTHING_SAVED();
  let visits = 0;
  const open = (handover: string | undefined, wasOpen: boolean): VirtualPage =>
    new VirtualPage(clock, service, {
      rule: given.rule,
      saved,
      handover,
      wasOpen,
      seed: seed + visits++,
      ...story?.visit,
      ...(given.credential === undefined ? {} : { credential: given.credential }),
    });
  let page = open(undefined, false);
  story?.begin(clock, service);
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
    if (one.kind !== 'reload' && one.kind !== 'worker-dies') {
      await perform(one, { clock, service, page });
      continue;
    }
    if (one.kind === 'reload' && !one.isCrash) page.lifecycle('pagehide');
    await clock.advance(0);
    const { handover } = page;
    failures.push(...observer.judgeSoFar());
    await leave();
    // What the old page still writes must not reach the new one's past by chance of timing.
    saved = one.kind === 'reload' && one.keeps === 'nothing' ? NOTHING_SAVED() : { ...saved };
    service.beginVisit();
    // The page itself lives on when its worker dies, and tells the next one where it is.
    page =
      one.kind === 'worker-dies'
        ? // A page that has been told nothing since still knows what it gave to the worker before.
          open(page.updates.length === 0 ? page.visit.handover : handover, true)
        : open(one.keeps === 'both' ? handover : undefined, false);
    observer = new Observer(page, service);
  }
  service.heal();
  page.consume();
  await clock.advance(story?.calmMs ?? 120_000);
  observer.look();
  story?.end();
  service.publish(3);
  await clock.advance(60_000);
  failures.push(...observer.judge(), ...(story?.judge(page) ?? []));
  await leave();
  return { failures, gaps, delivered, posted, urls };
}

interface World {
  readonly clock: VirtualClock;
  readonly service: ModelService;
  readonly page: VirtualPage;
}

async function perform(
  one: Exclude<Act, { kind: 'reload' | 'worker-dies' }>,
  { clock, service, page }: World,
): Promise<void> {
  switch (one.kind) {
    case 'publish':
      return service.publish(one.count, { isBatch: one.isBatch });
    case 'wait':
      return clock.advance(one.ms);
    case 'flow':
      for (let ms = 0; ms < one.ms; ms += one.everyMs) {
        service.publish(1);
        await clock.advance(one.everyMs);
      }
      return;
    case 'slow':
      service.slowMs = one.everyMs;
      return;
    case 'drop':
      return service.drop();
    case 'drop-after':
      service.dropAfterMessages = one.count;
      return;
    case 'repeat-tail':
      return service.repeatTail(one.count);
    case 'repeat-at-dial':
      service.repeatsAtDial = one.count;
      return;
    case 'spoil':
      return service.spoil(one.how, one.count);
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
    case 'jam':
      return service.jam(one.ms * 3);
    case 'sleep':
      service.hasSlept = true;
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
