/**
 * A visit: one stay of one interaction in one queue; and a call: an interaction as the list of its visits. Owns the
 * fields; what events do to them is `visit-fold.ts`, how they are counted `queue-metrics.ts`.
 */
import type { Direction, InteractionEvent, Media } from '../protocol/stream-event.js';
import { NO_AGENTS } from './interaction-state.js';

/** `stale`: waits for so long that its end must have been lost; out of the count until an event says otherwise. */
export type VisitState = 'waiting' | 'offered' | 'leaving' | 'stale' | 'handling' | 'wrap-up' | 'done';

export type VisitOutcome = 'answered' | 'abandoned' | 'diverted' | 'left';

export interface Visit {
  readonly queueId: string;
  /** When it entered the queue. */
  readonly queuedAt: number;
  state: VisitState;
  outcome: VisitOutcome | undefined;
  /** When it stopped waiting: accepted, left, or gone stale. */
  leftAt: number | undefined;
  /** False where the answer is proven by a later event and its time is not known. */
  isWaitKnown: boolean;
  hasTimedOut: boolean;
}

export interface Call {
  readonly guid: string;
  /** Those that can move a visit, in the order of their times. */
  readonly events: InteractionEvent[];
  visits: Visit[];
  direction: Direction | undefined;
  media: Media | undefined;
  agentIds: readonly string[];
  /** Of its newest event: a caller of whom something is heard still waits. */
  lastAt: number;
  deletedAt: number | undefined;
  /** When a new interaction took this one over (a transfer's new leg names its original). */
  successorAt: number | undefined;
}

export function newCall(guid: string): Call {
  return {
    guid,
    events: [],
    visits: [],
    direction: undefined,
    media: undefined,
    agentIds: NO_AGENTS,
    lastAt: -Infinity,
    deletedAt: undefined,
    successorAt: undefined,
  };
}

/** Back to before its first event; what it knows from other interactions stays. */
export function resetCall(call: Call): void {
  call.visits = [];
  call.direction = undefined;
  call.media = undefined;
  call.agentIds = NO_AGENTS;
  call.deletedAt = undefined;
}

/** Not answered and not known to be gone. */
export function isUnresolved(visit: Visit): boolean {
  return isWaiting(visit) || visit.state === 'leaving' || visit.state === 'stale';
}

/** Counted as waiting now: also while an agent is offered it. */
export function isWaiting(visit: Visit): boolean {
  return visit.state === 'waiting' || visit.state === 'offered';
}

export function openVisit(call: Call, queueId: string, queuedAt: number): Visit {
  const visit: Visit = {
    queueId,
    queuedAt,
    state: 'waiting',
    outcome: undefined,
    leftAt: undefined,
    isWaitKnown: true,
    hasTimedOut: false,
  };
  call.visits.push(visit);
  return visit;
}
