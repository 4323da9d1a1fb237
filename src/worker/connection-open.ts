/**
 * The connection while a socket is open: kept alive, probed when the network is in doubt, suspected when it is silent,
 * lost. Owns what silence means; pure, a part of `connection-reducer.ts`.
 */
import type { DropCause } from '../protocol/connection-status.js';
import {
  ASK,
  dial,
  HANG_UP,
  NOTHING,
  notTakingOver,
  stay,
  trailOf,
  wait,
  type Moment,
} from './connection-moves.js';
import { hasHeard, hasLasted, heardAt, keepaliveDueAt, silenceDueAt } from './connection-deadlines.js';
import { isUnstable } from './connection-shown.js';
import {
  HANDOVER_AFTER_MS,
  HEALTHY_AFTER_MS,
  KEEPALIVE_REPLY_MS,
  MAX_AWAKE_SILENCE_MS,
  MAX_SILENCE_MS,
  MAX_TOO_BIG,
  PROBE_REPLY_MS,
  UNPROVEN_SOCKETS,
  type ConnectionEffect,
  type ConnectionEvent,
  type EndedState,
  type Keepalive,
  type LivingEvent,
  type OpenState,
  type Step,
  type Trail,
} from './connection-state.js';

/** Close code "message too big" (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;

const NO_ROOM: DropCause = { kind: 'no-room' };

export function whileOpen(state: OpenState, event: LivingEvent): Step {
  switch (event.kind) {
    case 'closed':
      return lost(state, event, event.cause, event.lastDataAt);
    case 'handover':
      return handedOver(state, event);
    case 'proven':
      if (state.proveBy === undefined) return stay(state);
      // Nothing was missed: what comes next is as live as what came last.
      if (state.isTakingOver) return caughtUp(proven(state));
      return { state: proven(state), effects: NOTHING };
    case 'caught-up':
      return caughtUp(state);
    case 'end-of-topic':
      if (event.isEnded) return ended(state, event.now);
      return { state: answered(state, event.now), effects: NOTHING };
    case 'clock':
      return onClock(state, event);
    case 'retry':
    case 'wake':
      return probe(state, event.now);
    case 'slept':
      return slept(state, event);
    case 'offline':
      // No proof (a VPN makes it fire over a healthy socket): ask, then decide.
      return probe(state.isOffline ? state : { ...state, isOffline: true }, event.now);
    case 'no-room':
      return {
        state: { ...trailOf(state), kind: 'waiting', cause: NO_ROOM, retryAt: Infinity, dueAt: Infinity },
        effects: [HANG_UP],
      };
    case 'room':
    case 'start':
    case 'opened':
    // The service checks the key at the handshake only.
    case 'credential':
    case 'renewed-key':
    case 'hold':
    case 'news':
      return stay(state);
    default:
      return event satisfies never;
  }
}

/**
 * Pulsar says so after the last message, never before (docs/protocol.md, "Frames"): what was not proven by then is not on
 * this topic. The socket stays for the tabs that read through it, and nobody dials again when it goes.
 */
function ended(state: OpenState, now: number): Step {
  const effects: ConnectionEffect[] = state.proveBy === undefined ? [] : [{ kind: 'position-unknown' }];
  const { openedAt } = state;
  return { state: { ...trailOf(state), kind: 'ended', since: now, isOffline: false, openedAt }, effects };
}

/** A topic that ended has news: it was deleted and made anew. */
export function revived(state: EndedState, now: number): Step {
  const open: OpenState = {
    ...trailOf(state),
    kind: 'open',
    openedAt: state.openedAt,
    answeredAt: now,
    askedAt: now,
    listeningSince: now,
    isCaughtUp: true,
    isTakingOver: false,
    keepalive: { kind: 'quiet' },
    proveBy: undefined,
  };
  return { state: open, effects: [{ kind: 'caught-up' }] };
}

/** A socket from before the sleep may have outlived it: what was published meanwhile comes first. */
function slept(state: OpenState, { now, since }: Extract<ConnectionEvent, { kind: 'slept' }>): Step {
  if (state.openedAt > since) return probe(notTakingOver(state), now);
  const behind: OpenState = { ...notTakingOver(state), isCaughtUp: false, listeningSince: now };
  const { state: next, effects } = probe(behind, now);
  return { state: next, effects: [{ kind: 'slept' }, ...effects] };
}

function probe(state: OpenState, now: number): Step {
  if (state.keepalive.kind === 'quiet') return ask(awake(state, now, state.answeredAt), now, PROBE_REPLY_MS);
  const replyBy = now + PROBE_REPLY_MS;
  // Asked already, perhaps before the laptop slept: no new question, a shorter wait.
  if (state.keepalive.replyBy <= replyBy) return stay(state);
  return { state: { ...state, keepalive: { ...state.keepalive, replyBy } }, effects: NOTHING };
}

function onClock(state: OpenState, event: Extract<ConnectionEvent, { kind: 'clock' }>): Step {
  const { now, traffic } = event;
  const { lastDataAt } = traffic;
  if (isUnstable(state) && now >= state.openedAt + HEALTHY_AFTER_MS) {
    if (hasHeard(state, lastDataAt)) return { state: { ...state, drops: 0 }, effects: NOTHING };
    if (state.keepalive.kind === 'quiet') return ask(state, now);
  }
  const { keepalive } = state;
  if (keepalive.kind === 'asked' && now >= keepalive.replyBy) {
    // Whatever came counts as an answer: the reply itself may wait behind a thousand messages.
    if (traffic.lastFrameAt > keepalive.askedAt)
      return onClock({ ...state, keepalive: { kind: 'quiet' } }, event);
    // Put right before a sleep, its answer has come to nobody.
    const woken = awake(state, now, Math.max(heardAt(state, lastDataAt), state.listeningSince));
    if (woken !== state) return ask(woken, now, PROBE_REPLY_MS);
    return lost(state, event, { kind: 'keepalive-timeout' }, lastDataAt, [HANG_UP]);
  }
  if (keepalive.kind === 'asked') return stay(state);
  const dueAt = silenceDueAt(state, traffic);
  if (now < dueAt) return now < keepaliveDueAt(state, traffic) ? stay(state) : keepAlive(state, event);
  // Silence alone shows nothing: the network may be stuck, or the laptop have slept. Frames come in order, so the answer
  // to a question put now shows that nothing is on its way; one to a question put before does not.
  if (state.askedAt < dueAt) return ask(state, now);
  if (state.proveBy === undefined) return caughtUp(state);
  const unproven = state.unproven + 1;
  // Where something came, reading works, and what came would be the next dial's position.
  if (lastDataAt < state.openedAt && unproven < UNPROVEN_SOCKETS)
    return renew({ ...state, unproven, isTakingOver: false }, now);
  return { state: proven(state), effects: [{ kind: 'position-unknown' }] };
}

/** What is known of the position is known, whether it was found or not. */
function proven(state: OpenState): OpenState {
  return { ...state, proveBy: undefined, unproven: 0 };
}

/** Another socket for one that answers and is fed nothing. */
function renew(state: OpenState, now: number): Step {
  return dial({ ...trailOf(state), cause: { kind: 'silence' } }, now, [HANG_UP]);
}

function keepAlive(before: OpenState, { now, traffic }: Extract<ConnectionEvent, { kind: 'clock' }>): Step {
  const state = awake(before, now, heardAt(before, traffic.lastDataAt));
  const silentSince = Math.max(traffic.silentSince, state.listeningSince);
  const isStalled = traffic.hasNews && now >= silentSince + MAX_SILENCE_MS;
  return isStalled ? renew(state, now) : ask(state, now);
}

/** Who has heard nothing for longer than anybody awake would wait has slept: the silence was not the service's. */
function awake(state: OpenState, now: number, heardAt: number): OpenState {
  return now < heardAt + MAX_AWAKE_SILENCE_MS ? state : { ...state, listeningSince: now };
}

function ask(state: OpenState, now: number, replyMs = KEEPALIVE_REPLY_MS): Step {
  const keepalive: Keepalive = { kind: 'asked', askedAt: now, replyBy: now + replyMs };
  return { state: { ...state, keepalive }, effects: [ASK] };
}

function answered(state: OpenState, now: number): OpenState {
  const { keepalive, askedAt } = state;
  // Other tabs ask as well.
  const putAt = keepalive.kind === 'asked' ? keepalive.askedAt : askedAt;
  return { ...state, keepalive: { kind: 'quiet' }, answeredAt: now, askedAt: putAt };
}

function caughtUp(state: OpenState): Step {
  if (state.isCaughtUp || state.proveBy !== undefined) return stay(state);
  return {
    state: { ...state, isCaughtUp: true, isTakingOver: false },
    effects: [{ kind: 'caught-up' }],
  };
}

function handedOver(state: OpenState, moment: Extract<ConnectionEvent, { kind: 'handover' }>): Step {
  const { now, lastDataAt } = moment;
  const trail: Trail = { ...trailOf(state), cause: { kind: 'lifecycle' } };
  if (now < state.openedAt + HANDOVER_AFTER_MS) return wait(trail, moment);
  // What was published while the computer slept is not live, though nothing of it is missing.
  const hasSlept = now >= heardAt(state, lastDataAt) + MAX_AWAKE_SILENCE_MS;
  const isTakingOver = (state.isCaughtUp || state.isTakingOver) && !hasSlept;
  return dial({ ...trail, isTakingOver }, now);
}

function lost(
  state: OpenState,
  moment: Moment,
  cause: DropCause,
  lastDataAt: number,
  before: readonly ConnectionEffect[] = NOTHING,
): Step {
  const { now } = moment;
  const tooBig = cause.kind === 'closed' && cause.code === TOO_BIG ? state.tooBig + 1 : 0;
  if (tooBig > MAX_TOO_BIG) return { state: { kind: 'failed', since: now, cause }, effects: before };
  const isHealthy = hasLasted(state, now, lastDataAt);
  const trail: Trail = {
    ...trailOf(state),
    cause,
    tooBig,
    attempts: isHealthy ? 0 : state.attempts,
    // A service that never says a word is not there, however long it keeps a socket open.
    drops: isHealthy ? 0 : state.drops + 1,
  };
  return wait(trail, moment, before);
}
