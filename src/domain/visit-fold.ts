/**
 * What events do to the visits of a call: the state diagram. Refuses to own counting (`queue-metrics.ts`) and what time
 * alone decides (`queue-visits.ts`).
 *
 * ```text
 *          Queued          Assigned          Accepted          PostProcess         EndPostProcess
 * (none) ─────────▶ waiting ───────▶ offered ─────────▶ handling ──────────▶ wrap-up ──────────▶ done
 *                     │  ◀─ Rejected ──┘                   └─ Deassigned, Deleted ──────────────▶ done
 *                     └─ Unqueued, QueueTimeout ▶ leaving ▶ done (abandoned, diverted, left)
 * ```
 */
import type { InteractionEvent } from '../protocol/stream-event.js';
import { definitionOf, type EventRole } from './catalogue.js';
import { NO_AGENTS, withOne, without } from './interaction-state.js';
import { finerMedia } from './media.js';
import { isUnresolved, openVisit, type Call, type Visit, type VisitOutcome } from './visit.js';

const MOVES: ReadonlySet<EventRole> = new Set([
  'queued',
  'assigned',
  'accepted',
  'rejected',
  'unqueued',
  'queue-timeout',
  'wrap-up-started',
  'wrap-up-done',
  'deassigned',
  'deleted',
  'conference',
]);

export function movesVisits(role: EventRole): boolean {
  return MOVES.has(role);
}

export function advanceCall(call: Call, event: InteractionEvent, { role } = definitionOf(event.name)): void {
  call.lastAt = event.at;
  call.direction ??= event.direction;
  call.media = finerMedia(call.media, event.media);
  // Outbound calls are sent through queues too; the tile counts callers.
  if (call.direction === 'outbound') {
    if (call.visits.length > 0) call.visits = [];
    if (role === 'deleted') call.deletedAt = event.at;
    return;
  }
  const visit = call.visits.at(-1);
  switch (role) {
    case 'queued':
      onQueued(call, visit, event);
      return;
    case 'assigned':
      onAssigned(call, visit, event);
      return;
    case 'accepted':
      onAccepted(call, visit, event);
      return;
    case 'rejected':
      left(call, event.agentId);
      if (visit?.state === 'offered') visit.state = 'waiting';
      return;
    case 'unqueued':
    case 'queue-timeout':
      if (visit === undefined || !isUnresolved(visit)) return;
      if (role === 'queue-timeout') visit.hasTimedOut = true;
      if (visit.state !== 'waiting') return;
      visit.state = 'leaving';
      visit.leftAt = event.at;
      return;
    case 'wrap-up-started':
    case 'wrap-up-done':
    case 'deassigned':
      left(call, event.agentId);
      if (visit !== undefined && !isBusyElsewhere(call, visit, event)) onReleased(visit, event, role);
      return;
    case 'deleted':
      onDeleted(call, visit, event);
      return;
    case 'conference':
      if (visit?.state === 'handling' && event.agentIds.length > 0) call.agentIds = event.agentIds;
      return;
    default:
  }
}

function onQueued(call: Call, visit: Visit | undefined, event: InteractionEvent): void {
  const queueId = event.queueId ?? visit?.queueId;
  if (queueId === undefined || call.deletedAt !== undefined) return;
  const queuedAt = Math.min(event.queuedAt ?? event.at, event.at);
  if (visit === undefined) {
    openVisit(call, queueId, queuedAt);
    return;
  }
  if (isUnresolved(visit)) {
    if (visit.queueId === queueId) {
      stay(visit, 'waiting');
      return;
    }
    resolve(visit, 'diverted', event.at);
    openVisit(call, queueId, queuedAt);
    return;
  }
  // A repeated message about the stay that is over names its old queue time.
  if (queuedAt >= (visit.leftAt ?? visit.queuedAt)) openVisit(call, queueId, queuedAt);
}

function onAssigned(call: Call, visit: Visit | undefined, event: InteractionEvent): void {
  const current = currentVisit(call, visit, event);
  if (current !== undefined && isUnresolved(current)) stay(current, 'offered');
}

function onAccepted(call: Call, visit: Visit | undefined, event: InteractionEvent): void {
  const current = currentVisit(call, visit, event);
  if (event.agentId !== undefined) call.agentIds = withOne(call.agentIds, event.agentId);
  if (current === undefined || !isUnresolved(current)) return;
  current.state = 'handling';
  current.outcome = 'answered';
  current.leftAt = event.at;
}

/** The visit that an offer or answer is about; opened late when the stay was missed and the event names its start. */
function currentVisit(call: Call, visit: Visit | undefined, event: InteractionEvent): Visit | undefined {
  const { queueId, queuedAt, at } = event;
  if (visit !== undefined && isUnresolved(visit)) {
    if (queueId === undefined || queueId === visit.queueId) return visit;
    if (queuedAt === undefined) return visit;
    resolve(visit, 'diverted', at);
    return openVisit(call, queueId, Math.min(queuedAt, at));
  }
  if (queueId === undefined || queuedAt === undefined || call.deletedAt !== undefined) return visit;
  if (visit !== undefined && queuedAt <= (visit.leftAt ?? visit.queuedAt)) return visit;
  return openVisit(call, queueId, Math.min(queuedAt, at));
}

/** Wrap-up proves that the call was answered; when, only `InteractionAccepted` would have told. */
function onReleased(
  visit: Visit,
  event: InteractionEvent,
  role: 'wrap-up-started' | 'wrap-up-done' | 'deassigned',
): void {
  if (role === 'deassigned' && isUnresolved(visit)) {
    if (visit.state === 'offered') visit.state = 'waiting';
    return;
  }
  if (isUnresolved(visit)) {
    visit.outcome = 'answered';
    visit.leftAt = event.at;
    visit.isWaitKnown = false;
  }
  if (visit.state !== 'done') visit.state = role === 'wrap-up-started' ? 'wrap-up' : 'done';
}

/** "Interaction ended or call leg left conference": one leg of several does not end the handling. */
function onDeleted(call: Call, visit: Visit | undefined, event: InteractionEvent): void {
  if (visit?.state === 'handling' && call.agentIds.length > 1) {
    left(call, event.agentId ?? call.agentIds.at(-1));
    return;
  }
  call.deletedAt = event.at;
  call.agentIds = NO_AGENTS;
  if (visit === undefined) return;
  if (isUnresolved(visit)) resolve(visit, outcomeOfDeletion(call, visit, event), event.at);
  else visit.state = 'done';
}

function outcomeOfDeletion(call: Call, visit: Visit, event: InteractionEvent): VisitOutcome {
  if (call.successorAt !== undefined) return 'diverted';
  if (event.hangupInitiator === 'customer') {
    // Moved on by the time-out, then hung up in a menu: 8x8 says that it was not queued any more.
    return visit.hasTimedOut && event.isQueued === false ? 'diverted' : 'abandoned';
  }
  return visit.hasTimedOut ? 'diverted' : 'left';
}

/** Proof from another interaction that a call which left its queue lives on. */
export function divert(call: Call, at: number): void {
  call.successorAt ??= at;
  const visit = call.visits.at(-1);
  if (visit?.state === 'leaving') resolve(visit, 'diverted', at);
}

/** It was no departure after all. */
function stay(visit: Visit, state: 'waiting' | 'offered'): void {
  visit.state = state;
  visit.leftAt = undefined;
  visit.outcome = undefined;
}

/** It stopped waiting when it left, not when that became known. */
function resolve(visit: Visit, outcome: VisitOutcome, at: number): void {
  if (visit.state !== 'leaving') visit.leftAt = at;
  visit.state = 'done';
  visit.outcome = outcome;
}

function isBusyElsewhere(call: Call, visit: Visit, event: InteractionEvent): boolean {
  return visit.state === 'handling' && call.agentIds.length > (event.agentId === undefined ? 1 : 0);
}

function left(call: Call, agentId: string | undefined): void {
  call.agentIds = without(call.agentIds, agentId);
}
