/** The state diagram of a visit, row by row, and what becomes of a caller who leaves the queue. */
import { assert } from '@open-wc/testing';
import { advanceCall, divert } from '../../src/domain/visit-fold.js';
import { newCall, type Call, type Visit } from '../../src/domain/visit.js';
import {
  AGENT,
  attached,
  OTHER_AGENT,
  QUEUE,
  readInteraction,
  Story,
  T0,
  tileRequest,
  type Fields,
} from './payloads.js';

const IN_QUEUE: Fields = { queueId: Number(QUEUE), direction: 'in' };

type Told = readonly [seconds: number, name: string, fields?: Fields];

const QUEUED: Told = [0, 'InteractionQueued', { ...IN_QUEUE, queueTime: T0 / 1_000 }];
const ASSIGNED: Told = [20, 'InteractionAssigned', { agentId: AGENT }];
const ACCEPTED: Told = [25, 'InteractionAccepted', { agentId: AGENT }];
const WRAP_UP: Told = [80, 'InteractionPostProcess', { agentId: AGENT }];

function callOf(...told: readonly Told[]): Call {
  const call = newCall('int-1');
  for (const [seconds, event, fields] of told) {
    advanceCall(call, readInteraction({ event, msgInfo: { timestamp: T0 + seconds * 1_000 }, ...fields }));
  }
  return call;
}

function last(call: Call): Visit {
  const visit = call.visits.at(-1);
  if (visit === undefined) throw new Error('no visit was opened');
  return visit;
}

interface Row {
  readonly name: string;
  readonly told: readonly Told[];
  readonly state: Visit['state'];
  readonly outcome?: Visit['outcome'];
  /** Seconds. */
  readonly waited?: number;
}

const DIAGRAM: readonly Row[] = [
  { name: 'Queued opens it: waiting', told: [QUEUED], state: 'waiting' },
  { name: 'Assigned: offered', told: [QUEUED, ASSIGNED], state: 'offered' },
  {
    name: 'Rejected: waiting again',
    told: [QUEUED, ASSIGNED, [30, 'InteractionRejected', { agentId: AGENT, queueList: 591 }]],
    state: 'waiting',
  },
  {
    name: 'Accepted: handling',
    told: [QUEUED, ASSIGNED, ACCEPTED],
    state: 'handling',
    outcome: 'answered',
    waited: 25,
  },
  {
    name: 'Accepted although Assigned was missed',
    told: [QUEUED, ACCEPTED],
    state: 'handling',
    outcome: 'answered',
    waited: 25,
  },
  {
    name: 'PostProcess: wrap-up',
    told: [QUEUED, ASSIGNED, ACCEPTED, WRAP_UP],
    state: 'wrap-up',
    outcome: 'answered',
  },
  {
    name: 'EndPostProcess: done',
    told: [QUEUED, ASSIGNED, ACCEPTED, WRAP_UP, [90, 'InteractionEndPostProcess', { agentId: AGENT }]],
    state: 'done',
    outcome: 'answered',
  },
  {
    name: 'Deassigned without wrap-up: done',
    told: [QUEUED, ASSIGNED, ACCEPTED, [80, 'InteractionDeAssigned', { agentId: AGENT }]],
    state: 'done',
    outcome: 'answered',
  },
  {
    name: 'Deleted without wrap-up: done',
    told: [QUEUED, ASSIGNED, ACCEPTED, [80, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' }]],
    state: 'done',
    outcome: 'answered',
  },
  { name: 'Unqueued: leaving', told: [QUEUED, [10, 'InteractionUnqueued']], state: 'leaving' },
  { name: 'QueueTimeout: leaving', told: [QUEUED, [10, 'InteractionQueueTimeout']], state: 'leaving' },
  {
    name: 'Queued again in the same queue: the same visit',
    told: [QUEUED, [10, 'InteractionQueued', { ...IN_QUEUE, queueTime: T0 / 1_000 + 10 }]],
    state: 'waiting',
  },
  {
    name: 'an offer that is taken back: waiting again',
    told: [QUEUED, ASSIGNED, [30, 'InteractionDeassigned', { agentId: AGENT }]],
    state: 'waiting',
  },
  {
    name: 'Unqueued while an agent is offered it is no departure',
    told: [QUEUED, ASSIGNED, [20, 'InteractionUnqueued']],
    state: 'offered',
  },
];

const LEAVING: readonly Row[] = [
  {
    name: 'Deleted by the customer: abandoned, and the wait ended when the queue was left',
    told: [QUEUED, [10, 'InteractionUnqueued'], [12, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' }]],
    state: 'done',
    outcome: 'abandoned',
    waited: 10,
  },
  {
    name: 'Deleted by the customer straight from waiting: abandoned',
    told: [QUEUED, [10, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' }]],
    state: 'done',
    outcome: 'abandoned',
    waited: 10,
  },
  {
    name: 'Deleted by the customer while it rings: abandoned',
    told: [QUEUED, ASSIGNED, [24, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' }]],
    state: 'done',
    outcome: 'abandoned',
    waited: 24,
  },
  {
    name: 'Assigned: back to offered',
    told: [QUEUED, [10, 'InteractionUnqueued'], ASSIGNED],
    state: 'offered',
  },
  {
    name: 'Accepted: on to handling, with the whole wait',
    told: [QUEUED, [10, 'InteractionUnqueued'], ACCEPTED],
    state: 'handling',
    outcome: 'answered',
    waited: 25,
  },
  {
    name: 'Deleted by the system after a time-out: diverted',
    told: [
      QUEUED,
      [10, 'InteractionQueueTimeout'],
      [11, 'InteractionDeleted', { hangupInitiator: 'SYSTEM' }],
    ],
    state: 'done',
    outcome: 'diverted',
    waited: 10,
  },
  {
    name: 'Deleted by the system without one: left',
    told: [QUEUED, [10, 'InteractionUnqueued'], [11, 'InteractionDeleted', { hangupInitiator: 'SYSTEM' }]],
    state: 'done',
    outcome: 'left',
  },
  {
    name: 'Deleted by an agent: left',
    told: [QUEUED, [11, 'InteractionDeleted', { hangupInitiator: 'AGENT' }]],
    state: 'done',
    outcome: 'left',
    waited: 11,
  },
  {
    name: 'hung up in a menu after the time-out: diverted, not abandoned',
    told: [
      QUEUED,
      [10, 'InteractionQueueTimeout'],
      [40, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER', isQueued: 'false' }],
    ],
    state: 'done',
    outcome: 'diverted',
    waited: 10,
  },
];

suite('visit states', () => {
  for (const { name, told, state, outcome, waited } of [...DIAGRAM, ...LEAVING]) {
    test(name, () => {
      const call = callOf(...told);
      assert.lengthOf(call.visits, 1);
      const visit = last(call);
      assert.equal(visit.state, state);
      if (outcome !== undefined) assert.equal(visit.outcome, outcome);
      if (waited !== undefined) assert.equal((visit.leftAt ?? 0) - visit.queuedAt, waited * 1_000);
    });
  }

  test('Queued in another queue diverts it from the first', () => {
    const call = callOf(QUEUED, [10, 'InteractionUnqueued'], [11, 'InteractionQueued', { queueId: 700 }]);
    assert.deepEqual(
      call.visits.map(({ queueId, state, outcome }) => [queueId, state, outcome]),
      [
        [QUEUE, 'done', 'diverted'],
        ['700', 'waiting', undefined],
      ],
    );
  });

  test('a new interaction that names it as its original diverts it', () => {
    const call = callOf(QUEUED, [10, 'InteractionUnqueued']);
    divert(call, T0 + 11_000);
    assert.equal(last(call).outcome, 'diverted');
  });

  test('an offer that names the queue time opens a missed visit late, with the right wait', () => {
    const visit = last(
      callOf([20, 'InteractionAssigned', { ...IN_QUEUE, queueTime: T0 / 1_000, agentId: AGENT }]),
    );
    assert.equal(visit.state, 'offered');
    assert.equal(visit.queuedAt, T0);
  });

  test('an offer that names no queue time opens none: no wait is invented', () => {
    assert.lengthOf(callOf([20, 'InteractionAssigned', { ...IN_QUEUE, agentId: AGENT }]).visits, 0);
  });

  test('a call that was only in the menus has no visit', () => {
    const call = callOf([0, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER', isQueued: false }]);
    assert.lengthOf(call.visits, 0);
  });

  test('an outbound call through a queue is no caller', () => {
    assert.lengthOf(callOf([0, 'InteractionQueued', { queueId: 591, direction: 'out' }]).visits, 0);
    assert.lengthOf(callOf(QUEUED).visits, 1);
  });

  test('a call that turns out to be outbound was no caller', () => {
    const bare: Told = [0, 'InteractionQueued', { queueId: 591 }];
    assert.lengthOf(callOf(bare, [5, 'InteractionAccepted', { direction: 'out' }]).visits, 0);
    const story = new Story(tileRequest()).at(0, 'InteractionQueued', { queueId: 591 });
    assert.equal(story.tile(1).waiting, 1);
    story.at(2, 'InteractionAssigned', { direction: 'out', agentId: AGENT });
    assert.equal(story.tile(3).waiting, 0);
    assert.equal(story.tile(3).entered, 0);
  });

  test('it entered when queueTime says so, and never after the event that tells it', () => {
    const told = (queueTime: number) => last(callOf([20, 'InteractionQueued', { ...IN_QUEUE, queueTime }]));
    assert.equal(told(T0 / 1_000 + 5).queuedAt, T0 + 5_000);
    assert.equal(told(T0 / 1_000 + 30).queuedAt, T0 + 20_000);
  });

  test('an offer for another queue with its queue time diverts it there', () => {
    const elsewhere: Told = [
      20,
      'InteractionAssigned',
      { queueId: 700, queueTime: T0 / 1_000 + 15, agentId: AGENT },
    ];
    assert.deepEqual(
      callOf(QUEUED, elsewhere).visits.map(({ queueId, state, outcome }) => [queueId, state, outcome]),
      [
        [QUEUE, 'done', 'diverted'],
        ['700', 'offered', undefined],
      ],
    );
    const unnamed = callOf(QUEUED, [20, 'InteractionAssigned', { queueId: 700, agentId: AGENT }]);
    assert.deepEqual(
      unnamed.visits.map(({ queueId, state }) => [queueId, state]),
      [[QUEUE, 'offered']],
    );
  });

  test('back in the queue after a conversation is a new visit, a repeated old message is none', () => {
    const again = (queueTime: number): Told => [90, 'InteractionQueued', { ...IN_QUEUE, queueTime }];
    const answered = [QUEUED, ACCEPTED, WRAP_UP] as const;
    assert.lengthOf(callOf(...answered, again(T0 / 1_000 + 90)).visits, 2);
    assert.lengthOf(callOf(...answered, again(T0 / 1_000)).visits, 1);
    const offered = (queueTime: number): Told => [
      90,
      'InteractionAssigned',
      { ...IN_QUEUE, queueTime, agentId: AGENT },
    ];
    assert.lengthOf(callOf(...answered, offered(T0 / 1_000 + 85)).visits, 2);
    assert.lengthOf(callOf(...answered, offered(T0 / 1_000 + 25)).visits, 1);
  });

  test('one leg of a conference that is deleted ends no handling', () => {
    const call = callOf(
      QUEUED,
      ACCEPTED,
      [30, 'InteractionAccepted', { agentId: OTHER_AGENT }],
      [60, 'InteractionDeleted', { agentId: OTHER_AGENT, hangupInitiator: 'AGENT' }],
    );
    assert.equal(last(call).state, 'handling');
  });

  test('wrap-up proves an answer whose time is not known', () => {
    const visit = last(callOf(QUEUED, WRAP_UP));
    assert.equal(visit.outcome, 'answered');
    assert.isFalse(visit.isWaitKnown);
  });

  test('Queued without a queue id falls back on the latest visit', () => {
    assert.lengthOf(callOf(QUEUED, [10, 'InteractionUnqueued'], [11, 'InteractionQueued']).visits, 1);
  });
});

suite('leaving a queue, by the clock', () => {
  const story = () =>
    new Story(tileRequest()).at(0, 'InteractionQueued', IN_QUEUE).at(30, 'InteractionUnqueued');

  test('it stops waiting at once and has left after 10 s', () => {
    const told = story();
    assert.equal(told.tile(31).waiting, 0);
    assert.equal(told.tile(39).finished, 0);
    assert.equal(told.tile(40).finished, 1);
    assert.equal(told.tile(40).abandoned, 0);
  });

  test('proof that comes later corrects it', () => {
    const told = story();
    assert.equal(told.tile(50).finished, 1);
    told.at(55, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.equal(told.tile(56).finished, 1);
    assert.equal(told.tile(56).abandoned, 1);
  });

  test('the drain is due when it resolves', () => {
    const told = story();
    told.tile(31);
    assert.equal(told.model.nextDue(), T0 + 40_000);
  });

  test('an offer puts it back, as if it had never left', () => {
    const told = story().at(31, 'InteractionAssigned', { agentId: AGENT });
    assert.equal(told.tile(60).waiting, 1);
    assert.equal(told.tile(60).ringing, 1);
    assert.equal(told.tile(60).longestWaitSince, T0);
  });

  test("a transfer's new leg takes it over", () => {
    const told = story().tell({
      Interaction: {
        event: 'InteractionCreated',
        interactionGUID: 'int-2',
        msgInfo: { timestamp: T0 + 31_000 },
        attachedData: attached({
          originalInteractionGuid: 'int-1963f541b9f-wgyWcn0J0hwtyhN4XfMHIfCIO-phone-01-tenant01',
        }),
      },
    });
    assert.equal(told.tile(32).finished, 1, 'it is known before the 10 s are over');
    told.at(32, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    // Out of order: the call is worked out anew, and its successor is not forgotten.
    told.at(29, 'InteractionQueued', IN_QUEUE);
    assert.equal(told.tile(60).abandoned, 0);
    assert.equal(told.tile(60).finished, 1);
  });
});

suite('visits whose end was lost', () => {
  const HOUR = 3_600;
  for (const [media, hours] of [
    [0, 2],
    [2, 24],
    [1, 14 * 24],
  ] as const) {
    test(`resourceType ${media} waits for ${hours} h at most`, () => {
      const story = new Story(tileRequest()).at(0, 'InteractionQueued', { ...IN_QUEUE, resourceType: media });
      assert.equal(story.tile(hours * HOUR - 1).waiting, 1);
      assert.equal(story.tile(hours * HOUR).waiting, 0);
      assert.isUndefined(story.tile(hours * HOUR).longestWaitSince);
    });
  }

  test('an event after that brings it back', () => {
    const story = new Story(tileRequest()).at(0, 'InteractionQueued', IN_QUEUE);
    assert.equal(story.tile(2 * HOUR).waiting, 0);
    story.at(2 * HOUR + 1, 'InteractionAssigned', { agentId: AGENT });
    assert.equal(story.tile(2 * HOUR + 1).waiting, 1);
  });
});
