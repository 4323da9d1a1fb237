/** What the user sees of a state of the connection. Pure. */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import {
  CANNOT_CONNECT_AFTER,
  UNSTABLE_AFTER,
  type AwayState,
  type ConnectionState,
  type DialingState,
  type OpenState,
  type Trail,
  type WaitingState,
} from './connection-state.js';

export function statusOf(state: ConnectionState, taken: number, heldUntil: number): ConnectionStatus {
  switch (state.kind) {
    case 'idle':
      // Not started yet: a stream that was stopped tells nothing any more.
      return state.isOffline
        ? { kind: 'offline', since: state.since, retryAt: undefined }
        : { kind: 'connecting', since: state.since };
    case 'ended':
      return { kind: 'ended', since: state.since };
    case 'failed':
      return { kind: 'failed', since: state.since, cause: state.cause };
    case 'open':
      if (isUnstable(state)) return tryingStatus(state, heldUntil);
      return state.isCaughtUp || state.isTakingOver
        ? { kind: 'live', since: state.since }
        : { kind: 'catching-up', since: state.since, taken };
    case 'dialing':
    case 'waiting':
    case 'away':
      return tryingStatus(state, heldUntil);
    default:
      return state satisfies never;
  }
}

export function isUnstable({ drops }: Trail): boolean {
  return drops >= UNSTABLE_AFTER;
}

function tryingStatus(
  state: DialingState | OpenState | WaitingState | AwayState,
  heldUntil: number,
): ConnectionStatus {
  const retryAt = state.kind === 'waiting' && state.retryAt < Infinity ? state.retryAt : undefined;
  const { since, attempts: attempt, cause } = state;
  const trying = { since, attempt, retryAt, heldUntil, cause };
  if (state.isOffline) return { kind: 'offline', since, retryAt };
  if (isUnstable(state)) return { kind: 'unstable', ...trying };
  if (state.kind === 'dialing' && state.isTakingOver) return { kind: 'live', since };
  if (state.hasOpened) return { kind: 'reconnecting', ...trying };
  if (attempt >= CANNOT_CONNECT_AFTER || cause.kind === 'blocked')
    return { kind: 'cannot-connect', ...trying };
  return { kind: 'connecting', since };
}
