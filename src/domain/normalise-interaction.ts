/** Reads a payload under the key `Interaction` (8x8 message format, event reference and field reference pages). */
import type {
  Direction,
  HangupInitiator,
  HangupReason,
  InteractionEvent,
  RecordingState,
  RejectReason,
} from '../protocol/stream-event.js';
import { readAgentId, readAgentIds } from './agent-id.js';
import { readAttachedData, type AttachedData } from './attached-data.js';
import { readCaller } from './caller.js';
import { definitionOf } from './catalogue.js';
import { eventTime, readSeconds } from './event-time.js';
import {
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  readBoolean,
  readNumber,
  readText,
  readWord,
  type Fields,
} from './fields.js';
import { readMedia } from './media.js';
import { readQueueId } from './queue-id.js';

/** A time to answer beyond a day is a wrong unit. */
const MAX_RING_LIMIT_S = 86_400;

/** `undefined` when no interaction is named: such an event belongs to no row. */
export function normaliseInteraction(fields: Fields, publishTime: number): InteractionEvent | undefined {
  const guid = readText(fields['interactionGUID'], MAX_ID_LENGTH);
  if (guid === undefined) return undefined;
  const spelled = readText(fields['event'], MAX_NAME_LENGTH) ?? 'Interaction';
  const definition = definitionOf(spelled);
  const role = definition.role;
  const name = definition.name === '' ? spelled : definition.name;
  const data = readAttachedData(fields['attachedData']);
  const isDeparture =
    role === 'deleted' || role === 'wrap-up-started' || role === 'wrap-up-done' || role === 'deassigned';
  return {
    kind: 'interaction',
    name,
    at: eventTime(fields, publishTime),
    guid,
    originalGuid: data.originalGuid ?? readText(fields['originalInteractionGuid'], MAX_ID_LENGTH),
    agentId: readAgentId(fields['agentId']) ?? readAgentId(fields['agentGUID']),
    agentIds: readAgentIds(fields['participatingAgents']),
    queueId: readQueueId(fields['queueId'], data.que, fields['queueList']),
    queueName: readText(data.queueName, MAX_NAME_LENGTH),
    queuedAt: readSeconds(fields['queueTime'], publishTime),
    isQueued: readBoolean(fields['isQueued']),
    media: readMedia(fields['resourceType'], fields['mediaType']),
    direction: readDirection(fields, data),
    caller: readCaller(data),
    ringLimitMs: readRingLimit(fields),
    rejectReason: role === 'rejected' ? readRejectReason(fields['rejectReason']) : undefined,
    isOnHold: role === 'hold' ? readBoolean(fields['status']) : undefined,
    isMuted: role === 'mute' ? readBoolean(fields['status']) : undefined,
    recording: role === 'recording' ? readRecording(name, fields['status']) : undefined,
    hangupInitiator: isDeparture ? readHangupInitiator(fields['hangupInitiator']) : undefined,
    hangupReason: isDeparture ? readHangupReason(fields['callHangupReason']) : undefined,
    priority: readNumber(fields['priority']) ?? readNumber(data.priority),
    dispositionCode: readText(fields['dispositionCode'], MAX_ID_LENGTH),
  };
}

function readDirection(fields: Fields, data: AttachedData): Direction | undefined {
  const own = directionOf(fields['direction']);
  if (own !== undefined) return own;
  const isOutbound = readBoolean(fields['isOutboundCall']);
  if (isOutbound === true) return 'outbound';
  return directionOf(data.queueDirection) ?? (isOutbound === false ? 'inbound' : undefined);
}

function directionOf(value: unknown): Direction | undefined {
  switch (value) {
    case 'in':
      return 'inbound';
    case 'out':
      return 'outbound';
    default:
  }
  switch (readWord(value)) {
    case 'in':
    case 'inbound':
      return 'inbound';
    case 'out':
    case 'outbound':
      return 'outbound';
    default:
      return undefined;
  }
}

function readRingLimit(fields: Fields): number | undefined {
  return ringLimitOf(fields['promptingTimeout']) ?? ringLimitOf(fields['agentRscWaitTime']);
}

function ringLimitOf(value: unknown): number | undefined {
  const seconds = readNumber(value);
  return seconds !== undefined && seconds > 0 && seconds <= MAX_RING_LIMIT_S ? seconds * 1_000 : undefined;
}

function readRejectReason(value: unknown): RejectReason {
  switch (readNumber(value)) {
    case 1:
      return 'timeout';
    case 2:
      return 'declined';
    default:
      return 'unknown';
  }
}

/** `status` is a boolean on `LineHoldStatus` and `LineMuteStatus` and a word on `RecordingStatus`. */
function readRecording(name: string, status: unknown): RecordingState | undefined {
  if (name === 'InteractionRecordingStarted') return 'started';
  if (name === 'InteractionRecordingReady') return 'ready';
  switch (readWord(status)) {
    case 'start':
    case 'started':
      return 'started';
    case 'pause':
    case 'paused':
      return 'paused';
    case 'resume':
    case 'resumed':
      return 'resumed';
    default:
      return undefined;
  }
}

function readHangupInitiator(value: unknown): HangupInitiator | undefined {
  const word = readWord(value);
  return word === 'agent' || word === 'customer' || word === 'system' ? word : undefined;
}

function readHangupReason(value: unknown): HangupReason | undefined {
  if (value === 'CEC_DISCONNECT_NORMAL') return 'normal';
  const word = readWord(value);
  if (word === undefined) return undefined;
  const bare = word.startsWith('cec_disconnect_')
    ? word.slice(15)
    : word.startsWith('cec_')
      ? word.slice(4)
      : word;
  switch (bare) {
    case 'normal':
    case 'busy':
    case 'badaddress':
    case 'noanswer':
    case 'cancelled':
    case 'rejected':
    case 'failed':
    case 'blocked':
      return bare;
    default:
      return undefined;
  }
}
