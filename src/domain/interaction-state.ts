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
import type { PhaseDurations, PhaseName } from '../protocol/views.js';
import { MAX_PARTICIPANTS } from './agent-id.js';
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
  durations: PhaseDurations;

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

/**
 * Those who take part when one joins. Of a stream in which nobody ever leaves, those who joined last: who joined first has
 * most likely gone.
 */
export function withOne(agentIds: readonly string[], agentId: string): readonly string[] {
  if (agentIds.includes(agentId)) return agentIds;
  return [...(agentIds.length < MAX_PARTICIPANTS ? agentIds : agentIds.slice(1)), agentId];
}

/** Those who stay when one leaves. */
export function without(agentIds: readonly string[], agentId: string | undefined): readonly string[] {
  if (agentId === undefined || !agentIds.includes(agentId)) return agentIds;
  return agentIds.length === 1 ? NO_AGENTS : agentIds.filter((id) => id !== agentId);
}

const NO_DURATIONS: PhaseDurations = {
  wait: undefined,
  ring: undefined,
  talk: undefined,
  hold: undefined,
  'wrap-up': undefined,
};

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
    durations: NO_DURATIONS,
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
  state.direction = event.direction ?? state.direction;
  if (event.queueId !== undefined && event.queueId !== state.queueId) {
    state.queueId = event.queueId;
    state.queueName = undefined;
  }
  state.queueName = event.queueName ?? state.queueName;
  state.priority = event.priority ?? state.priority;
  state.hangupInitiator = event.hangupInitiator ?? state.hangupInitiator;
  state.hangupReason = event.hangupReason ?? state.hangupReason;
  if (event.caller !== undefined) {
    const { caller } = state;
    const name = event.caller.name ?? caller?.name;
    const number = event.caller.number ?? caller?.number;
    if (name !== caller?.name || number !== caller?.number) state.caller = { name, number };
  }
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
function closePhase(state: InteractionState, at: number): void {
  if (state.end !== undefined || state.phase === undefined) return;
  addTo(state, state.phase, Math.max(0, at - state.phaseSince));
}

export function addTo(state: InteractionState, phase: PhaseName, ms: number): void {
  const durations = { ...state.durations };
  durations[phase] = (durations[phase] ?? 0) + ms;
  state.durations = durations;
}

export function endState(state: InteractionState, end: EndKind, at: number): void {
  closePhase(state, at);
  state.end = end;
  state.endedAt = at;
  state.leavingSince = undefined;
}

/** From the start of the wait, the offer or the call to the end; `undefined` when the start was not seen. */
export function totalMs(state: InteractionState): number | undefined {
  if (state.end === undefined || state.end === 'stale' || state.startedAt === undefined) return undefined;
  return Math.max(0, state.endedAt - state.startedAt);
}

export function isOpen(state: InteractionState): boolean {
  return state.phase !== undefined && state.end === undefined;
}

/** In conversation, or on hold in one. */
export function isTalking(state: InteractionState): boolean {
  return state.end === undefined && (state.phase === 'talk' || state.phase === 'hold');
}

/** The agent's phone rings, not the customer's. */
export function isRinging(state: InteractionState): boolean {
  return state.phase === 'ring' && !state.isCalling;
}

/** Where an interaction stands in the list, and the time it shows: when it ended, so that times read in order. */
export function standsAt(state: InteractionState): number {
  return state.end === undefined ? state.lastAt : state.endedAt;
}
