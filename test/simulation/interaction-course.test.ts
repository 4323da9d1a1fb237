import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { simulate, type JsonObject, type SimulatedEvent } from '../../demo/server/simulation/index.js';
import { HOUR_MS, MORNING, day, interactionOf, participants, text } from './support/day.js';

type Stage = 'none' | 'created' | 'waiting' | 'timedOut' | 'withAgents' | 'leaving' | 'ended';
type Leg = 'offered' | 'handling' | 'wrapUp' | 'wrapped' | 'released';

interface Course {
  stage: Stage;
  readonly legs: Map<string, Leg>;
  isOnHold: boolean;
  isMuted: boolean;
}

/** Which stages allow an event of the interaction as a whole, and where it leads. */
const stages: Readonly<Record<string, { readonly from: readonly Stage[]; readonly to: Stage }>> = {
  InteractionCreated: { from: ['none'], to: 'created' },
  InteractionQueued: { from: ['created', 'waiting', 'timedOut'], to: 'waiting' },
  InteractionUnqueued: { from: ['waiting'], to: 'leaving' },
  InteractionQueueTimeout: { from: ['waiting'], to: 'timedOut' },
  InteractionAssigned: { from: ['created', 'waiting'], to: 'withAgents' },
  InteractionRejected: { from: ['withAgents'], to: 'waiting' },
  InteractionDeleted: { from: ['created', 'timedOut', 'leaving', 'withAgents'], to: 'ended' },
};

/** Which states of the agent's leg allow an event, and where it leads. */
const legs: Readonly<Record<string, { readonly from: readonly (Leg | undefined)[]; readonly to?: Leg }>> = {
  InteractionAssigned: { from: [undefined, 'released'], to: 'offered' },
  InteractionAccepted: { from: ['offered'], to: 'handling' },
  InteractionCustomerAccepted: { from: ['handling'] },
  InteractionRejected: { from: ['offered'], to: 'released' },
  LineHoldStatus: { from: ['handling'] },
  LineMuteStatus: { from: ['handling'] },
  InteractionRecordingStarted: { from: ['handling'] },
  RecordingStatus: { from: ['handling'] },
  InteractionRecordingReady: { from: ['wrapUp'] },
  InteractionTransferRequest: { from: ['handling'] },
  InteractionReconnect: { from: ['handling'] },
  InteractionPostProcess: { from: ['handling'], to: 'wrapUp' },
  InteractionEndPostProcess: { from: ['wrapUp'], to: 'wrapped' },
  InteractionDeassigned: { from: ['offered', 'handling', 'wrapped'], to: 'released' },
};

/** Takes one event into the course. Throws when the event is not allowed there. */
function advance(course: Course, type: string, members: JsonObject): void {
  const where = `${type} in stage ${course.stage} of ${text(members, 'interactionGUID')}`;
  assert.notEqual(course.stage, 'ended', where);
  const stage = stages[type];
  if (stage !== undefined) {
    assert.ok(stage.from.includes(course.stage), where);
    course.stage = stage.to;
  }
  const leg = legs[type];
  if (leg !== undefined) {
    const agentId = text(members, 'agentId');
    const state = course.legs.get(agentId);
    assert.ok(leg.from.includes(state), `${where}, leg ${state}`);
    if (leg.to !== undefined) course.legs.set(agentId, leg.to);
  }
  if (type === 'InteractionParticipantChange') {
    for (const agentId of participants(members)) {
      const state = course.legs.get(agentId);
      assert.ok(state === undefined || state === 'released', `${where}: ${agentId} joins twice`);
      course.legs.set(agentId, 'handling');
    }
  }
  if (type === 'InteractionDeleted') {
    for (const [agentId, state] of course.legs)
      assert.equal(state, 'released', `${where}: ${agentId} still ${state}`);
  }
  if (type === 'LineHoldStatus') {
    const isOn = String(members['status']) === 'true';
    assert.notEqual(isOn, course.isOnHold, `${where}: hold twice the same`);
    course.isOnHold = isOn;
  }
  if (type === 'LineMuteStatus') {
    const isOn = String(members['status']) === 'true';
    assert.notEqual(isOn, course.isMuted, `${where}: mute twice the same`);
    course.isMuted = isOn;
  }
}

/** The course of every interaction, each event checked. */
function walk(
  events: readonly SimulatedEvent[],
): ReadonlyMap<string, Course & { readonly createdAt: number }> {
  const courses = new Map<string, Course & { readonly createdAt: number }>();
  for (const event of events) {
    const members = interactionOf(event);
    if (members === undefined) continue;
    const guid = text(members, 'interactionGUID');
    const course = courses.get(guid) ?? {
      stage: 'none',
      legs: new Map(),
      isOnHold: false,
      isMuted: false,
      createdAt: event.at,
    };
    courses.set(guid, course);
    advance(course, event.type, members);
  }
  return courses;
}

suite('the course of an interaction', () => {
  test('every event of a day is allowed where it comes', () => {
    assert.equal(walk(day()).size > 2_000, true);
  });

  test('it is so for ten seeds, at high speed too', () => {
    for (let seed = 100; seed < 110; seed += 1) {
      const speed = seed % 2 === 0 ? 1 : 200;
      walk([...simulate({ seed, from: MORNING, until: MORNING + (6 * HOUR_MS) / speed, speed })]);
    }
  });

  test('it is so when the first agent is hurried in the middle of a day', () => {
    for (let seed = 200; seed < 240; seed += 1) {
      const liveFrom = MORNING + 20 * 60_000 + seed * 1_000;
      walk([...simulate({ seed, from: MORNING, until: MORNING + HOUR_MS, liveFrom })]);
    }
  });

  test('every interaction that began an hour before the end has ended', () => {
    const end = MORNING + 24 * HOUR_MS;
    for (const [guid, course] of walk(day())) {
      if (course.createdAt < end - HOUR_MS) assert.equal(course.stage, 'ended', guid);
    }
  });

  test('the checker itself refuses an answer that nobody was offered', () => {
    const stolen = day().filter(({ type }) => type !== 'InteractionAssigned');
    assert.throws(() => walk(stolen), /InteractionAccepted/);
  });

  test('every kind of course occurs within a day', () => {
    const events = day();
    const types = new Set(events.map(({ type }) => type));
    for (const type of Object.keys({
      ...stages,
      ...legs,
      GuestChatEnd: true,
      InteractionParticipantChange: true,
    })) {
      assert.ok(types.has(type), `${type} never occurs`);
    }
    const members = events.map(interactionOf).filter((inner) => inner !== undefined);
    const rejectReasons = new Set(
      members.filter(({ event }) => event === 'InteractionRejected').map((m) => m['rejectReason']),
    );
    assert.deepEqual([...rejectReasons].sort(), [0, 1, 2]);
    const deleted = members.filter(({ event }) => event === 'InteractionDeleted');
    const initiators = new Set(deleted.map((m) => m['hangupInitiator']));
    assert.deepEqual([...initiators].sort(), ['AGENT', 'CUSTOMER', 'SYSTEM']);
    const reasons = new Set(deleted.map((m) => m['callHangupReason']));
    for (const reason of [
      'NORMAL',
      'NOANSWER',
      'BUSY',
      'BADADDRESS',
      'REJECTED',
      'BLOCKED',
      'CANCELLED',
      'FAILED',
    ]) {
      assert.ok(reasons.has(`CEC_DISCONNECT_${reason}`), `${reason} never occurs`);
    }
    assert.equal(reasons.has('CEC_NONE'), true);
  });

  test('customers leave a queue within five seconds, later, and from the menu before it', () => {
    const queuedAt = new Map<string, number>();
    const handled = new Set<string>();
    const outcomes = { short: 0, long: 0, menu: 0 };
    for (const event of day()) {
      const members = interactionOf(event);
      if (members === undefined) continue;
      const guid = text(members, 'interactionGUID');
      if (event.type === 'InteractionQueued' && !queuedAt.has(guid)) queuedAt.set(guid, event.at);
      if (event.type === 'InteractionAccepted') handled.add(guid);
      if (
        event.type !== 'InteractionDeleted' ||
        handled.has(guid) ||
        members['hangupInitiator'] !== 'CUSTOMER'
      )
        continue;
      const from = queuedAt.get(guid);
      assert.equal(String(members['isQueued']), String(from !== undefined), guid);
      if (from === undefined) outcomes.menu += 1;
      else if (event.at - from < 5_000) outcomes.short += 1;
      else outcomes.long += 1;
    }
    for (const [outcome, count] of Object.entries(outcomes)) assert.ok(count > 10, `${outcome}: ${count}`);
  });

  test('a chat agent has two chats at a time, and never more', () => {
    const held = new Map<string, Set<string>>();
    let most = 0;
    for (const event of day()) {
      const members = interactionOf(event);
      if (members === undefined || typeof members['agentId'] !== 'string') continue;
      const own = held.get(members['agentId']) ?? new Set();
      held.set(members['agentId'], own);
      const guid = text(members, 'interactionGUID');
      if (event.type === 'InteractionAccepted' && guid.includes('-chat-')) own.add(guid);
      if (event.type === 'InteractionDeassigned') own.delete(guid);
      most = Math.max(most, own.size);
    }
    assert.equal(most, 2);
  });

  test('a customer transferred to a queue comes back as a new interaction that names the old one', () => {
    const known = new Set<string>();
    let count = 0;
    for (const event of day()) {
      const members = interactionOf(event);
      if (members === undefined) continue;
      known.add(text(members, 'interactionGUID'));
      const data = members['attachedData'];
      if (event.type !== 'InteractionQueued') continue;
      const origin = JSON.stringify(data).match(
        /"originalInteractionGuid","attachedDataValue":"([^"]+)"/,
      )?.[1];
      if (origin === undefined) continue;
      count += 1;
      assert.equal(known.has(origin), true);
      assert.notEqual(origin, members['interactionGUID']);
    }
    assert.ok(count > 10, `${count} transfers`);
  });
});
