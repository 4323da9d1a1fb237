/**
 * What each event does to an interaction. State follows the event's name alone: `callState` is wrong for digital media
 * (8x8's own Pulsar UI shows a chat's last events as idle) and its pages disagree about it.
 *
 * Seen from an agent (`viewpoint` is an agent's id: the topic is that agent's own) an offer that came to nothing is an
 * end, and other agents' wrap-up is not ours. Seen from the tenant (`viewpoint` undefined) it goes back to the queue.
 */
import type { InteractionEvent } from '../protocol/stream-event.js';
import { definitionOf } from './catalogue.js';
import {
  mayReopen,
  onAccepted,
  onAssigned,
  onCreated,
  onCustomerAccepted,
  onLeavingQueue,
  onQueued,
  onRejected,
} from './interaction-offer.js';
import {
  addTo,
  endState,
  enterPhase,
  isOpen,
  isTalking,
  mergeFacts,
  NO_AGENTS,
  withOne,
  without,
  type InteractionState,
} from './interaction-state.js';

export function advance(
  state: InteractionState,
  event: InteractionEvent,
  viewpoint: string | undefined,
): void {
  mergeFacts(state, event);
  const isMine = viewpoint === undefined || event.agentId === undefined || event.agentId === viewpoint;
  const { role } = definitionOf(event.name);
  switch (role) {
    case 'created':
      onCreated(state, event);
      break;
    case 'queued':
      onQueued(state, event, viewpoint);
      break;
    case 'assigned':
      if (isMine) onAssigned(state, event);
      break;
    case 'accepted':
      if (isMine) onAccepted(state, event);
      joined(state, event.agentId);
      break;
    case 'customer-accepted':
      onCustomerAccepted(state, event.at);
      break;
    case 'rejected':
      left(state, event.agentId);
      if (isMine) onRejected(state, event, viewpoint);
      break;
    case 'unqueued':
    case 'queue-timeout':
      onLeavingQueue(state, event.at, viewpoint, role === 'queue-timeout');
      break;
    case 'hold':
      if (isMine) onHold(state, event);
      break;
    case 'mute':
      if (isMine) onMute(state, event);
      break;
    case 'recording':
      onRecording(state, event);
      break;
    case 'wrap-up-started':
    case 'wrap-up-done':
    case 'deassigned':
      left(state, event.agentId);
      if (!isMine || isStillHandled(state, event, viewpoint)) break;
      if (role === 'wrap-up-started') onWrapUpStarted(state, event);
      else if (role === 'wrap-up-done') onWrapUpDone(state, event.at);
      else onDeassigned(state, event.at, viewpoint);
      break;
    case 'deleted':
      onDeleted(state, event, viewpoint);
      break;
    case 'conference':
      onConference(state, event, viewpoint);
      break;
    case 'guest-left':
      state.hangupInitiator ??= 'customer';
      break;
    case 'transfer':
    case 'agent-status':
    case 'skill':
    case 'technical':
    case 'by-name':
      break;
    default:
      role satisfies never;
  }
  state.lastAt = event.at;
}

function onHold(state: InteractionState, event: InteractionEvent): void {
  if (event.isOnHold === undefined || state.end !== undefined || state.phase === 'wrap-up') return;
  if (event.isOnHold) {
    if (state.phase !== 'hold') enterPhase(state, 'hold', event.at);
    return;
  }
  state.lastHeldMs = state.phase === 'hold' ? Math.max(0, event.at - state.phaseSince) : undefined;
  if (state.phase !== 'talk') enterPhase(state, 'talk', event.at);
}

function onMute(state: InteractionState, event: InteractionEvent): void {
  if (event.isMuted === undefined || state.end !== undefined) return;
  state.isMuted = event.isMuted;
  if (state.phase === undefined) enterPhase(state, 'talk', event.at);
}

function onRecording(state: InteractionState, event: InteractionEvent): void {
  if (event.recording === 'started' || event.recording === 'resumed') state.isRecording = true;
  else if (event.recording === 'paused') state.isRecording = false;
}

function onWrapUpStarted(state: InteractionState, event: InteractionEvent): void {
  const { at } = event;
  if (state.end !== undefined) {
    const isAfterEnd =
      state.end === 'deleted' && state.durations['wrap-up'] === undefined
        ? at >= state.endedAt
        : mayReopen(state, at);
    if (!isAfterEnd) return;
  }
  if (state.phase === 'wrap-up' && state.end === undefined) return;
  if (state.startedAt === undefined && event.queuedAt !== undefined)
    state.startedAt = Math.min(event.queuedAt, at);
  state.handledMs = state.acceptedAt === undefined ? undefined : Math.max(0, at - state.acceptedAt);
  state.isMuted = false;
  state.isRecording = false;
  enterPhase(state, 'wrap-up', at);
}

function onWrapUpDone(state: InteractionState, at: number): void {
  if (state.end === undefined) {
    endState(state, 'wrapped', at);
    return;
  }
  // The interaction was deleted while the agent wrapped up: wrap-up went on until now.
  if (state.end === 'deleted' && state.phase === 'wrap-up' && at > state.endedAt) {
    addTo(state, 'wrap-up', at - state.endedAt);
    state.endedAt = at;
  }
}

function onDeassigned(state: InteractionState, at: number, viewpoint: string | undefined): void {
  if (state.end !== undefined || state.phase === 'wait') return;
  if (state.phase !== 'ring') endState(state, state.phase === 'wrap-up' ? 'wrapped' : 'released', at);
  else if (viewpoint === undefined && state.direction !== 'outbound') enterPhase(state, 'wait', at);
  else if (state.isCalling) endState(state, 'released', at);
  else {
    state.rejectReason = 'unknown';
    endState(state, 'missed', at);
  }
}

/** "Interaction ended or call leg left conference" (8x8 event reference): one leg of several ends nothing. */
function onDeleted(state: InteractionState, event: InteractionEvent, viewpoint: string | undefined): void {
  const { at } = event;
  if (state.end !== undefined) return;
  if (isTalking(state) && state.agentIds.length > 1 && event.agentId !== (viewpoint ?? NOBODY)) {
    left(state, event.agentId ?? state.agentIds.filter((id) => id !== viewpoint).at(-1));
    // Who hung up was that leg's affair.
    state.hangupInitiator = undefined;
    state.hangupReason = undefined;
    return;
  }
  endState(state, 'deleted', state.leavingSince ?? at);
  state.agentIds = NO_AGENTS;
}

/** No agent's id: ids begin with a visible character. */
const NOBODY = '';

function onConference(state: InteractionState, event: InteractionEvent, viewpoint: string | undefined): void {
  if (event.agentIds.length > 0 && isOpen(state)) state.agentIds = event.agentIds;
  if (state.phase !== undefined || state.end !== undefined || viewpoint === undefined) return;
  if (!event.agentIds.includes(viewpoint)) return;
  state.agentIds = event.agentIds;
  enterPhase(state, 'talk', event.at);
}

/** For the tenant's view, an agent who leaves a conference ends nothing. A leaver without a name is the only one. */
function isStillHandled(
  state: InteractionState,
  event: InteractionEvent,
  viewpoint: string | undefined,
): boolean {
  const others = state.agentIds.length - (event.agentId === undefined ? 1 : 0);
  // Also where the first one's leaving has ended it: what the others do is no wrap-up of ours.
  const wasTalking = state.phase === 'talk' || state.phase === 'hold';
  return viewpoint === undefined && wasTalking && others > 0;
}

function joined(state: InteractionState, agentId: string | undefined): void {
  if (agentId !== undefined && isOpen(state)) state.agentIds = withOne(state.agentIds, agentId);
}

function left(state: InteractionState, agentId: string | undefined): void {
  state.agentIds = without(state.agentIds, agentId);
}
