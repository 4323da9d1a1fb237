/**
 * The connection as a pure function: `(state, event) → { state, effects }`. No clock, no chance, no socket: they come
 * in with the event. The table of every state by every event is docs/connection-states.md; a test holds the two
 * against each other. Owns when to dial, ask, give up and wait; refuses to own what a message means (`intake.ts`).
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import { hasLasted } from './connection-deadlines.js';
import { whileDialing } from './connection-dialing.js';
import {
  dial,
  freshTrail,
  goneOffline,
  HANG_UP,
  NOTHING,
  stay,
  trailOf,
  withOtherKey,
} from './connection-moves.js';
import { revived, whileOpen } from './connection-open.js';
import { statusOf } from './connection-shown.js';
import {
  type AwayState,
  type ConnectionEvent,
  type ConnectionState,
  type EndedState,
  type IdleState,
  type LivingEvent,
  type Step,
  type WaitingState,
} from './connection-state.js';

/** A no-op returns the very same state and no effects. */
export function reduce(state: ConnectionState, event: ConnectionEvent): Step {
  const { state: next, effects } = move(state, event);
  if (next === state) return stay(state);
  const hasStayed = seenAs(next) === seenAs(state);
  return { state: { ...next, since: hasStayed ? state.since : event.now }, effects };
}

function seenAs(state: ConnectionState): ConnectionStatus['kind'] {
  return statusOf(state, 0, 0).kind;
}

function move(state: ConnectionState, event: ConnectionEvent): Step {
  if (event.kind === 'stop') return stop(state, event.now);
  if (event.kind === 'leave') return leave(state, event);
  if (event.kind === 'online') return backOnline(state, event.now);
  switch (state.kind) {
    case 'idle':
      return whileIdle(state, event);
    case 'dialing':
      return whileDialing(state, event);
    case 'open':
      return whileOpen(state, event);
    case 'waiting':
      return whileWaiting(state, event);
    case 'away':
      return whileAway(state, event);
    case 'failed':
      return event.kind === 'retry' || event.kind === 'credential' || event.kind === 'renewed-key'
        ? dial(freshTrail(event.now), event.now)
        : stay(state);
    case 'ended':
      return whileEnded(state, event);
    default:
      return state satisfies never;
  }
}

function whileIdle(state: IdleState, event: LivingEvent): Step {
  switch (event.kind) {
    case 'start':
      // Offline or not: the browser may be wrong.
      return dial({ ...freshTrail(event.now), isOffline: state.isOffline }, event.now);
    case 'offline':
      return goneOffline(state);
    default:
      return stay(state);
  }
}

function whileWaiting(state: WaitingState, event: LivingEvent): Step {
  switch (event.kind) {
    case 'clock':
      return event.now >= state.retryAt ? dial(trailOf(state), event.now) : stay(state);
    case 'room':
      return state.cause.kind === 'no-room' ? dial(trailOf(state), event.now) : stay(state);
    case 'retry':
    case 'renewed-key':
      return dial(trailOf(state), event.now);
    case 'credential':
      return dial(withOtherKey(state), event.now);
    case 'hold': {
      const retryAt = Math.max(state.dueAt, event.until);
      return retryAt === state.retryAt ? stay(state) : { state: { ...state, retryAt }, effects: NOTHING };
    }
    case 'wake':
    case 'slept':
      // What forbids the dial is the page's, and stays: looked at again it would only be one more report of a violation.
      return state.cause.kind === 'blocked' ? stay(state) : dial(trailOf(state), event.now);
    case 'offline':
      return goneOffline(state);
    default:
      return stay(state);
  }
}

/** Neither a key nor room dials: the page that has them is going, and dials when it is back. */
function whileAway(state: AwayState, event: LivingEvent): Step {
  switch (event.kind) {
    case 'wake':
    case 'slept':
    case 'retry':
      return dial(trailOf(state), event.now);
    case 'credential':
      return { state: { ...withOtherKey(state), kind: 'away' }, effects: NOTHING };
    default:
      return stay(state);
  }
}

function whileEnded(state: EndedState, event: LivingEvent): Step {
  if (event.kind === 'news') return revived(state, event.now);
  // The tab that listened has gone, and somebody must hear of a topic that is made anew.
  if (event.kind === 'handover') return dial(trailOf(state), event.now);
  // We hung up ourselves, to read a window again: the topic may still have it.
  const isOurs = event.kind === 'closed' && event.cause.kind === 'lifecycle';
  return isOurs ? dial(trailOf(state), event.now) : stay(state);
}

/** A wake-up with news. A page that is merely looked at again, or awake, knows no more of the network than before. */
function backOnline(state: ConnectionState, now: number): Step {
  if (!('isOffline' in state && state.isOffline)) return move(state, { kind: 'wake', now });
  const online = { ...state, isOffline: false };
  // What was dialed without a network may hang until it is given up.
  if (online.kind === 'dialing') return dial(trailOf(online), now, [HANG_UP]);
  return move(online, { kind: 'wake', now });
}

/** Neither a failure nor a loss: nothing counts that was cut off. */
function leave(
  state: ConnectionState,
  { now, lastDataAt }: Extract<ConnectionEvent, { kind: 'leave' }>,
): Step {
  if (state.kind !== 'open' && state.kind !== 'dialing' && state.kind !== 'waiting') return stay(state);
  const away = { ...trailOf(state), kind: 'away', isTakingOver: false } as const;
  // What forbids the dial forbids it on the return too, so that it need not be tried then.
  if (state.kind === 'waiting')
    return state.cause.kind === 'blocked' ? stay(state) : { state: away, effects: NOTHING };
  if (state.kind === 'dialing') return { state: away, effects: [HANG_UP] };
  const counts = hasLasted(state, now, lastDataAt) && { attempts: 0, tooBig: 0, drops: 0 };
  return { state: { ...away, cause: { kind: 'lifecycle' }, ...counts }, effects: [HANG_UP] };
}

function stop(state: ConnectionState, now: number): Step {
  if (state.kind === 'idle') return stay(state);
  const isHolding = state.kind !== 'waiting' && state.kind !== 'away' && state.kind !== 'failed';
  return { state: { kind: 'idle', since: now, isOffline: false }, effects: isHolding ? [HANG_UP] : NOTHING };
}
