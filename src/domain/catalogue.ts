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

const DEFINITIONS: readonly EventDefinition[] = [
  define('InteractionCreated', 'created', 'media', 'neutral'),
  define('InteractionQueued', 'queued', 'queue', 'neutral'),
  define('InteractionAssigned', 'assigned', 'ring', 'ring'),
  define('InteractionAccepted', 'accepted', 'talk', 'busy'),
  define('InteractionCustomerAccepted', 'customer-accepted', 'talk', 'busy'),
  define('InteractionRejected', 'rejected', 'missed', 'warn'),
  define('InteractionUnqueued', 'unqueued', 'leave', 'neutral'),
  define('InteractionQueueTimeout', 'queue-timeout', 'timeout', 'warn'),
  define('LineHoldStatus', 'hold', 'hold', 'hold'),
  define('LineMuteStatus', 'mute', 'mute', 'neutral'),
  define('InteractionRecordingStarted', 'recording', 'recording', 'neutral'),
  define('RecordingStatus', 'recording', 'recording', 'neutral'),
  define('InteractionRecordingReady', 'recording', 'recording', 'neutral'),
  define('InteractionPostProcess', 'wrap-up-started', 'wrap-up', 'hold'),
  define('InteractionEndPostProcess', 'wrap-up-done', 'done', 'neutral'),
  // Always together with the event that caused it, which has the sentence.
  technical('InteractionDeassigned', 'deassigned'),
  define('InteractionDeleted', 'deleted', 'end', 'neutral'),
  define('InteractionTransferRequest', 'transfer', 'transfer', 'neutral'),
  define('InteractionParticipantChange', 'conference', 'people', 'neutral'),
  define('InteractionParticipantRemovedByHost', 'conference', 'people', 'neutral'),
  define('InteractionJoinLinesRequest', 'conference', 'people', 'neutral'),
  define('InteractionJoined', 'conference', 'people', 'neutral'),
  define('InteractionReconnect', 'conference', 'people', 'neutral'),
  technical('InteractionChanged'),
  define('GuestChatEnd', 'guest-left', 'chat', 'neutral'),
  define('AgentStatusChange', 'agent-status', 'status', 'neutral'),
  define('AgentProvChange', 'skill', 'skill', 'neutral'),
  define('AgentSkillCreated', 'skill', 'skill', 'neutral'),
  define('AgentSkillChanged', 'skill', 'skill', 'neutral'),
  technical('MediaProxyAdded'),
  technical('MediaProxyRemoved'),
  // Heartbeat of the legacy Streaming API (its overview page, "Heartbeat"); relays may pass it on.
  technical('ClientCheck'),
];

const UNKNOWN: EventDefinition = define('', 'by-name', 'dot', 'neutral');

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

function define(name: string, role: EventRole, icon: IconName | 'media', tone: Tone): EventDefinition {
  return { name, role, icon, tone, isTechnical: false };
}

function technical(name: string, role: EventRole = 'by-name'): EventDefinition {
  return { ...define(name, role, 'dot', 'neutral'), isTechnical: true };
}
