/**
 * What events do to an interaction before the conversation: it is created, waits, is offered, answered or not.
 */
import type { InteractionEvent } from '../protocol/stream-event.js';
import { endState, enterPhase, isTalking, type InteractionState } from './interaction-state.js';

export function onCreated(state: InteractionState, event: InteractionEvent): void {
  if (state.phase !== undefined || state.end !== undefined) return;
  const isOutbound = state.direction === 'outbound';
  state.startedAt = event.at;
  state.isCalling = isOutbound;
  enterPhase(state, isOutbound ? 'ring' : 'wait', event.at);
}

export function onQueued(
  state: InteractionState,
  event: InteractionEvent,
  viewpoint: string | undefined,
): void {
  const { phase } = state;
  if (state.end !== undefined) return;
  const isBusy = isTalking(state) || phase === 'wrap-up';
  if (isBusy && viewpoint !== undefined) return;
  if (!state.wasQueued && !isBusy) beginWait(state, event.queuedAt ?? event.at, event.at);
  else if (phase !== 'wait') enterPhase(state, 'wait', event.at);
  state.leavingSince = undefined;
}

/** The wait begins when the queue says so; time in the menus before it is not waiting. */
function beginWait(state: InteractionState, queuedAt: number, at: number): void {
  const since = Math.min(queuedAt, at);
  state.wasQueued = true;
  state.startedAt = since;
  const isRinging = state.phase === 'ring';
  const wait = isRinging ? Math.max(0, (state.offeredAt ?? at) - since) : undefined;
  state.durations = { ...state.durations, wait };
  if (isRinging) return;
  state.phase = undefined;
  enterPhase(state, 'wait', since);
}

export function onAssigned(state: InteractionState, event: InteractionEvent): void {
  const { at } = event;
  if (!mayBegin(state, at)) return;
  // The queue time travels with later events, so the wait is right although `InteractionQueued` was missed.
  const isBeforeOffer = state.end === undefined && (state.phase === undefined || state.phase === 'wait');
  if (isBeforeOffer && !state.wasQueued && event.queuedAt !== undefined) beginWait(state, event.queuedAt, at);
  state.startedAt ??= at;
  state.offeredAt = at;
  state.ringLimitMs = event.ringLimitMs;
  state.isCalling = state.direction === 'outbound' && event.ringLimitMs === undefined;
  enterPhase(state, 'ring', at);
}

export function onAccepted(state: InteractionState, event: InteractionEvent): void {
  const { at } = event;
  if (!mayBegin(state, at)) return;
  if (state.startedAt === undefined && event.queuedAt !== undefined) {
    state.startedAt = Math.min(event.queuedAt, at);
    state.wasQueued = true;
  }
  state.startedAt ??= at;
  state.lastRingMs = state.offeredAt === undefined ? undefined : Math.max(0, at - state.offeredAt);
  if (state.direction === 'outbound') {
    state.isCalling = true;
    enterPhase(state, 'ring', at);
    return;
  }
  state.acceptedAt = at;
  enterPhase(state, 'talk', at);
}

export function onCustomerAccepted(state: InteractionState, at: number): void {
  if (!mayBegin(state, at)) return;
  state.startedAt ??= at;
  state.acceptedAt = at;
  enterPhase(state, 'talk', at);
}

export function onRejected(
  state: InteractionState,
  event: InteractionEvent,
  viewpoint: string | undefined,
): void {
  if (state.end !== undefined || isTalking(state) || state.phase === 'wrap-up') return;
  state.rejectReason = event.rejectReason ?? 'unknown';
  if (viewpoint === undefined) {
    if (state.phase !== 'wait') enterPhase(state, 'wait', event.at);
    return;
  }
  state.phase ??= 'ring';
  endState(state, 'missed', event.at);
}

/** 8x8 does not say whether `Unqueued` also comes with an offer, so a ringing interaction has not left. */
export function onLeavingQueue(
  state: InteractionState,
  at: number,
  viewpoint: string | undefined,
  byTimeout: boolean,
): void {
  if (byTimeout) state.leftByTimeout = true;
  if (state.end !== undefined || viewpoint !== undefined) return;
  if (state.phase === undefined) enterPhase(state, 'wait', at);
  if (state.phase === 'wait') state.leavingSince ??= at;
}

/** It is over and this comes after, or it has not come to a conversation: in a conference a second offer may come. */
function mayBegin(state: InteractionState, at: number): boolean {
  return state.end === undefined ? !isTalking(state) : mayReopen(state, at);
}

/** Later than its end, or as late as an end that the next event may well overtake within one second. */
export function mayReopen(state: InteractionState, at: number): boolean {
  return state.end === 'deleted' || state.end === 'wrapped' ? at > state.endedAt : at >= state.endedAt;
}
