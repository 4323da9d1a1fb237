/**
 * One interaction of the model: what is true of it now. Owns its facts; refuses to own its course (the flows) and
 * its form on the wire (the payloads).
 */
import type { Timer } from './agenda.js';
import type { Caller } from './callers.js';
import type { Desk } from './desk.js';
import type { Random } from './random.js';
import type { Media, Queue } from './roster.js';

/** 8x8's `resourceType` (Field Reference, Resource Type Codes): 0 phone, 2 chat, 3 SMS. */
export type ResourceType = 0 | 2 | 3;

/** Where an interaction was before it was transferred to a queue as a new interaction. */
export interface Origin {
  readonly guid: string;
  readonly transactionNum: number;
  readonly queue: Queue | undefined;
}

/** Where the interaction stands. `handling` lasts until the last agent's talk is over, `wrapUp` until its wrap-up is. */
export type Phase = 'created' | 'waiting' | 'offered' | 'handling' | 'wrapUp' | 'ended';

/** How an interaction ended, as `InteractionDeleted` tells it. */
export interface Conclusion {
  readonly hangupInitiator: 'AGENT' | 'CUSTOMER' | 'SYSTEM';
  /** A `CEC_…` value of 8x8's Field Reference, Hangup Reason Codes. */
  readonly callHangupReason: string;
}

/** The facts fixed when an interaction is made. */
export interface InteractionFacts {
  readonly guid: string;
  readonly media: Media;
  readonly resourceType: ResourceType;
  readonly direction: 'in' | 'out';
  readonly isAgentInitiated: boolean;
  readonly caller: Caller;
  readonly transactionNum: number;
  readonly isRecorded: boolean;
  readonly origin: Origin | undefined;
  /** The line it came in on. */
  readonly line: Queue;
  /** Chance for what happens to it. */
  readonly random: Random;
  /** Chance for how its events look, apart from the former so that a new quirk changes no decision. */
  readonly wire: Random;
}

/** An interaction and the state that moves. */
export interface Interaction extends InteractionFacts {
  phase: Phase;
  /** Nothing before it was queued, and for calls that pass no queue. */
  queue: Queue | undefined;
  /** ms since the epoch of the first time it entered the present queue. */
  queuedAt: number | undefined;
  /** Agents that accepted it, in order. */
  readonly participants: Desk[];
  /** Desks that must not be offered it again before the given time. */
  readonly refusedUntil: Map<Desk, number>;
  /** The desk that should get it when it can. */
  preferred: Desk | undefined;
  /** Known once the talk is over. */
  conclusion: Conclusion | undefined;
  /** Timers that end with the present phase. */
  readonly timers: Timer[];
}

/** Ends everything planned for the present phase. */
export function cancelTimers(interaction: Interaction): void {
  for (const timer of interaction.timers.splice(0)) timer.cancel();
}
