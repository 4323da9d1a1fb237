/**
 * The connection while a dial is under way: it opens, fails, takes too long, or its position is refused. Pure; a part of
 * `connection-reducer.ts`.
 */
import type { DropCause } from '../protocol/connection-status.js';
import {
  ASK,
  carriesPosition,
  causeOf,
  dial,
  goneOffline,
  HANG_UP,
  notTakingOver,
  stay,
  trailOf,
  wait,
  withOtherKey,
  type Moment,
} from './connection-moves.js';
import { giveUpAt } from './connection-deadlines.js';
import {
  KEEPALIVE_REPLY_MS,
  POSITION_SUSPECT_AFTER,
  PROOF_TIMEOUT_MS,
  type ConnectionEffect,
  type ConnectionEvent,
  type DialingState,
  type LivingEvent,
  type OpenState,
  type Step,
  type Trail,
} from './connection-state.js';

export function whileDialing(state: DialingState, event: LivingEvent): Step {
  switch (event.kind) {
    case 'opened':
      return opened(state, event);
    case 'closed':
      // Where nobody answered, nobody refused the position.
      return event.hadPosition && carriesPosition(state) && event.cause.kind !== 'connect-timeout'
        ? refused(state, event)
        : neverOpened(state, event, event.cause);
    case 'handover':
      return neverOpened(state, event, { kind: 'lifecycle' });
    case 'clock':
      if (event.now < giveUpAt(state, event.traffic)) return stay(state);
      return neverOpened(state, event, { kind: 'connect-timeout' }, [HANG_UP]);
    case 'slept':
      return stay(notTakingOver(state));
    case 'offline':
      return goneOffline(state);
    case 'credential':
      return dial(withOtherKey(state), event.now, [HANG_UP]);
    default:
      return stay(state);
  }
}

function opened(state: DialingState, event: Extract<ConnectionEvent, { kind: 'opened' }>): Step {
  const { now, proofMs = PROOF_TIMEOUT_MS } = event;
  if (state.position === 'probe') {
    // The service answers without the position: give the position one more chance before it is dropped.
    return dial({ ...trailOf(state), position: 'confirm' }, now, [HANG_UP]);
  }
  const isRefused = state.position === 'without';
  const trail: Trail = {
    ...trailOf(state),
    hasOpened: true,
    refusals: 0,
    isOffline: false,
    isTakingOver: state.isTakingOver && !event.isAtLatest,
    // What comes now makes a new position, whatever became of the old one.
    position: 'carry',
    // Silence over one position says nothing about the next.
    unproven: event.mustProve ? state.unproven : 0,
  };
  const open: OpenState = {
    ...trail,
    kind: 'open',
    openedAt: now,
    answeredAt: now,
    askedAt: now,
    listeningSince: now,
    isCaughtUp: event.isAtLatest,
    keepalive: event.mustProve
      ? { kind: 'asked', askedAt: now, replyBy: now + KEEPALIVE_REPLY_MS }
      : { kind: 'quiet' },
    proveBy: event.mustProve ? now + proofMs : undefined,
  };
  const effects: ConnectionEffect[] = isRefused ? [{ kind: 'position-refused' }] : [];
  effects.push({ kind: 'begin' });
  // An answer shows that the service is there, so that silence means "no such message" and not "no service".
  if (event.mustProve) effects.push(ASK);
  if (event.isAtLatest) effects.push({ kind: 'caught-up' });
  return { state: open, effects };
}

/** A dial that named a position and failed: the position itself may be the reason. */
function refused(state: DialingState, event: Extract<ConnectionEvent, { kind: 'closed' }>): Step {
  const trail: Trail = { ...trailOf(state), cause: causeOf(state, event.cause) };
  // Refused with the position, answered without it just before: answered without it once more, that is no chance.
  if (state.position === 'confirm') return dial({ ...trail, position: 'without' }, event.now);
  const refusals = state.refusals + 1;
  if (refusals < POSITION_SUSPECT_AFTER) return wait({ ...trail, refusals }, event);
  return wait({ ...trail, refusals: 0, position: 'probe' }, event);
}

function neverOpened(
  state: DialingState,
  moment: Moment,
  cause: DropCause,
  before?: readonly ConnectionEffect[],
): Step {
  // The service is not there for a dial without the position either: that proves nothing about the position. It goes
  // every other time from now on, so that one of them is soon told from the other.
  const refusals = state.position === 'probe' ? POSITION_SUSPECT_AFTER - 1 : state.refusals;
  const trail: Trail = { ...trailOf(state), position: 'carry', refusals, cause: causeOf(state, cause) };
  return wait(trail, moment, before);
}
