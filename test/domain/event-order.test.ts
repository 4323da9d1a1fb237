/**
 * Messages come late, twice or not at all. Whatever their way here, the same events give the same views; and the
 * numbers are those of a recount by hand.
 */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { StreamModel, type Entry } from '../../src/domain/stream-model.js';
import type { FeedRow, PhaseDurations, TileView, View } from '../../src/protocol/views.js';
import {
  AGENT,
  entryOf,
  feedRequest,
  OTHER_AGENT,
  QUEUE,
  read,
  T0,
  tileRequest,
  type Fields,
} from './payloads.js';

const NAMES = [
  'InteractionCreated',
  'InteractionQueued',
  'InteractionAssigned',
  'InteractionAccepted',
  'InteractionCustomerAccepted',
  'InteractionRejected',
  'InteractionUnqueued',
  'InteractionQueueTimeout',
  'LineHoldStatus',
  'LineMuteStatus',
  'InteractionRecordingStarted',
  'InteractionPostProcess',
  'InteractionEndPostProcess',
  'InteractionDeassigned',
  'InteractionDeleted',
  'InteractionParticipantChange',
  'InteractionTransferRequest',
  'InteractionChanged',
  'GuestChatEnd',
  'InteractionSomethingNew',
];

interface Step {
  readonly afterMs: number;
  readonly guid: string;
  readonly name: string;
  readonly flag: boolean;
  readonly code: number;
}

/** Times differ, since ties keep the order of arrival. */
const steps = (names: readonly string[], guids: number, maxLength: number): fc.Arbitrary<Step[]> =>
  fc.uniqueArray(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 600_000 }),
      guid: fc.integer({ min: 1, max: guids }).map((number) => `int-${number}`),
      name: fc.constantFrom(...names),
      flag: fc.boolean(),
      code: fc.integer({ min: 0, max: 11 }),
    }),
    { selector: ({ afterMs }) => afterMs, maxLength, size: 'max' },
  );

function fieldsOf(step: Step, hasQueueTime: boolean): Fields {
  return {
    event: step.name,
    interactionGUID: step.guid,
    msgInfo: { timestamp: T0 + step.afterMs },
    agentId: step.flag ? AGENT : step.code > 8 ? OTHER_AGENT : undefined,
    participatingAgents: step.name === 'InteractionParticipantChange' ? `${AGENT},${OTHER_AGENT}` : undefined,
    status: step.flag,
    queueId: Number(QUEUE),
    queueTime: hasQueueTime && step.code % 3 === 0 ? T0 / 1_000 : undefined,
    rejectReason: step.code % 3,
    hangupInitiator: ['CUSTOMER', 'AGENT', 'SYSTEM', undefined][step.code % 4],
    resourceType: step.code % 5,
    direction: step.code === 11 ? 'out' : undefined,
  };
}

function entries(story: readonly Step[]): readonly Entry[] {
  return story.map((step) => {
    const payload =
      step.code === 7
        ? {
            AgentStatusChange: {
              agentId: step.flag ? AGENT : OTHER_AGENT,
              newState: (step.afterMs % 6) + 3,
              msgInfo: { timestamp: T0 + step.afterMs },
            },
          }
        : { Interaction: fieldsOf(step, true) };
    return entryOf(read(payload), 'replayed', `m${step.afterMs}`);
  });
}

const NOW = T0 + 700_000;

function viewsOf(
  told: readonly Entry[],
  agentId: string | undefined,
  drainsBetween = false,
): readonly View[] {
  const model = new StreamModel();
  model.coverFrom(T0 - 3_600_000);
  model.watch(1, feedRequest({ agentId, expanded: ['i:int-1', 'i:int-2', 'i:int-3'] }));
  model.watch(2, feedRequest({ agentId, group: 'none' }));
  model.watch(3, tileRequest());
  for (const entry of told) {
    model.take(entry);
    if (drainsBetween) model.drain(entry.event.at);
  }
  // Everything is drawn anew, also what an earlier drain has drawn.
  model.watch(1, feedRequest({ agentId, expanded: ['i:int-1', 'i:int-2', 'i:int-3'] }));
  model.watch(2, feedRequest({ agentId, group: 'none' }));
  model.watch(3, tileRequest());
  return model.drain(NOW).map(({ data }) => data);
}

function sorted(story: readonly Step[]): readonly Step[] {
  return [...story].sort((a, b) => a.afterMs - b.afterMs);
}

/** A story, and the same events in another order. */
const shuffled = steps(NAMES, 3, 60).chain((story) =>
  fc.record({
    story: fc.constant(story),
    order: fc.shuffledSubarray(story, { minLength: story.length }),
  }),
);

suite('the order of messages', () => {
  for (const agentId of [AGENT, undefined]) {
    test(`changes no view, seen from ${agentId === undefined ? 'the tenant' : 'the agent'}`, () => {
      fc.assert(
        fc.property(shuffled, ({ story, order }) => {
          const inOrder = viewsOf(entries(sorted(story)), agentId);
          assert.deepEqual(viewsOf(entries(order), agentId), inOrder as never);
        }),
        { numRuns: 200 },
      );
    });
  }

  test('changes no view, nor when they are drained', () => {
    fc.assert(
      fc.property(shuffled, ({ story, order }) => {
        const inOrder = viewsOf(entries(sorted(story)), undefined);
        assert.deepEqual(viewsOf(entries(order), undefined, true), inOrder as never);
      }),
      { numRuns: 150 },
    );
  });

  test('missing ones never make a time negative or a row twice', () => {
    fc.assert(
      fc.property(shuffled, fc.boolean(), ({ order }, isAgent) => {
        const half = entries(order).filter((_, index) => index % 2 === 0);
        for (const view of viewsOf(half, isAgent ? AGENT : undefined)) {
          if (view.kind === 'tile') assertNoNegative(view);
          else {
            for (const card of view.live) assertDurations(card.durations);
            for (const row of view.rows) assertRow(row);
            const ids = view.rows.map(({ id }) => id);
            assert.deepEqual(ids, [...new Set(ids)]);
            const live = new Set(view.live.map(({ guid }) => guid));
            for (const row of view.rows) if (row.kind === 'interaction') assert.isFalse(live.has(row.guid));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

function assertRow(row: FeedRow): void {
  if (row.kind === 'interaction') {
    assertDurations(row.durations);
    if (row.totalMs !== undefined) assert.isAtLeast(row.totalMs, 0);
  } else if (row.kind === 'event' && row.durationMs !== undefined) assert.isAtLeast(row.durationMs, 0);
}

function assertDurations(durations: PhaseDurations): void {
  for (const duration of Object.values(durations)) if (duration !== undefined) assert.isAtLeast(duration, 0);
}

function assertNoNegative(view: TileView): void {
  for (const number of [
    view.waiting,
    view.ringing,
    view.entered,
    view.answered,
    view.finished,
    ...view.sparkline,
  ]) {
    if (number !== undefined) assert.isAtLeast(number, 0);
  }
  for (const share of [view.serviceLevel, view.abandonRate]) {
    if (share !== undefined) assert.isTrue(share >= 0 && share <= 1);
  }
}

/** A recount by hand: one caller at a time, one agent each, no queue times, by the rules of docs/metrics.md. */
interface Stay {
  readonly from: number;
  isRinging: boolean;
  hasTimedOut: boolean;
  leftAt: number | undefined;
  end: 'answered' | 'abandoned' | 'diverted' | 'left' | 'leaving' | undefined;
  isWaitKnown: boolean;
}

function staysOf(story: readonly Step[]): readonly Stay[] {
  const stays: Stay[] = [];
  let stay: Stay | undefined;
  for (const { afterMs, name, code } of sorted(story)) {
    const isHere = stay !== undefined && (stay.end === undefined || stay.end === 'leaving');
    const close = (end: Stay['end'], isWaitKnown = true) => {
      if (stay === undefined) return;
      if (stay.end !== 'leaving' || end === 'answered') stay.leftAt = afterMs;
      stay.end = end;
      stay.isRinging = false;
      stay.isWaitKnown = isWaitKnown;
    };
    if (name === 'InteractionDeleted') {
      const isCustomer = code % 4 === 0;
      if (isHere) close(isCustomer ? 'abandoned' : stay?.hasTimedOut === true ? 'diverted' : 'left');
      break;
    }
    switch (name) {
      case 'InteractionQueued':
        if (isHere && stay !== undefined) {
          stay.end = undefined;
          stay.leftAt = undefined;
          stay.isRinging = false;
        } else {
          stay = {
            from: afterMs,
            isRinging: false,
            hasTimedOut: false,
            leftAt: undefined,
            end: undefined,
            isWaitKnown: true,
          };
          stays.push(stay);
        }
        break;
      case 'InteractionAssigned':
        if (isHere && stay !== undefined) {
          stay.end = undefined;
          stay.leftAt = undefined;
          stay.isRinging = true;
        }
        break;
      case 'InteractionAccepted':
        if (isHere) close('answered');
        break;
      case 'InteractionPostProcess':
      case 'InteractionEndPostProcess':
        if (isHere) close('answered', false);
        break;
      case 'InteractionRejected':
      case 'InteractionDeassigned':
        if (stay !== undefined) stay.isRinging = false;
        break;
      case 'InteractionQueueTimeout':
      case 'InteractionUnqueued':
        if (!isHere || stay === undefined) break;
        if (name === 'InteractionQueueTimeout') stay.hasTimedOut = true;
        if (stay.end === undefined && !stay.isRinging) {
          stay.end = 'leaving';
          stay.leftAt = afterMs;
        }
        break;
      default:
    }
  }
  return stays;
}

function recount(story: readonly Step[], now: number, windowMs: number): Partial<TileView> {
  const guids = [...new Set(story.map(({ guid }) => guid))];
  const stays = guids.flatMap((guid) => staysOf(story.filter((step) => step.guid === guid)));
  const isIn = (time: number | undefined) => time !== undefined && time > now - windowMs;
  const waitOf = ({ from, leftAt }: Stay) => (leftAt ?? from) - from;
  const ended = (end: Stay['end']) => stays.filter((stay) => stay.end === end && isIn(stay.leftAt));
  const waiting = stays.filter(({ end }) => end === undefined);
  const entered = stays.filter(({ from }) => isIn(from)).length;
  const inTime = ended('answered').filter((stay) => stay.isWaitKnown && waitOf(stay) <= 20_000).length;
  const short = ended('abandoned').filter((stay) => waitOf(stay) < 5_000).length;
  const abandoned = ended('abandoned').length - short;
  const gone = ended('leaving').filter(({ leftAt }) => (leftAt ?? now) + 10_000 <= now).length;
  const from = waiting.map((stay) => stay.from).sort((a, b) => a - b)[0];
  return {
    waiting: waiting.length,
    ringing: waiting.filter(({ isRinging }) => isRinging).length,
    longestWaitSince: from === undefined ? undefined : T0 + from,
    entered,
    answered: ended('answered').length,
    abandoned,
    shortAbandoned: short,
    finished:
      ended('answered').length + abandoned + short + ended('diverted').length + ended('left').length + gone,
    serviceLevel: entered - short <= 0 ? undefined : Math.min(1, inTime / (entered - short)),
    abandonRate: entered === 0 ? undefined : Math.min(1, abandoned / entered),
  };
}

const VISIT_NAMES = [
  'InteractionQueued',
  'InteractionQueued',
  'InteractionAssigned',
  'InteractionAccepted',
  'InteractionRejected',
  'InteractionUnqueued',
  'InteractionQueueTimeout',
  'InteractionPostProcess',
  'InteractionEndPostProcess',
  'InteractionDeassigned',
  'InteractionDeleted',
];

suite('the numbers of a tile', () => {
  test('are those of a recount by hand, in any order', () => {
    const story = steps(VISIT_NAMES, 8, 60).map((all) =>
      all.map((step) => ({ ...step, code: step.code % 8, flag: true })),
    );
    const scenario = story.chain((all) =>
      fc.record({
        all: fc.constant(all),
        order: fc.shuffledSubarray(all, { minLength: all.length }),
        nowMs: fc.integer({ min: 600_000, max: 900_000 }),
        windowMs: fc.integer({ min: 1_000, max: 900_000 }),
      }),
    );
    fc.assert(
      fc.property(scenario, ({ all, order, nowMs, windowMs }) => {
        const model = new StreamModel();
        model.coverFrom(T0 - 3_600_000);
        model.watch(1, tileRequest({ windowMs }));
        for (const step of order)
          model.take(entryOf(read({ Interaction: { ...fieldsOf(step, false), direction: 'in' } })));
        const tile = model.drain(T0 + nowMs)[0]?.data as TileView;
        const expected = recount(all, nowMs, windowMs);
        for (const [key, value] of Object.entries(expected)) {
          assert.deepEqual(tile[key as keyof TileView], value as never, key);
        }
      }),
      { numRuns: 300 },
    );
  });
});
