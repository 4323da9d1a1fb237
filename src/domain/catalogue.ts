/**
 * Every event name of 8x8's event reference, with what it means to the models and how it looks. Owns names; refuses to
 * own wording, which is the page's (`src/i18n/`). New names will come, as 8x8 says: they get a definition made from
 * their words and are shown like any other.
 */
import type { IconName, Tone } from '../protocol/views.js';

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

/**
 * Whether a screen reader hears of it. `once` at most once per interaction, `ends-card` if it ends the card in view,
 * `not-own-work` unless the agent's own work caused it.
 */
export type Announce = 'never' | 'always' | 'once' | 'ends-card' | 'not-own-work';

export interface EventDefinition {
  /** In 8x8's spelling. */
  readonly name: string;
  readonly role: EventRole;
  /** `media` stands for the icon of the interaction's media. */
  readonly icon: IconName | 'media';
  readonly tone: Tone;
  /** Shown only in a flat list of all events, never as a row or step of its own. */
  readonly isTechnical: boolean;
  readonly announce: Announce;
}

const DEFINITIONS: readonly EventDefinition[] = [
  define('InteractionCreated', 'created', 'media', 'neutral'),
  define('InteractionQueued', 'queued', 'queue', 'neutral'),
  define('InteractionAssigned', 'assigned', 'ring', 'ring', 'once'),
  define('InteractionAccepted', 'accepted', 'talk', 'busy', 'always'),
  define('InteractionCustomerAccepted', 'customer-accepted', 'talk', 'busy', 'always'),
  define('InteractionRejected', 'rejected', 'missed', 'warn', 'always'),
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
  define('InteractionDeleted', 'deleted', 'end', 'neutral', 'ends-card'),
  define('InteractionTransferRequest', 'transfer', 'transfer', 'neutral'),
  define('InteractionParticipantChange', 'conference', 'people', 'neutral'),
  define('InteractionParticipantRemovedByHost', 'conference', 'people', 'neutral'),
  define('InteractionJoinLinesRequest', 'conference', 'people', 'neutral'),
  define('InteractionJoined', 'conference', 'people', 'neutral'),
  define('InteractionReconnect', 'conference', 'people', 'neutral'),
  technical('InteractionChanged'),
  define('GuestChatEnd', 'guest-left', 'chat', 'neutral', 'always'),
  define('AgentStatusChange', 'agent-status', 'status', 'neutral', 'not-own-work'),
  define('AgentProvChange', 'skill', 'skill', 'neutral'),
  define('AgentSkillCreated', 'skill', 'skill', 'neutral'),
  define('AgentSkillChanged', 'skill', 'skill', 'neutral'),
  technical('MediaProxyAdded'),
  technical('MediaProxyRemoved'),
  // Heartbeat of the legacy Streaming API (its overview page, "Heartbeat"); relays may pass it on.
  technical('ClientCheck'),
];

const UNKNOWN: EventDefinition = define('', 'by-name', 'dot', 'neutral');

/** Exact spellings, asked on every event. */
const BY_NAME = new Map(DEFINITIONS.map((definition) => [definition.name, definition]));

/** Legacy pages spell `InteractionDeAssigned`: asked only when the exact spelling is not there. */
const BY_LOWER_CASE = new Map(DEFINITIONS.map((definition) => [definition.name.toLowerCase(), definition]));

/** Longest known name is 35 characters; a longer one need not be lowered to know that it is none. */
const MAX_KNOWN_LENGTH = 64;

/** The definition of a name in any case; an unknown name has the role `by-name`. */
export function definitionOf(name: string): EventDefinition {
  const exact = BY_NAME.get(name);
  if (exact !== undefined) return exact;
  if (name.length > MAX_KNOWN_LENGTH) return UNKNOWN;
  return BY_LOWER_CASE.get(name.toLowerCase()) ?? UNKNOWN;
}

export function knownEventNames(): readonly string[] {
  return DEFINITIONS.map((definition) => definition.name);
}

function define(
  name: string,
  role: EventRole,
  icon: IconName | 'media',
  tone: Tone,
  announce: Announce = 'never',
): EventDefinition {
  return { name, role, icon, tone, isTechnical: false, announce };
}

function technical(name: string, role: EventRole = 'by-name'): EventDefinition {
  return { name, role, icon: 'dot', tone: 'neutral', isTechnical: true, announce: 'never' };
}
