/**
 * What is known of one interaction after some of its events: which phase runs, how long the others took, how it ended.
 * Owns the fields and the arithmetic of phases; refuses to own what an event does to them (`interaction-fold.ts`).
 *
 * The object is changed in place: it is folded over 30,000 times a second, and a copy per event would be the cost of
 * the model.
 */
import type {
  Caller,
  Direction,
  HangupInitiator,
  HangupReason,
  InteractionEvent,
  Media,
  RejectReason,
} from '../protocol/stream-event.js';
import type { LiveState, PhaseDurations, PhaseName } from '../protocol/views.js';
import { finerMedia } from './media.js';

/**
 * Why it is over: `missed` an offer to the agent in view came to nothing; `deleted` the interaction itself ended;
 * `wrapped` wrap-up ended; `released` the agent was released without wrap-up; `left-queue` and `queue-timeout` it left
 * the queue and nothing more came; `stale` nothing came for so long that its end must have been lost.
 */
export type EndKind =
  'missed' | 'deleted' | 'wrapped' | 'released' | 'left-queue' | 'queue-timeout' | 'stale';

export interface InteractionState {
  media: Media | undefined;
  direction: Direction | undefined;
  caller: Caller | undefined;
  queueId: string | undefined;
  queueName: string | undefined;
  priority: number | undefined;

  /** `undefined` until an event has said where the interaction stands; after the end, the last phase that ran. */
  phase: PhaseName | undefined;
  phaseSince: number;
  wait: number | undefined;
  ring: number | undefined;
  talk: number | undefined;
  hold: number | undefined;
  wrapUp: number | undefined;

  /** The customer's phone rings, not the agent's. */
  isCalling: boolean;
  wasQueued: boolean;
  /** Left the queue; what became of it is not known yet. */
  leavingSince: number | undefined;
  leftByTimeout: boolean;

  startedAt: number | undefined;
  offeredAt: number | undefined;
  acceptedAt: number | undefined;
  lastRingMs: number | undefined;
  lastHeldMs: number | undefined;
  handledMs: number | undefined;
  ringLimitMs: number | undefined;

  end: EndKind | undefined;
  endedAt: number;
  rejectReason: RejectReason | undefined;
  hangupInitiator: HangupInitiator | undefined;
  hangupReason: HangupReason | undefined;

  isMuted: boolean;
  isRecording: boolean;
  /** Agents who take part now. */
  agentIds: readonly string[];
  firstAt: number;
  lastAt: number;
}

export const NO_AGENTS: readonly string[] = [];

export function newState(at: number): InteractionState {
  return {
    media: undefined,
    direction: undefined,
    caller: undefined,
    queueId: undefined,
    queueName: undefined,
    priority: undefined,
    phase: undefined,
    phaseSince: at,
    wait: undefined,
    ring: undefined,
    talk: undefined,
    hold: undefined,
    wrapUp: undefined,
    isCalling: false,
    wasQueued: false,
    leavingSince: undefined,
    leftByTimeout: false,
    startedAt: undefined,
    offeredAt: undefined,
    acceptedAt: undefined,
    lastRingMs: undefined,
    lastHeldMs: undefined,
    handledMs: undefined,
    ringLimitMs: undefined,
    end: undefined,
    endedAt: at,
    rejectReason: undefined,
    hangupInitiator: undefined,
    hangupReason: undefined,
    isMuted: false,
    isRecording: false,
    agentIds: NO_AGENTS,
    firstAt: at,
    lastAt: at,
  };
}

/** Events leave facts out that earlier ones had (8x8's end events name neither media nor queue), so they accumulate. */
export function mergeFacts(state: InteractionState, event: InteractionEvent): void {
  state.media = finerMedia(state.media, event.media);
  if (event.direction !== undefined) state.direction = event.direction;
  if (event.queueId !== undefined && event.queueId !== state.queueId) {
    state.queueId = event.queueId;
    state.queueName = undefined;
  }
  if (event.queueName !== undefined) state.queueName = event.queueName;
  if (event.priority !== undefined) state.priority = event.priority;
  if (event.hangupInitiator !== undefined) state.hangupInitiator = event.hangupInitiator;
  if (event.hangupReason !== undefined) state.hangupReason = event.hangupReason;
  if (event.caller !== undefined) state.caller = mergeCaller(state.caller, event.caller);
}

function mergeCaller(known: Caller | undefined, next: Caller): Caller {
  if (known === undefined || (next.name !== undefined && next.number !== undefined)) return next;
  return { name: next.name ?? known.name, number: next.number ?? known.number };
}

/** Ends the running phase and begins another. */
export function enterPhase(state: InteractionState, phase: PhaseName, at: number): void {
  closePhase(state, at);
  state.end = undefined;
  state.phase = phase;
  state.phaseSince = at;
  state.leavingSince = undefined;
}

/** Adds the running phase to its total. Never less than 0: clocks of two services may disagree by seconds. */
export function closePhase(state: InteractionState, at: number): void {
  if (state.end !== undefined) return;
  const spent = Math.max(0, at - state.phaseSince);
  switch (state.phase) {
    case undefined:
      return;
    case 'wait':
      state.wait = (state.wait ?? 0) + spent;
      return;
    case 'ring':
      state.ring = (state.ring ?? 0) + spent;
      return;
    case 'talk':
      state.talk = (state.talk ?? 0) + spent;
      return;
    case 'hold':
      state.hold = (state.hold ?? 0) + spent;
      return;
    case 'wrap-up':
      state.wrapUp = (state.wrapUp ?? 0) + spent;
      return;
    default:
      state.phase satisfies never;
  }
}

export function endState(state: InteractionState, end: EndKind, at: number): void {
  closePhase(state, at);
  state.end = end;
  state.endedAt = at;
  state.leavingSince = undefined;
}

export function durationsOf(state: InteractionState): PhaseDurations {
  return { wait: state.wait, ring: state.ring, talk: state.talk, hold: state.hold, 'wrap-up': state.wrapUp };
}

/** From the start of the wait, the offer or the call to the end; `undefined` when the start was not seen. */
export function totalMs(state: InteractionState): number | undefined {
  if (state.end === undefined || state.end === 'stale' || state.startedAt === undefined) return undefined;
  return Math.max(0, state.endedAt - state.startedAt);
}

/** The state word of a card, also of one that has just ended. */
export function liveState(state: InteractionState): LiveState {
  switch (state.phase) {
    case undefined:
    case 'wait':
      return 'waiting';
    case 'ring':
      return state.isCalling ? 'calling' : 'ringing';
    case 'talk':
      return 'on-call';
    case 'hold':
      return 'on-hold';
    case 'wrap-up':
      return 'wrap-up';
    default:
      return state.phase satisfies never;
  }
}

export function isOpen(state: InteractionState): boolean {
  return state.phase !== undefined && state.end === undefined;
}

/** Where an interaction stands in the list, and the time it shows: when it ended, so that times read in order. */
export function standsAt(state: InteractionState): number {
  return state.end === undefined ? state.lastAt : state.endedAt;
}
