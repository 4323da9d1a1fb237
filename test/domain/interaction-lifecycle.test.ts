/** From offer to wrap-up: states, phases, times and outcomes, in order, with holes and from two points of view. */
import { assert } from '@open-wc/testing';
import type { InteractionRow, LiveCard, LiveState, PhaseName } from '../../src/protocol/views.js';
import {
  AGENT,
  attached,
  feedRequest,
  GUID,
  OTHER_AGENT,
  QUEUE,
  Story,
  T0,
  type Fields,
} from './payloads.js';

const MINE: Fields = { agentId: AGENT, participatingAgents: AGENT };
const OTHERS: Fields = { agentId: OTHER_AGENT, participatingAgents: OTHER_AGENT };
const IN_QUEUE: Fields = { queueId: Number(QUEUE), direction: 'in', resourceType: 0 };

const agentStory = () => new Story(feedRequest({ agentId: AGENT }));
const tenantStory = () => new Story(feedRequest());

function card(story: Story): LiveCard {
  const { live } = story.feed();
  assert.lengthOf(live, 1, 'one live card');
  return live[0] as LiveCard;
}

function row(story: Story, atSeconds = 0): InteractionRow {
  const { live, rows } = story.feed(atSeconds);
  assert.lengthOf(live, 0, 'no live card');
  assert.lengthOf(rows, 1, 'one row');
  const first = rows[0];
  if (first?.kind !== 'interaction') throw new Error('the row is no interaction');
  return first;
}

/** Offered after 72 s, answered after 7, on hold for 38, over after 120 s of talk, 52 s of wrap-up. */
function wholeCall(story: Story): Story {
  return story
    .at(0, 'InteractionQueued', { ...IN_QUEUE, queueTime: T0 / 1_000 })
    .at(72, 'InteractionAssigned', { ...MINE, ...IN_QUEUE, promptingTimeout: 30 })
    .at(79, 'InteractionAccepted', MINE)
    .at(100, 'LineHoldStatus', { ...MINE, status: true })
    .at(138, 'LineHoldStatus', { ...MINE, status: false })
    .at(237, 'InteractionPostProcess', MINE)
    .at(289, 'InteractionEndPostProcess', MINE)
    .at(289, 'InteractionDeassigned', MINE)
    .at(290, 'InteractionDeleted', {
      hangupInitiator: 'CUSTOMER',
      callHangupReason: 'CEC_DISCONNECT_NORMAL',
    });
}

suite('an inbound call', () => {
  const MOMENTS: readonly (readonly [string, number, Fields, LiveState, PhaseName])[] = [
    ['InteractionCreated', 0, {}, 'waiting', 'wait'],
    ['InteractionQueued', 5, IN_QUEUE, 'waiting', 'wait'],
    ['InteractionAssigned', 20, MINE, 'ringing', 'ring'],
    ['InteractionAccepted', 25, MINE, 'on-call', 'talk'],
    ['LineHoldStatus', 40, { ...MINE, status: true }, 'on-hold', 'hold'],
    ['LineHoldStatus', 50, { ...MINE, status: 'false' }, 'on-call', 'talk'],
    ['LineMuteStatus', 55, { ...MINE, status: true }, 'on-call', 'talk'],
    ['InteractionPostProcess', 60, MINE, 'wrap-up', 'wrap-up'],
  ];

  test('shows its state after every event', () => {
    const story = agentStory();
    for (const [name, seconds, fields, state, phase] of MOMENTS) {
      const shown = card(story.at(seconds, name, fields));
      assert.equal(shown.state, state, `${name} at ${seconds} s`);
      assert.equal(shown.phase, phase, `${name} at ${seconds} s`);
    }
  });

  test('does not read callState', () => {
    const shown = card(agentStory().at(0, 'InteractionAccepted', { ...MINE, callState: 'CS_IDLE' }));
    assert.equal(shown.state, 'on-call');
  });

  test('becomes a row with the time of every phase', () => {
    const ended = row(wholeCall(agentStory()));
    assert.deepEqual(ended.durations, {
      wait: 72_000,
      ring: 7_000,
      talk: 120_000,
      hold: 38_000,
      'wrap-up': 52_000,
    });
    assert.equal(ended.totalMs, 289_000);
    assert.deepEqual(ended.outcome, { key: 'ended-by-customer', totalMs: 289_000 });
    assert.equal(ended.at, T0 + 289_000, 'it shows when it ended');
    assert.equal(ended.media, 'phone', 'the end events name no media');
  });

  test('tells its story when the row is opened', () => {
    const story = new Story(feedRequest({ agentId: AGENT, expanded: [`i:${GUID}`] }));
    const { steps } = row(wholeCall(story));
    assert.deepEqual(
      steps?.map(({ sentence }) => sentence),
      [
        { key: 'waiting', queue: { id: QUEUE, name: undefined } },
        {
          key: 'offered',
          caller: undefined,
          queue: { id: QUEUE, name: undefined },
          waitedMs: 72_000,
        },
        { key: 'answered', ringMs: 7_000 },
        { key: 'on-hold' },
        { key: 'off-hold', heldMs: 38_000 },
        { key: 'wrap-up-started', handledMs: 158_000 },
        { key: 'wrap-up-done', wrapUpMs: 52_000 },
        { key: 'ended-by-customer', totalMs: 289_000 },
      ],
    );
  });

  test('counts down from promptingTimeout while it rings and no longer', () => {
    const story = agentStory().at(0, 'InteractionAssigned', { ...MINE, promptingTimeout: 30 });
    assert.equal(card(story).ringLimitMs, 30_000);
    assert.isUndefined(card(story.at(4, 'InteractionAccepted', MINE)).ringLimitMs);
  });

  test('menus before the queue are no waiting', () => {
    const story = agentStory().at(0, 'InteractionCreated').at(40, 'InteractionQueued', IN_QUEUE);
    assert.equal(card(story).startedAt, T0 + 40_000);
    assert.equal(card(story.at(50, 'InteractionAssigned', MINE)).durations.wait, 10_000);
  });

  test('knows its wait from queueTime when Queued was missed', () => {
    const story = agentStory().at(72, 'InteractionAssigned', { ...MINE, queueTime: T0 / 1_000 });
    assert.equal(card(story).durations.wait, 72_000);
    assert.equal(card(story).startedAt, T0);
  });

  test('knows its total from queueTime when the offer was missed too', () => {
    const story = agentStory()
      .at(72, 'InteractionAccepted', { ...MINE, queueTime: T0 / 1_000 })
      .at(80, 'InteractionDeleted', { hangupInitiator: 'AGENT' });
    assert.equal(row(story).totalMs, 80_000);
  });

  test('is not opened again by an offer of the second in which it ended', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(60, 'InteractionDeleted', { hangupInitiator: 'AGENT' })
      .at(60, 'InteractionAssigned', MINE);
    assert.equal(row(story).outcome.key, 'ended-by-agent');
  });

  test('keeps an SMS an SMS when a later event only says chat', () => {
    const story = agentStory()
      .at(0, 'InteractionAssigned', { ...MINE, resourceType: 3, mediaType: 'chat' })
      .at(1, 'InteractionAccepted', { ...MINE, mediaType: 'chat' });
    assert.equal(card(story).media, 'sms');
  });

  test('shows recording and mute', () => {
    const story = agentStory().at(0, 'InteractionAccepted', MINE).at(1, 'InteractionRecordingStarted', MINE);
    assert.isTrue(card(story).isRecording);
    assert.isFalse(card(story.at(2, 'RecordingStatus', { ...MINE, status: 'pause' })).isRecording);
    assert.isTrue(card(story.at(3, 'RecordingStatus', { ...MINE, status: 'resume' })).isRecording);
    assert.isTrue(card(story.at(4, 'LineMuteStatus', { ...MINE, status: true })).isMuted);
    assert.isFalse(card(story.at(5, 'LineMuteStatus', { ...MINE, status: false })).isMuted);
  });
});

suite('an outbound call', () => {
  const OUT: Fields = { ...MINE, direction: 'out', isOutboundCall: true };

  test('rings at the customer until the customer answers', () => {
    const story = agentStory().at(0, 'InteractionCreated', OUT);
    assert.equal(card(story).state, 'calling');
    assert.equal(card(story.at(1, 'InteractionAssigned', OUT)).state, 'calling');
    assert.equal(card(story.at(2, 'InteractionAccepted', OUT)).state, 'calling');
    const talking = card(story.at(12, 'InteractionCustomerAccepted', OUT));
    assert.equal(talking.state, 'on-call');
    assert.equal(talking.durations.ring, 12_000);
    assert.equal(talking.startedAt, T0);
    story.at(72, 'InteractionPostProcess', OUT).at(80, 'InteractionEndPostProcess', OUT);
    story.model.watch(1, feedRequest({ agentId: AGENT, expanded: [`i:${GUID}`] }));
    const handled = row(story).steps?.find(({ sentence }) => sentence.key === 'wrap-up-started');
    assert.deepEqual(handled?.sentence, { key: 'wrap-up-started', handledMs: 60_000 });
  });

  test('from a campaign rings at the agent first', () => {
    const story = agentStory().at(0, 'InteractionAssigned', { ...OUT, promptingTimeout: 30 });
    assert.equal(card(story).state, 'ringing');
  });

  test('that nobody answers failed for that reason', () => {
    const story = agentStory()
      .at(0, 'InteractionCreated', OUT)
      .at(2, 'InteractionAccepted', OUT)
      .at(30, 'InteractionDeleted', {
        hangupInitiator: 'SYSTEM',
        callHangupReason: 'CEC_DISCONNECT_NOANSWER',
      });
    assert.deepEqual(row(story).outcome, { key: 'failed', reason: 'noanswer' });
    assert.equal(row(story).tone, 'warn');
  });
});

suite('how it ended', () => {
  const talk = (fields: Fields) =>
    row(
      agentStory()
        .at(0, 'InteractionAssigned', { ...MINE, direction: 'in' })
        .at(5, 'InteractionAccepted', MINE)
        .at(65, 'InteractionDeleted', fields),
    );

  test('who hung up', () => {
    assert.deepEqual(talk({ hangupInitiator: 'CUSTOMER' }).outcome, {
      key: 'ended-by-customer',
      totalMs: 65_000,
    });
    assert.deepEqual(talk({ hangupInitiator: 'AGENT' }).outcome, { key: 'ended-by-agent', totalMs: 65_000 });
    assert.deepEqual(talk({ hangupInitiator: 'SYSTEM' }).outcome, {
      key: 'ended-by-system',
      totalMs: 65_000,
    });
    assert.deepEqual(talk({}).outcome, { key: 'ended', totalMs: 65_000 });
  });

  test('after a conversation only FAILED is a fault', () => {
    const failed = talk({ hangupInitiator: 'SYSTEM', callHangupReason: 'CEC_DISCONNECT_FAILED' });
    assert.deepEqual(failed.outcome, { key: 'failed', reason: 'failed' });
    const cancelled = talk({ hangupInitiator: 'AGENT', callHangupReason: 'CEC_DISCONNECT_CANCELLED' });
    assert.equal(cancelled.outcome.key, 'ended-by-agent');
  });

  test('the customer who hangs up while it rings has abandoned', () => {
    const story = agentStory()
      .at(30, 'InteractionAssigned', { ...MINE, ...IN_QUEUE, queueTime: T0 / 1_000 })
      .at(42, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(row(story).outcome, { key: 'abandoned', waitedMs: 42_000 });
  });

  test('a call that ended in the menus was not abandoned', () => {
    const story = tenantStory()
      .at(0, 'InteractionCreated', { resourceType: 0 })
      .at(20, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER', isQueued: false });
    assert.deepEqual(row(story).outcome, { key: 'ended-by-customer', totalMs: 20_000 });
  });

  test('the customer who leaves a chat has ended it', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', { ...MINE, resourceType: 2 })
      .at(60, 'GuestChatEnd')
      .at(61, 'InteractionPostProcess', MINE)
      .at(70, 'InteractionEndPostProcess', MINE);
    assert.equal(row(story).outcome.key, 'ended-by-customer');
  });

  test('without a word about who hung up, wrap-up is what ended', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(60, 'InteractionPostProcess', MINE)
      .at(70, 'InteractionEndPostProcess', MINE);
    assert.deepEqual(row(story).outcome, { key: 'wrap-up-done', wrapUpMs: 10_000 });
  });
});

suite("the agent's view", () => {
  for (const [code, key] of [
    [1, 'missed'],
    [2, 'declined'],
    [0, 'not-accepted'],
  ] as const) {
    test(`an offer rejected for reason ${code} ends as ${key}`, () => {
      const story = agentStory()
        .at(0, 'InteractionAssigned', { ...MINE, ...IN_QUEUE })
        .at(30, 'InteractionRejected', { ...MINE, rejectReason: code });
      const ended = row(story);
      assert.deepEqual(ended.outcome, { key });
      assert.equal(ended.icon, 'missed');
      assert.equal(ended.durations.ring, 30_000);
      assert.equal(ended.totalMs, 30_000);
    });
  }

  test('a later offer opens the same interaction again', () => {
    const story = agentStory()
      .at(0, 'InteractionAssigned', MINE)
      .at(30, 'InteractionRejected', { ...MINE, rejectReason: 1 });
    assert.lengthOf(story.feed().rows, 1);
    story.at(60, 'InteractionAssigned', MINE);
    assert.equal(card(story).state, 'ringing');
    assert.lengthOf(story.feed().rows, 0, 'it is a card, not a row');
    story.at(65, 'InteractionAccepted', MINE);
    assert.equal(card(story).durations.ring, 35_000);
  });

  test('what becomes of a missed interaction elsewhere does not change the row', () => {
    const story = agentStory()
      .at(0, 'InteractionAssigned', MINE)
      .at(30, 'InteractionRejected', { ...MINE, rejectReason: 1 })
      .at(31, 'InteractionQueued', IN_QUEUE)
      .at(40, 'InteractionAssigned', OTHERS)
      .at(45, 'InteractionAccepted', OTHERS)
      .at(90, 'InteractionPostProcess', OTHERS)
      .at(95, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(row(story).outcome, { key: 'missed' });
    assert.equal(row(story).totalMs, 30_000);
  });

  test("another agent's wrap-up in a conference is not ours", () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(10, 'InteractionAccepted', OTHERS)
      .at(20, 'InteractionPostProcess', OTHERS)
      .at(30, 'InteractionEndPostProcess', OTHERS);
    assert.equal(card(story).state, 'on-call');
  });

  test('a leg that is deleted while we talk on ends nothing', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(10, 'InteractionAccepted', OTHERS)
      .at(20, 'InteractionDeleted', { ...OTHERS, hangupInitiator: 'AGENT' });
    assert.equal(card(story).state, 'on-call');
    story.at(60, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.equal(row(story).outcome.key, 'ended-by-customer');
  });

  test('what a leg says about its own end is not said of the whole', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(10, 'InteractionAccepted', OTHERS)
      .at(20, 'InteractionDeleted', {
        ...OTHERS,
        hangupInitiator: 'SYSTEM',
        callHangupReason: 'CEC_DISCONNECT_FAILED',
      })
      .at(60, 'InteractionDeleted');
    assert.deepEqual(row(story).outcome, { key: 'ended', totalMs: 60_000 });
  });

  test('legs without a name leave one by one, ours last', () => {
    const story = agentStory()
      .at(0, 'InteractionParticipantChange', { participatingAgents: `${AGENT},${OTHER_AGENT},agThird` })
      .at(10, 'InteractionDeleted')
      .at(20, 'InteractionDeleted');
    assert.equal(card(story).state, 'on-call');
    story.at(30, 'LineMuteStatus', { ...MINE, status: true });
    assert.isTrue(card(story).isMuted);
    assert.lengthOf(story.at(40, 'InteractionDeleted').feed().live, 0);
  });

  test('a second offer that is taken back was not accepted, though the first one was missed', () => {
    const story = agentStory()
      .at(0, 'InteractionAssigned', MINE)
      .at(30, 'InteractionRejected', { ...MINE, rejectReason: 1 })
      .at(40, 'InteractionAssigned', MINE)
      .at(50, 'InteractionDeassigned', MINE);
    assert.deepEqual(row(story).outcome, { key: 'not-accepted' });
  });

  test('an agent who joins a conference is on the call', () => {
    const story = agentStory().at(0, 'InteractionParticipantChange', {
      agentId: OTHER_AGENT,
      participatingAgents: `${OTHER_AGENT};${AGENT}`,
    });
    assert.equal(card(story).state, 'on-call');
  });

  test('a preview offer that times out by Deassigned was not accepted', () => {
    const story = agentStory().at(0, 'InteractionAssigned', MINE).at(30, 'InteractionDeassigned', MINE);
    assert.deepEqual(row(story).outcome, { key: 'not-accepted' });
  });
});

suite("the tenant's view", () => {
  test('a rejected offer goes back to waiting', () => {
    const story = tenantStory()
      .at(0, 'InteractionQueued', IN_QUEUE)
      .at(10, 'InteractionAssigned', MINE)
      .at(40, 'InteractionRejected', { ...MINE, rejectReason: 1 });
    assert.equal(card(story).state, 'waiting');
    assert.equal(card(story.at(50, 'InteractionAssigned', OTHERS)).state, 'ringing');
  });

  test('queued again while it rings: it waits again', () => {
    const story = tenantStory()
      .at(0, 'InteractionQueued', IN_QUEUE)
      .at(10, 'InteractionAssigned', MINE)
      .at(40, 'InteractionQueued', IN_QUEUE);
    assert.equal(card(story).state, 'waiting');
    assert.equal(card(story).durations.ring, 30_000);
    assert.isUndefined(card(story).ringLimitMs);
  });

  test('an agent who leaves a conference ends nothing while another one talks', () => {
    const story = tenantStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(10, 'InteractionAccepted', OTHERS)
      .at(20, 'InteractionPostProcess', MINE)
      .at(30, 'InteractionEndPostProcess', MINE)
      .at(31, 'InteractionDeassigned', MINE);
    assert.equal(card(story).state, 'on-call');
    assert.equal(card(story.at(60, 'InteractionPostProcess', OTHERS)).state, 'wrap-up');
  });

  test('who left the queue and is not heard of for 10 s has left', () => {
    const story = tenantStory().at(0, 'InteractionQueued', IN_QUEUE).at(30, 'InteractionUnqueued');
    assert.lengthOf(story.feed(39).live, 1);
    assert.lengthOf(story.feed(40).live, 0);
    assert.deepEqual(row(story, 40).outcome, { key: 'left-queue' });
  });

  test('who left the queue and hung up has abandoned, however late that is told', () => {
    const story = tenantStory().at(0, 'InteractionQueued', IN_QUEUE).at(30, 'InteractionUnqueued');
    story.feed(40);
    story.at(60, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(row(story).outcome, { key: 'abandoned', waitedMs: 30_000 });
  });

  test('an offer after leaving the queue is no departure', () => {
    const story = tenantStory()
      .at(0, 'InteractionQueued', IN_QUEUE)
      .at(30, 'InteractionUnqueued')
      .at(31, 'InteractionAssigned', MINE);
    assert.equal(story.feed(60).live[0]?.state, 'ringing');
  });

  test('twenty conference events are one step', () => {
    const story = new Story(feedRequest({ expanded: [`i:${GUID}`] })).at(0, 'InteractionAccepted', MINE);
    for (let index = 1; index <= 20; index += 1) {
      story.at(index, index % 2 === 0 ? 'InteractionJoined' : 'InteractionParticipantChange', {
        participatingAgents: `${AGENT},${OTHER_AGENT}`,
        agentId: AGENT,
        transactionNum: index,
      });
    }
    story.at(30, 'InteractionDeleted', OTHERS).at(40, 'InteractionDeleted', { hangupInitiator: 'AGENT' });
    const steps = row(story).steps?.map(({ sentence }) => sentence.key);
    assert.deepEqual(steps, ['answered', 'conference', 'ended-by-agent']);
  });
});

suite('holes in the story', () => {
  test('wrap-up without an answer still gives a row', () => {
    const story = agentStory()
      .at(10, 'InteractionPostProcess', { ...MINE, queueTime: T0 / 1_000 })
      .at(20, 'InteractionEndPostProcess', MINE);
    const ended = row(story);
    assert.equal(ended.durations['wrap-up'], 10_000);
    assert.isUndefined(ended.durations.talk, 'talk was not seen');
    assert.equal(ended.totalMs, 20_000);
  });

  test('the first thing heard is a hold: on hold, and the total is not known', () => {
    const story = agentStory().at(10, 'LineHoldStatus', { ...MINE, status: true });
    assert.equal(card(story).state, 'on-hold');
    story.at(20, 'InteractionDeleted', { hangupInitiator: 'AGENT' });
    assert.isUndefined(row(story).totalMs);
  });

  test('the first thing heard is mute: on the call', () => {
    assert.equal(card(agentStory().at(0, 'LineMuteStatus', { ...MINE, status: false })).state, 'on-call');
  });

  test('wrap-up is neither muted nor recorded', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(1, 'InteractionRecordingStarted', MINE)
      .at(2, 'LineMuteStatus', { ...MINE, status: true })
      .at(9, 'InteractionPostProcess', MINE);
    assert.isFalse(card(story).isRecording);
    assert.isFalse(card(story).isMuted);
  });

  test('only the end was heard', () => {
    for (const name of ['InteractionDeleted', 'InteractionEndPostProcess', 'InteractionDeassigned']) {
      const ended = row(agentStory().at(0, name, MINE));
      assert.isUndefined(ended.totalMs, name);
      assert.deepEqual(
        ended.durations,
        { wait: undefined, ring: undefined, talk: undefined, hold: undefined, 'wrap-up': undefined },
        name,
      );
    }
  });

  test('deleted during wrap-up: the row ends, and wrap-up counts to its real end', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(60, 'InteractionPostProcess', MINE)
      .at(61, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.equal(row(story).durations['wrap-up'], 1_000);
    story.at(90, 'InteractionEndPostProcess', MINE);
    assert.equal(row(story).durations['wrap-up'], 30_000);
    assert.equal(row(story).totalMs, 90_000);
  });

  test('wrap-up that begins after the deletion is a card again', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', MINE)
      .at(60, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' })
      .at(60, 'InteractionPostProcess', MINE);
    assert.equal(card(story).state, 'wrap-up');
  });

  test('an interaction of which only side events came is a row by its newest one', () => {
    const story = agentStory().at(0, 'InteractionRecordingReady', MINE);
    assert.deepEqual(row(story).outcome, { key: 'recording', state: 'ready' });
    assert.lengthOf(
      agentStory().at(0, 'InteractionChanged', MINE).feed().rows,
      0,
      'technical ones are not told',
    );
  });

  test('an unknown event is told by its words and moves nothing', () => {
    const story = new Story(feedRequest({ agentId: AGENT, expanded: [`i:${GUID}`] }))
      .at(0, 'InteractionAccepted', MINE)
      .at(5, 'InteractionSentimentChanged', MINE);
    assert.equal(card(story).state, 'on-call');
    story.at(9, 'InteractionDeleted');
    assert.deepEqual(row(story).steps?.[1]?.sentence, {
      key: 'event-name',
      words: 'Interaction sentiment changed',
    });
  });

  test('a call silent for longer than any shift has lost its end', () => {
    const story = agentStory()
      .at(0, 'InteractionAccepted', { ...MINE, resourceType: 0 })
      .at(60, 'InteractionChanged', MINE);
    assert.lengthOf(story.feed(12 * 3_600 + 59).live, 1);
    assert.equal(story.model.nextDue(), T0 + (12 * 3_600 + 60) * 1_000);
    assert.lengthOf(story.feed(12 * 3_600 + 60).live, 0);
    const lost = row(story, 12 * 3_600 + 60);
    assert.deepEqual(lost.outcome, { key: 'ended', totalMs: undefined });
    assert.equal(lost.durations.talk, 60_000, 'what was heard of counts, nothing is invented');
  });

  test('available after a gap: what was open before it has ended in it', () => {
    const story = agentStory().at(0, 'InteractionAccepted', MINE);
    const gap = { kind: 'history-expired', from: undefined, to: undefined } as const;
    story.model.gap(gap, T0 + 60_000, 'live');
    assert.lengthOf(story.feed().live, 1, 'it may go on');
    story.status(70, 4);
    assert.lengthOf(story.feed().live, 0);
  });

  test('on a topic of all agents so has what each of them had in hand, once all who took part are available', () => {
    const other = { agentId: 'agOther' };
    const [call, wrapUp, offer, waits] = ['call', 'wrap-up', 'offer', 'waits'].map((guid) => ({
      interactionGUID: guid,
    }));
    const story = tenantStory()
      .at(0, 'InteractionAccepted', { ...call, ...MINE })
      .at(1, 'InteractionAccepted', { ...call, ...other })
      .at(2, 'InteractionPostProcess', { ...wrapUp, ...other })
      .at(3, 'InteractionAssigned', { ...offer, ...other })
      .at(4, 'InteractionQueued', { ...waits, ...IN_QUEUE });
    const guids = (): readonly string[] => story.feed(70).live.map(({ guid }) => guid);
    story.status(5, 4, other);
    assert.lengthOf(guids(), 4, 'there was no gap');
    story.model.gap({ kind: 'history-expired', from: undefined, to: undefined }, T0 + 60_000, 'live');
    story.status(61, 3, other).status(62, 4, other);
    assert.sameMembers([...guids()], ['call', 'waits'], 'one of two is still in the call');
    story.status(63, 4);
    assert.deepEqual(guids(), ['waits']);
  });

  test('names and queue are remembered from earlier events', () => {
    const story = agentStory()
      .at(0, 'InteractionQueued', {
        ...IN_QUEUE,
        attachedData: attached({ remoteCallingName: 'Ada Byron', tenantSkillName: 'Support' }),
      })
      .at(5, 'InteractionAssigned', { ...MINE, attachedData: attached({ remotePhoneNum: '+447799147855' }) })
      .at(9, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(row(story).caller, { name: 'Ada Byron', number: '+447799147855' });
    assert.deepEqual(row(story).queue, { id: QUEUE, name: 'Support' });
  });
});
