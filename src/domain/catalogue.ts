/**
 * Every event name of 8x8's event reference, with what it means to the models and how it looks. Owns names; refuses to
 * own wording, which is the page's (`src/i18n/`). New names will come, as 8x8 says: they get a definition made from
 * their words and are shown like any other.
 */
import type { IconName, Tone } from '../protocol/views.js';
import { MAX_NAME_LENGTH, readText } from './fields.js';

/** What an event does to an interaction, and which sentence it becomes. */
export type EventRole =
  | 'created'
  | 'queued'
  | 'assigned'
  | 'accepted'
  | 'customer-accepted'
  | 'rejected'
  | 'unqueued'
  | 'queue-timeout'
  | 'hold'
  | 'mute'
  | 'recording'
  | 'wrap-up-started'
  | 'wrap-up-done'
  | 'deassigned'
  | 'deleted'
  | 'transfer'
  | 'conference'
  | 'guest-left'
  | 'agent-status'
  | 'skill'
  | 'technical'
  | 'by-name';

export interface EventDefinition {
  /** In 8x8's spelling. */
  readonly name: string;
  readonly role: EventRole;
  /** `media` stands for the icon of the interaction's media. */
  readonly icon: IconName | 'media';
  readonly tone: Tone;
  /** Shown only in a flat list of all events, never as a row or step of its own. */
  readonly isTechnical: boolean;
}

/** Always together with an event that has the sentence, or of no interest to anybody at a desk. */
const TECHNICAL: ReadonlySet<EventRole> = new Set(['deassigned', 'technical']);

const DEFINITIONS: readonly EventDefinition[] = [
  define('created', 'media', 'neutral', 'InteractionCreated'),
  define('queued', 'queue', 'neutral', 'InteractionQueued'),
  define('assigned', 'ring', 'ring', 'InteractionAssigned'),
  define('accepted', 'talk', 'busy', 'InteractionAccepted'),
  define('customer-accepted', 'talk', 'busy', 'InteractionCustomerAccepted'),
  define('rejected', 'missed', 'warn', 'InteractionRejected'),
  define('unqueued', 'leave', 'neutral', 'InteractionUnqueued'),
  define('queue-timeout', 'timeout', 'warn', 'InteractionQueueTimeout'),
  define('hold', 'hold', 'hold', 'LineHoldStatus'),
  define('mute', 'mute', 'neutral', 'LineMuteStatus'),
  define(
    'recording',
    'recording',
    'neutral',
    'InteractionRecordingStarted',
    'RecordingStatus',
    'InteractionRecordingReady',
  ),
  define('wrap-up-started', 'wrap-up', 'hold', 'InteractionPostProcess'),
  define('wrap-up-done', 'done', 'neutral', 'InteractionEndPostProcess'),
  define('deassigned', 'dot', 'neutral', 'InteractionDeassigned'),
  define('deleted', 'end', 'neutral', 'InteractionDeleted'),
  define('transfer', 'transfer', 'neutral', 'InteractionTransferRequest'),
  define(
    'conference',
    'people',
    'neutral',
    'InteractionParticipantChange',
    'InteractionParticipantRemovedByHost',
    'InteractionJoinLinesRequest',
    'InteractionJoined',
    'InteractionReconnect',
  ),
  define('guest-left', 'chat', 'neutral', 'GuestChatEnd'),
  define('agent-status', 'status', 'neutral', 'AgentStatusChange'),
  define('skill', 'skill', 'neutral', 'AgentProvChange', 'AgentSkillCreated', 'AgentSkillChanged'),
  define(
    'technical',
    'dot',
    'neutral',
    'InteractionChanged',
    'MediaProxyAdded',
    'MediaProxyRemoved',
    // Heartbeat of the legacy Streaming API (its overview page, "Heartbeat"); relays may pass it on.
    'ClientCheck',
  ),
].flat();

const [UNKNOWN] = define('by-name', 'dot', 'neutral', '') as [EventDefinition];

/** By the exact spelling, which is asked for on every event, and in lower case: legacy pages spell `InteractionDeAssigned`. */
const BY_NAME = new Map(
  DEFINITIONS.flatMap((definition): readonly (readonly [string, EventDefinition])[] => [
    [definition.name, definition],
    [definition.name.toLowerCase(), definition],
  ]),
);

/** The definition of a name in any case; an unknown name has the role `by-name`. */
export function definitionOf(name: string): EventDefinition {
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase()) ?? UNKNOWN;
}

/** The name that a payload's `event` holds: in 8x8's spelling when it is known, else as it came. */
export function nameOf(event: unknown): string | undefined {
  const name = readText(event, MAX_NAME_LENGTH);
  return name === undefined ? undefined : definitionOf(name).name || name;
}

export function knownEventNames(): readonly string[] {
  return DEFINITIONS.map((definition) => definition.name);
}

function define(
  role: EventRole,
  icon: IconName | 'media',
  tone: Tone,
  ...names: readonly string[]
): readonly EventDefinition[] {
  return names.map((name) => ({ name, role, icon, tone, isTechnical: TECHNICAL.has(role) }));
}
