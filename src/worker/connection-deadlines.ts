/** When a state of the connection has waited long enough: the deadlines of `connection-reducer.ts`. Pure. */
import { isUnstable } from './connection-shown.js';
import {
  CONNECT_TIMEOUT_MS,
  HEALTHY_AFTER_MS,
  KEEPALIVE_AFTER_MS,
  PROOF_TIMEOUT_MS,
  QUIET_MS,
  type ConnectionState,
  type DialingState,
  type OpenState,
  type Traffic,
} from './connection-state.js';

/** When the shell must send the next `clock`; `undefined` when nothing is due. */
export function nextDeadline(state: ConnectionState, traffic: Traffic): number | undefined {
  switch (state.kind) {
    case 'dialing':
      return giveUpAt(state, traffic);
    case 'waiting':
      return state.retryAt;
    case 'open': {
      const { keepalive } = state;
      const askAt = Math.min(silenceDueAt(state, traffic), keepaliveDueAt(state, traffic));
      const dueAt = keepalive.kind === 'asked' ? keepalive.replyBy : askAt;
      // By then it has lasted, or is asked.
      const isDue = isUnstable(state) && (keepalive.kind === 'quiet' || hasHeard(state, traffic.lastDataAt));
      return isDue ? Math.min(dueAt, state.openedAt + HEALTHY_AFTER_MS) : dueAt;
    }
    case 'idle':
    case 'away':
    case 'failed':
    case 'ended':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** When something last came on this socket, be it an answer, or it opened. */
export function heardAt({ answeredAt }: OpenState, lastDataAt: number): number {
  return Math.max(lastDataAt, answeredAt);
}

/** Something came on this socket, be it an answer. */
export function hasHeard(state: OpenState, lastDataAt: number): boolean {
  return heardAt(state, lastDataAt) > state.openedAt;
}

/** It clears the counts of failures. */
export function hasLasted(state: OpenState, now: number, lastDataAt: number): boolean {
  return now - state.openedAt >= HEALTHY_AFTER_MS && hasHeard(state, lastDataAt);
}

/** A dial that the browser holds back has not been made yet. */
export function giveUpAt(state: DialingState, { heldUntil }: Traffic): number {
  return Math.max(state.giveUpAt, heldUntil + CONNECT_TIMEOUT_MS);
}

/** When the session must be kept alive, and its peer be heard, whoever is the reason of its silence. */
export function keepaliveDueAt(state: OpenState, { lastDataAt }: Traffic): number {
  return heardAt(state, lastDataAt) + KEEPALIVE_AFTER_MS;
}

/** When silence on an open connection means something about what the service has. */
export function silenceDueAt(state: OpenState, { silentSince }: Traffic): number {
  // A long replay may precede the last message known.
  if (state.proveBy !== undefined) return Math.max(state.proveBy, silentSince + PROOF_TIMEOUT_MS);
  if (state.isCaughtUp) return Infinity;
  // Before the first message silence means little: a cold read may take the service seconds.
  const dueAt = silentSince >= state.openedAt ? silentSince + QUIET_MS : state.openedAt + PROOF_TIMEOUT_MS;
  return Math.max(dueAt, state.listeningSince + QUIET_MS);
}
