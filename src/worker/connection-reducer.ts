/**
 * The connection as a pure function: `(state, event) → { state, effects }`. No clock, no chance, no socket: they come
 * in with the event. The table of every state by every event is docs/connection-states.md; a test holds the two
 * against each other. Owns when to dial, ask, give up and wait; refuses to own what a message means (`intake.ts`).
 */
import type { DropCause } from '../protocol/connection-status.js';
import { backoffMs, type Prospect } from './backoff.js';
import {
  CONNECT_TIMEOUT_MS,
  HANDOVER_AFTER_MS,
  HANDOVER_LIMIT_MS,
  HEALTHY_AFTER_MS,
  isUnstable,
  keepaliveDueAt,
  KEEPALIVE_REPLY_MS,
  MAX_SILENCE_MS,
  MAX_TOO_BIG,
  POSITION_SUSPECT_AFTER,
  PROBE_REPLY_MS,
  PROOF_TIMEOUT_MS,
  silenceDueAt,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type Keepalive,
  type Step,
  type Trail,
} from './connection-state.js';

/** Close codes (RFC 6455, 7.4.1, and the IANA registry of close codes). */
const TOO_BIG = 1009;
const GOING_AWAY: readonly number[] = [1001, 1012, 1013];

const NO_ROOM: DropCause = { kind: 'no-room' };
const NOTHING: readonly ConnectionEffect[] = [];
const HANG_UP: ConnectionEffect = { kind: 'hang-up' };
const ASK: ConnectionEffect = { kind: 'ask' };

/** A no-op returns the very same state and no effects. */
export function reduce(state: ConnectionState, event: ConnectionEvent): Step {
  if (event.kind === 'stop') return stop(state, event.now);
  switch (state.kind) {
    case 'idle':
      return event.kind === 'start' ? dial(freshTrail(event.now), event.now) : stay(state);
    case 'dialing':
      return whileDialing(state, event);
    case 'open':
      return whileOpen(state, event);
    case 'waiting':
      return whileWaiting(state, event);
    case 'failed':
      return event.kind === 'retry' || event.kind === 'credential'
        ? dial(freshTrail(event.now), event.now)
        : stay(state);
    case 'ended':
      return stay(state);
    default:
      return state satisfies never;
  }
}

function whileDialing(state: Extract<ConnectionState, { kind: 'dialing' }>, event: ConnectionEvent): Step {
  switch (event.kind) {
    case 'opened':
      return opened(state, event);
    case 'closed':
      return event.hadPosition && carriesPosition(state)
        ? refused(state, event)
        : neverOpened(state, event.now, event.chance, event.cause, NOTHING);
    case 'handover':
      return neverOpened(state, event.now, event.chance, { kind: 'lifecycle' }, NOTHING);
    case 'clock':
      if (event.now < state.giveUpAt) return stay(state);
      return neverOpened(state, event.now, event.chance, { kind: 'connect-timeout' }, [HANG_UP]);
    case 'offline':
      return state.isOffline
        ? stay(state)
        : { state: { ...state, isOffline: true, since: event.now }, effects: NOTHING };
    case 'wake':
      return state.isOffline ? { state: { ...state, isOffline: false }, effects: NOTHING } : stay(state);
    case 'credential':
      return dial(withOtherKey(state), event.now, [HANG_UP]);
    default:
      return stay(state);
  }
}

function opened(
  state: Extract<ConnectionState, { kind: 'dialing' }>,
  event: Extract<ConnectionEvent, { kind: 'opened' }>,
): Step {
  const { now } = event;
  if (state.position === 'probe') {
    // The service answers without the position: give the position one more chance before it is dropped.
    return dial({ ...trailOf(state), position: 'confirm' }, now, [HANG_UP]);
  }
  const isRefused = state.position === 'without';
  const trail: Trail = {
    ...trailOf(state),
    since: isUnstable(state) || state.isTakingOver ? state.since : now,
    hasOpened: true,
    refusals: 0,
    isOffline: false,
    isTakingOver: state.isTakingOver && !event.isAtLatest,
    // What comes now makes a new position, whatever became of the old one.
    position: 'carry',
  };
  const open: ConnectionState = {
    ...trail,
    kind: 'open',
    openedAt: now,
    answeredAt: now,
    isCaughtUp: event.isAtLatest,
    keepalive: event.mustProve
      ? { kind: 'asked', askedAt: now, replyBy: now + KEEPALIVE_REPLY_MS }
      : { kind: 'quiet' },
    proveBy: event.mustProve ? now + PROOF_TIMEOUT_MS : undefined,
  };
  const effects: ConnectionEffect[] = isRefused ? [{ kind: 'position-refused' }] : [];
  effects.push({ kind: 'begin' });
  // An answer shows that the service is there, so that silence means "no such message" and not "no service".
  if (event.mustProve) effects.push(ASK);
  if (event.isAtLatest) effects.push({ kind: 'caught-up' });
  return { state: open, effects };
}

/** A dial that named a position and failed: the position itself may be the reason. */
function refused(
  state: Extract<ConnectionState, { kind: 'dialing' }>,
  event: Extract<ConnectionEvent, { kind: 'closed' }>,
): Step {
  const trail: Trail = { ...trailOf(state), cause: causeOf(state, event.cause) };
  // Refused with the position, answered without it just before: answered without it once more, that is no chance.
  if (state.position === 'confirm') return dial({ ...trail, position: 'without' }, event.now);
  const refusals = state.refusals + 1;
  if (refusals < POSITION_SUSPECT_AFTER)
    return wait({ ...trail, refusals }, event.now, event.chance, NOTHING);
  return wait({ ...trail, refusals: 0, position: 'probe' }, event.now, event.chance, NOTHING);
}

function neverOpened(
  state: Extract<ConnectionState, { kind: 'dialing' }>,
  now: number,
  chance: number,
  cause: DropCause,
  before: readonly ConnectionEffect[],
): Step {
  // The service is not there for a dial without the position either: that proves nothing about the position.
  return wait({ ...trailOf(state), position: 'carry', cause: causeOf(state, cause) }, now, chance, before);
}

function whileOpen(state: Extract<ConnectionState, { kind: 'open' }>, event: ConnectionEvent): Step {
  switch (event.kind) {
    case 'closed':
      return lost(state, event.now, event.chance, event.cause, event.lastDataAt, NOTHING);
    case 'handover':
      return handedOver(state, event.now, event.chance);
    case 'proven':
      if (state.proveBy === undefined) return stay(state);
      // Nothing was missed: what comes next is as live as what came last.
      if (state.isTakingOver) return caughtUp({ ...state, proveBy: undefined }, event.now);
      return { state: { ...state, proveBy: undefined }, effects: NOTHING };
    case 'caught-up':
      return caughtUp(state, event.now);
    case 'end-of-topic':
      // The socket stays: the answer may overtake the last messages. Nobody dials again when it goes.
      if (event.isEnded) return { state: { kind: 'ended', since: event.now }, effects: NOTHING };
      return { state: { ...state, keepalive: { kind: 'quiet' }, answeredAt: event.now }, effects: NOTHING };
    case 'clock':
      return onClock(state, event);
    case 'retry':
      return probe(state, event.now);
    case 'wake':
      return probe(heardOfNetwork(state, false), event.now);
    case 'offline':
      // No proof (a VPN makes it fire over a healthy socket): ask, then decide.
      return probe(heardOfNetwork(state, true), event.now);
    case 'no-room':
      return {
        state: { ...trailOf(state), kind: 'waiting', since: event.now, cause: NO_ROOM, retryAt: Infinity },
        effects: [HANG_UP],
      };
    case 'room':
    case 'start':
    case 'opened':
    // The service checks the key at the handshake only.
    case 'credential':
    case 'hold':
      return stay(state);
    case 'stop':
      return stop(state, event.now);
    default:
      return event satisfies never;
  }
}

function heardOfNetwork(
  state: Extract<ConnectionState, { kind: 'open' }>,
  isOffline: boolean,
): Extract<ConnectionState, { kind: 'open' }> {
  return state.isOffline === isOffline ? state : { ...state, isOffline };
}

function probe(state: Extract<ConnectionState, { kind: 'open' }>, now: number): Step {
  const replyBy = now + PROBE_REPLY_MS;
  if (state.keepalive.kind === 'quiet') {
    return { state: { ...state, keepalive: { kind: 'asked', askedAt: now, replyBy } }, effects: [ASK] };
  }
  // Asked already, perhaps before the laptop slept: no new question, a shorter wait.
  if (state.keepalive.replyBy <= replyBy) return stay(state);
  return { state: { ...state, keepalive: { ...state.keepalive, replyBy } }, effects: NOTHING };
}

function onClock(
  state: Extract<ConnectionState, { kind: 'open' }>,
  event: Extract<ConnectionEvent, { kind: 'clock' }>,
): Step {
  const { now, chance, traffic } = event;
  const { lastDataAt } = traffic;
  if (isUnstable(state) && now >= state.openedAt + HEALTHY_AFTER_MS)
    return { state: { ...state, drops: 0, since: now }, effects: NOTHING };
  const heard = Math.max(lastDataAt, state.answeredAt);
  const { keepalive } = state;
  if (keepalive.kind === 'asked' && now >= keepalive.replyBy) {
    // Data counts as an answer: the reply itself may wait behind a thousand messages.
    if (heard > keepalive.askedAt) return onClock({ ...state, keepalive: { kind: 'quiet' } }, event);
    return lost(state, now, chance, { kind: 'keepalive-timeout' }, lastDataAt, [HANG_UP]);
  }
  if (keepalive.kind === 'asked') return stay(state);
  const dueAt = silenceDueAt(state, traffic);
  if (now < dueAt) return now < keepaliveDueAt(state, traffic) ? stay(state) : keepAlive(state, event);
  // Silence alone shows nothing: the network may be stuck, or the laptop have slept. Frames come in order, so the answer
  // to a question put now shows that nothing is on its way.
  if (state.answeredAt < dueAt) return ask(state, now);
  if (state.proveBy === undefined) return caughtUp(state, now);
  return { state: { ...state, proveBy: undefined }, effects: [{ kind: 'position-unknown' }] };
}

function keepAlive(
  state: Extract<ConnectionState, { kind: 'open' }>,
  { now, traffic }: Extract<ConnectionEvent, { kind: 'clock' }>,
): Step {
  const isStalled = state.isCaughtUp && traffic.hasNews && now >= traffic.silentSince + MAX_SILENCE_MS;
  if (!isStalled) return ask(state, now);
  return dial({ ...trailOf(state), since: now, cause: { kind: 'silence' } }, now, [HANG_UP]);
}

function ask(state: Extract<ConnectionState, { kind: 'open' }>, now: number): Step {
  const keepalive: Keepalive = { kind: 'asked', askedAt: now, replyBy: now + KEEPALIVE_REPLY_MS };
  return { state: { ...state, keepalive }, effects: [ASK] };
}

function caughtUp(state: Extract<ConnectionState, { kind: 'open' }>, now: number): Step {
  if (state.isCaughtUp || state.proveBy !== undefined) return stay(state);
  const since = state.isTakingOver ? state.since : now;
  return {
    state: { ...state, isCaughtUp: true, isTakingOver: false, since },
    effects: [{ kind: 'caught-up' }],
  };
}

function handedOver(state: Extract<ConnectionState, { kind: 'open' }>, now: number, chance: number): Step {
  const trail: Trail = { ...trailOf(state), cause: { kind: 'lifecycle' } };
  if (now < state.openedAt + HANDOVER_AFTER_MS) return wait({ ...trail, since: now }, now, chance, NOTHING);
  const isTakingOver = state.isCaughtUp || state.isTakingOver;
  return dial(isTakingOver ? { ...trail, isTakingOver } : { ...trail, since: now }, now);
}

function lost(
  state: Extract<ConnectionState, { kind: 'open' }>,
  now: number,
  chance: number,
  cause: DropCause,
  lastDataAt: number,
  before: readonly ConnectionEffect[],
): Step {
  const tooBig = cause.kind === 'closed' && cause.code === TOO_BIG ? state.tooBig + 1 : 0;
  if (tooBig > MAX_TOO_BIG) return { state: { kind: 'failed', since: now, cause }, effects: before };
  const hasLasted = now - state.openedAt >= HEALTHY_AFTER_MS;
  const hasHeard = Math.max(lastDataAt, state.answeredAt) > state.openedAt;
  const trail: Trail = {
    ...trailOf(state),
    since: isUnstable(state) ? state.since : now,
    cause,
    tooBig,
    attempts: hasLasted && hasHeard ? 0 : state.attempts,
    drops: hasLasted ? 0 : state.drops + 1,
  };
  return wait(trail, now, chance, before);
}

function whileWaiting(state: Extract<ConnectionState, { kind: 'waiting' }>, event: ConnectionEvent): Step {
  switch (event.kind) {
    case 'clock':
      return event.now >= state.retryAt ? dial(trailOf(state), event.now) : stay(state);
    case 'room':
      return state.cause.kind === NO_ROOM.kind ? dial(trailOf(state), event.now) : stay(state);
    case 'retry':
      return dial(trailOf(state), event.now);
    case 'credential':
      return dial(withOtherKey(state), event.now);
    case 'hold':
      return event.until > state.retryAt
        ? { state: { ...state, retryAt: event.until }, effects: NOTHING }
        : stay(state);
    case 'wake':
      return dial({ ...trailOf(state), isOffline: false }, event.now);
    case 'offline':
      return state.isOffline
        ? stay(state)
        : { state: { ...state, isOffline: true, since: event.now }, effects: NOTHING };
    default:
      return stay(state);
  }
}

function stop(state: ConnectionState, now: number): Step {
  if (state.kind === 'idle') return stay(state);
  const isHolding = state.kind !== 'waiting' && state.kind !== 'failed';
  return { state: { kind: 'idle', since: now }, effects: isHolding ? [HANG_UP] : NOTHING };
}

function freshTrail(now: number): Trail {
  return {
    since: now,
    attempts: 0,
    hasOpened: false,
    position: 'carry',
    refusals: 0,
    isOffline: false,
    isTakingOver: false,
    drops: 0,
    tooBig: 0,
    cause: { kind: 'never-opened' },
  };
}

function trailOf(state: Trail): Trail {
  const { since, attempts, hasOpened, position, refusals, isOffline, isTakingOver, drops, tooBig, cause } =
    state;
  return { since, attempts, hasOpened, position, refusals, isOffline, isTakingOver, drops, tooBig, cause };
}

/** What the old key met says nothing about the position. */
function withOtherKey(state: Trail): Trail {
  return { ...trailOf(state), position: 'carry', refusals: 0 };
}

function dial(trail: Trail, now: number, before: readonly ConnectionEffect[] = NOTHING): Step {
  return {
    state: {
      ...trail,
      kind: 'dialing',
      giveUpAt: now + (trail.isTakingOver ? HANDOVER_LIMIT_MS : CONNECT_TIMEOUT_MS),
    },
    effects: [...before, { kind: 'dial', carriesPosition: carriesPosition(trail) }],
  };
}

function carriesPosition({ position }: Trail): boolean {
  return position === 'carry' || position === 'confirm';
}

function wait(trail: Trail, now: number, chance: number, before: readonly ConnectionEffect[]): Step {
  const retryAt = now + backoffMs(trail.attempts, chance, prospectOf(trail));
  const state = {
    ...trail,
    kind: 'waiting',
    isTakingOver: false,
    attempts: trail.attempts + 1,
    retryAt,
  } as const;
  return { state, effects: before };
}

/** A service that said why it went away says more than the dials that it refuses until it is back. */
function causeOf(state: Trail, refusal: DropCause): DropCause {
  return isGoingAway(state.cause) ? state.cause : refusal;
}

function prospectOf(trail: Trail): Prospect {
  if (isUnstable(trail)) return 'unstable';
  return isGoingAway(trail.cause) ? 'going-away' : 'steady';
}

function isGoingAway(cause: DropCause): boolean {
  return cause.kind === 'closed' && GOING_AWAY.includes(cause.code);
}

function stay(state: ConnectionState): Step {
  return { state, effects: NOTHING };
}
