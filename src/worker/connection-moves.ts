/**
 * The moves that every state of the connection may make: stay, dial, wait. Owns what a dial and a wait carry along
 * ({@link Trail}) and how long they last; when they are made is decided by the states (`connection-dialing.ts`,
 * `connection-open.ts`, `connection-reducer.ts`).
 */
import type { DropCause } from '../protocol/connection-status.js';
import { backoffMs, type Prospect } from './backoff.js';
import { isUnstable } from './connection-shown.js';
import {
  CONNECT_TIMEOUT_MS,
  HANDOVER_LIMIT_MS,
  type ConnectionEffect,
  type ConnectionState,
  type DialingState,
  type IdleState,
  type Step,
  type Trail,
  type WaitingState,
} from './connection-state.js';

/** Close codes (RFC 6455, 7.4.1, and the IANA registry of close codes). */
const GOING_AWAY: readonly number[] = [1001, 1012, 1013];

/** Tries for which a service is believed to be where it said: then it may be gone. The next wait is as long by either. */
const GOING_AWAY_TRIES = 4;

export const NOTHING: readonly ConnectionEffect[] = [];
export const HANG_UP: ConnectionEffect = { kind: 'hang-up' };
export const ASK: ConnectionEffect = { kind: 'ask' };

/** Of an event after which something may be left to chance. */
export interface Moment {
  readonly now: number;
  readonly chance: number;
}

export function stay(state: ConnectionState): Step {
  return { state, effects: NOTHING };
}

/** The browser says that there is no network. */
export function goneOffline(state: IdleState | DialingState | WaitingState): Step {
  return state.isOffline ? stay(state) : { state: { ...state, isOffline: true }, effects: NOTHING };
}

/** What is taken over by one who has slept was missed, not live. */
export function notTakingOver<S extends Trail>(state: S): S {
  return state.isTakingOver ? { ...state, isTakingOver: false } : state;
}

export function dial(trail: Trail, now: number, before: readonly ConnectionEffect[] = NOTHING): Step {
  return {
    state: {
      ...trail,
      kind: 'dialing',
      giveUpAt: now + (trail.isTakingOver ? HANDOVER_LIMIT_MS : CONNECT_TIMEOUT_MS),
    },
    effects: [...before, { kind: 'dial', carriesPosition: carriesPosition(trail) }],
  };
}

export function wait(
  trail: Trail,
  { now, chance }: Moment,
  before: readonly ConnectionEffect[] = NOTHING,
): Step {
  const dueAt = now + backoffMs(trail.attempts, chance, prospectOf(trail));
  const state = {
    ...trail,
    kind: 'waiting',
    isTakingOver: false,
    attempts: trail.attempts + 1,
    retryAt: dueAt,
    dueAt,
  } as const;
  return { state, effects: before };
}

export function freshTrail(now: number): Trail {
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
    unproven: 0,
    cause: { kind: 'never-opened' },
  };
}

export function trailOf(state: Trail): Trail {
  const { since, attempts, hasOpened, position, refusals, isOffline, isTakingOver } = state;
  const { drops, tooBig, unproven, cause } = state;
  return {
    since,
    attempts,
    hasOpened,
    position,
    refusals,
    isOffline,
    isTakingOver,
    drops,
    tooBig,
    unproven,
    cause,
  };
}

/** What the old key met says nothing about the position. */
export function withOtherKey(state: Trail): Trail {
  return { ...trailOf(state), position: 'carry', refusals: 0 };
}

export function carriesPosition({ position }: Trail): boolean {
  return position === 'carry' || position === 'confirm';
}

/** A service that said why it went away says more than the dials that it refuses until it is back, but not what blocks them. */
export function causeOf(state: Trail, refusal: DropCause): DropCause {
  const isKept = isGoingAway(state.cause) && state.attempts < GOING_AWAY_TRIES && refusal.kind !== 'blocked';
  return isKept ? state.cause : refusal;
}

function prospectOf(trail: Trail): Prospect {
  if (trail.cause.kind === 'blocked') return 'blocked';
  if (isUnstable(trail)) return 'unstable';
  return isGoingAway(trail.cause) ? 'going-away' : 'steady';
}

function isGoingAway(cause: DropCause): boolean {
  return cause.kind === 'closed' && GOING_AWAY.includes(cause.code);
}
