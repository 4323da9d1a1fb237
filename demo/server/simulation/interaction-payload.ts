/**
 * The `Interaction` payload. Owns which event carries which member, and the inconsistencies of the public samples
 * (8x8's Event Reference, Field Reference, Streaming API Overview (Legacy)); refuses to own what happens when.
 */
import { attachedData } from './attached-data.js';
import type { Desk } from './desk.js';
import type { Interaction } from './interaction.js';
import { alphabetical, type JsonObject, type JsonValue } from './json.js';

/** The interaction events in use. */
export type InteractionEvent =
  | 'InteractionCreated'
  | 'InteractionQueued'
  | 'InteractionUnqueued'
  | 'InteractionQueueTimeout'
  | 'InteractionAssigned'
  | 'InteractionRejected'
  | 'InteractionAccepted'
  | 'InteractionCustomerAccepted'
  | 'InteractionRecordingStarted'
  | 'RecordingStatus'
  | 'InteractionRecordingReady'
  | 'LineHoldStatus'
  | 'LineMuteStatus'
  | 'InteractionTransferRequest'
  | 'InteractionReconnect'
  | 'InteractionParticipantChange'
  | 'GuestChatEnd'
  | 'InteractionPostProcess'
  | 'InteractionEndPostProcess'
  | 'InteractionDeassigned'
  | 'InteractionDeleted';

/** 8x8's `callState` values. */
export type CallState =
  'CS_IDLE' | 'CS_QUEUED' | 'CS_INPROGRESS' | 'CS_CONNECTED' | 'CS_HOLD' | 'CS_DISCONNECTED';

/** What one event adds to the interaction's own facts. */
export interface InteractionReport {
  readonly interaction: Interaction;
  readonly event: InteractionEvent;
  /** The agent it is about. Nothing for events that name none, such as Created and Queued. */
  readonly desk?: Desk | undefined;
  /** Who takes part, when that is not everybody who ever did. */
  readonly participants?: readonly Desk[] | undefined;
  readonly callState?: CallState | undefined;
  /** Members of this event alone, such as `rejectReason`. */
  readonly detail?: Readonly<Record<string, JsonValue>> | undefined;
  /** Keys added to `attachedData`. */
  readonly attached?: Readonly<Record<string, JsonValue>> | undefined;
}

/** Where and when the event is told. */
export interface WireContext {
  readonly tenant: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly msgInfo: JsonObject;
}

type Groups = readonly Group[];
type Group =
  | 'contactData'
  | 'queueData'
  | 'eventTime'
  | 'queueTime'
  | 'queue'
  | 'queueList'
  | 'media'
  | 'resource'
  | 'channel'
  | 'transaction'
  | 'agent'
  | 'agentPhone'
  | 'participants'
  | 'origins'
  | 'recordingMode';

/**
 * Members by event. `InteractionAssigned` has no `interactionEventTS`, `InteractionRejected` no `queueId`,
 * `InteractionEndPostProcess` neither media nor queue, and Created, Queued and Deleted no `agentId`: as sampled.
 */
const carried: Readonly<Record<InteractionEvent, Groups>> = {
  InteractionCreated: ['contactData', 'channel', 'eventTime', 'resource'],
  InteractionQueued: [
    'queueData',
    'channel',
    'eventTime',
    'queueTime',
    'queue',
    'queueList',
    'media',
    'resource',
    'transaction',
  ],
  InteractionUnqueued: ['queueData', 'eventTime', 'queueTime', 'queueList', 'media', 'resource'],
  InteractionQueueTimeout: ['eventTime', 'queue', 'queueList', 'resource'],
  InteractionAssigned: [
    'queueData',
    'agent',
    'agentPhone',
    'participants',
    'queueTime',
    'queue',
    'queueList',
    'media',
    'resource',
    'origins',
    'recordingMode',
    'transaction',
  ],
  InteractionRejected: ['agent', 'participants', 'eventTime', 'queueList', 'resource'],
  InteractionAccepted: [
    'queueData',
    'agent',
    'participants',
    'eventTime',
    'queueTime',
    'queue',
    'queueList',
    'media',
    'resource',
    'origins',
    'recordingMode',
    'transaction',
  ],
  InteractionCustomerAccepted: [
    'queueData',
    'agent',
    'participants',
    'eventTime',
    'media',
    'resource',
    'transaction',
  ],
  InteractionRecordingStarted: ['agent', 'eventTime', 'recordingMode', 'transaction'],
  RecordingStatus: ['agent', 'eventTime', 'recordingMode', 'transaction'],
  InteractionRecordingReady: ['agent', 'eventTime', 'transaction'],
  LineHoldStatus: ['agent', 'participants', 'eventTime', 'media', 'transaction'],
  LineMuteStatus: ['agent', 'participants', 'eventTime', 'media', 'transaction'],
  InteractionTransferRequest: ['agent', 'participants', 'eventTime', 'transaction'],
  InteractionReconnect: ['agent', 'participants', 'eventTime', 'transaction'],
  InteractionParticipantChange: ['participants', 'eventTime', 'media', 'resource', 'transaction'],
  GuestChatEnd: ['contactData', 'participants', 'eventTime', 'resource'],
  InteractionPostProcess: [
    'queueData',
    'agent',
    'participants',
    'eventTime',
    'queueTime',
    'queueList',
    'media',
    'resource',
    'transaction',
  ],
  InteractionEndPostProcess: ['queueData', 'agent', 'participants', 'eventTime', 'transaction'],
  InteractionDeassigned: ['agent', 'eventTime', 'queueList', 'media', 'resource'],
  InteractionDeleted: [
    'queueData',
    'channel',
    'participants',
    'eventTime',
    'queueList',
    'media',
    'resource',
    'origins',
    'recordingMode',
  ],
};

/** Booleans come as JSON booleans or as strings (Field Reference, Boolean String Representation). */
function loose(interaction: Interaction, value: boolean): boolean | string {
  return interaction.wire.chance(0.35) ? String(value) : value;
}

/** Agents that take part, plain or as GUIDs, by comma or semicolon (Field Reference, Participating Agents Array Parsing). */
function participatingAgents(report: InteractionReport, tenant: string): string | undefined {
  const { interaction, desk, participants = interaction.participants } = report;
  const desks = new Set(participants);
  if (desk !== undefined) desks.add(desk);
  if (desks.size === 0) return undefined;
  const agents = [...desks].map(({ agent }) => agent);
  return interaction.wire.weighted<() => string>([
    [5, () => agents.map(({ id }) => id).join(',')],
    [2, () => agents.map(({ id }) => id).join(';')],
    [3, () => agents.map((agent) => agentGuid(agent, tenant)).join(';')],
  ])();
}

/** The GUID `{tenant}-{agentId}-{uuid}`. */
export function agentGuid(agent: Desk['agent'], tenant: string): string {
  return `${tenant}-${agent.id}-${agent.uuid}`;
}

function members(
  report: InteractionReport,
  group: Group,
  { tenant, at }: WireContext,
): Record<string, JsonValue | undefined> {
  const { interaction, desk } = report;
  const { queue, queuedAt, resourceType, line } = interaction;
  const queuedSeconds = queuedAt === undefined ? undefined : Math.floor(queuedAt / 1000);
  switch (group) {
    case 'contactData':
      return { attachedData: attachedData(interaction, 'contact', tenant, report.attached) };
    case 'queueData':
      return { attachedData: attachedData(interaction, 'queue', tenant, report.attached) };
    case 'eventTime':
      return { interactionEventTS: Math.floor(at / 1000) };
    case 'queueTime':
      // Both are copies of the queue-entry time, whatever the name `eventTS` promises (Field Reference, UserData Extraction).
      return { eventTS: queuedSeconds, queueTime: queuedSeconds };
    case 'queue':
      return {
        direction: interaction.direction,
        priority: queue === undefined ? undefined : 50,
        queueId: queue?.id,
      };
    case 'queueList':
      return { queueList: queue?.id };
    case 'media':
      return { mediaType: interaction.media };
    case 'resource':
      return { resourceType };
    case 'channel':
      return { inboundChannelid: interaction.direction === 'in' ? line.channel : 'N/A' };
    case 'transaction':
      return { transactionNum: interaction.transactionNum };
    case 'agent':
      return desk === undefined ? {} : { agentGUID: agentGuid(desk.agent, tenant), agentId: desk.agent.id };
    case 'agentPhone':
      return desk === undefined
        ? {}
        : { agentPhone: desk.agent.phone, agentTreatedPhone: `${desk.agent.phone}-${tenant}` };
    case 'participants':
      return { participatingAgents: participatingAgents(report, tenant) };
    case 'origins':
      return {
        isAgentInitiated: loose(interaction, interaction.isAgentInitiated),
        isDirectAccess: loose(interaction, false),
        isExternal: loose(interaction, true),
        isOutboundCall: loose(interaction, interaction.direction === 'out'),
      };
    case 'recordingMode':
      return { recordingMode: interaction.isRecorded ? 'yes' : 'no' };
    default: {
      const impossible: never = group;
      return impossible;
    }
  }
}

/**
 * The agents an event is for: the one it is about; an event about no agent in particular (`InteractionDeleted`,
 * `InteractionParticipantChange`, `GuestChatEnd`) goes to those named in `participatingAgents`.
 */
export function agentsNamed(report: InteractionReport): readonly string[] {
  const { interaction, event, desk, participants = interaction.participants } = report;
  if (desk !== undefined) return [desk.agent.id];
  if (!carried[event].includes('participants')) return [];
  return [...new Set(participants.map(({ agent }) => agent.id))];
}

/** Builds the payload `{"Interaction": {…}}`. */
export function interactionPayload(report: InteractionReport, context: WireContext): JsonObject {
  const { interaction, event, callState, detail } = report;
  const collected: Record<string, JsonValue | undefined> = {
    event,
    interactionGUID: interaction.guid,
    msgInfo: context.msgInfo,
    callState,
  };
  for (const group of carried[event]) Object.assign(collected, members(report, group, context));
  for (const [key, value] of Object.entries(detail ?? {})) {
    collected[key] = typeof value === 'boolean' ? loose(interaction, value) : value;
  }
  return { Interaction: alphabetical(collected) };
}
