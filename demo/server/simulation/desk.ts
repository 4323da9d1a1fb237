/**
 * One agent's desk: presence, work in hand and skills. Owns the rule from these to 8x8's status code and the rule
 * of who can be offered what; refuses to own time and messages.
 */
import type { Timer } from './agenda.js';
import type { Interaction } from './interaction.js';
import type { Random } from './random.js';
import type { Agent, Media, Queue } from './roster.js';

/** What the agent is when there is no work in hand. */
export type Presence =
  | { readonly kind: 'loggedOut' }
  | { readonly kind: 'loggedIn' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'onBreak'; readonly reason: string }
  | { readonly kind: 'workingOffline'; readonly reason: string };

/** What one interaction is to the desk. */
export type WorkPhase = 'offered' | 'handling' | 'wrapUp';

/** `newState` codes in use here, from 8x8's Agent Status API: 1 to 8. */
export type StatusCode = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Chats one agent takes at a time. */
const CHAT_CAPACITY = 2;

/** The state of one desk. */
export interface Desk {
  readonly agent: Agent;
  readonly random: Random;
  readonly wire: Random;
  presence: Presence;
  /** A change of presence asked for while there was work in hand; carried out once the desk is clear. Until then nothing is offered. */
  wanted: (() => void) | undefined;
  readonly work: Map<Interaction, WorkPhase>;
  /** The next act on each piece of work: the answer, the end of the talk, the end of wrap-up. */
  readonly acts: Map<Interaction, Timer>;
  /** The end of a break, of offline work, or of the time away. */
  comeback: Timer | undefined;
  /** Nothing is offered before this time: a breath after a refusal. */
  restUntil: number;
  /** Since when nothing is in hand. The longest idle desk is offered first. */
  idleSince: number;
  readonly queuesOff: Set<number>;
  /** The last status told to the world. */
  told: { readonly code: StatusCode; readonly reason: string | undefined } | undefined;
  /** `statusEventTS` of the last status message, in seconds. */
  toldEventTS: number;
}

/** The code of a presence with no work in hand. */
function presenceCode(presence: Presence): StatusCode {
  switch (presence.kind) {
    case 'loggedOut':
      return 1;
    case 'loggedIn':
      return 2;
    case 'onBreak':
      return 3;
    case 'ready':
      return 4;
    case 'workingOffline':
      return 5;
    default: {
      const impossible: never = presence;
      return impossible;
    }
  }
}

/** The status code that follows from presence and work: handling before ringing before wrap-up, as a console shows it. */
export function statusCode(presence: Presence, phases: Iterable<WorkPhase>): StatusCode {
  const held = new Set(phases);
  if (held.has('handling')) return 7;
  if (held.has('offered')) return 6;
  if (held.has('wrapUp')) return 8;
  return presenceCode(presence);
}

/** Whether the desk could take one more interaction of this kind. */
function hasRoomFor(desk: Desk, media: Media): boolean {
  if (media === 'phone') return desk.work.size === 0;
  return desk.work.size < CHAT_CAPACITY && [...desk.work.keys()].every((held) => held.media === 'chat');
}

/** Whether the desk serves the queue at present. */
export function serves(desk: Desk, queue: Queue): boolean {
  return desk.agent.queueIds.includes(queue.id) && !desk.queuesOff.has(queue.id);
}

/** Whether the interaction may be offered to the desk now. */
export function canTake(desk: Desk, interaction: Interaction, queue: Queue, now: number): boolean {
  return (
    desk.presence.kind === 'ready' &&
    desk.wanted === undefined &&
    desk.restUntil <= now &&
    (interaction.refusedUntil.get(desk) ?? 0) <= now &&
    serves(desk, queue) &&
    hasRoomFor(desk, interaction.media)
  );
}
