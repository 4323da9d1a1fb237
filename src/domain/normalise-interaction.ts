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
import { attachedDataOf, type AttachedData } from './attached-data.js';
import { readCaller } from './caller.js';
import { definitionOf, nameOf, type EventRole } from './catalogue.js';
import { eventTime, readSeconds } from './event-time.js';
import {
  choices,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  readBoolean,
  readChoice,
  readCode,
  readNumber,
  readText,
  readWord,
  type Fields,
} from './fields.js';
import { readMedia } from './media.js';
import { readQueueId } from './queue-id.js';

/** A time to answer beyond a day is a wrong unit. */
const MAX_RING_LIMIT_S = 86_400;

/** 50 is the standard and 100 the highest that 8x8's samples have; far beyond them it is another field's value. */
const MAX_PRIORITY = 1_000;

/** Events whose hang-up fields are about this interaction's end. */
const DEPARTURES: readonly EventRole[] = ['deleted', 'wrap-up-started', 'wrap-up-done', 'deassigned'];

const DIRECTIONS = choices<Direction>({
  in: 'inbound',
  inbound: 'inbound',
  out: 'outbound',
  outbound: 'outbound',
});

/** By code: 0, 1, 2. */
const REJECT_REASONS: readonly RejectReason[] = ['unknown', 'timeout', 'declined'];

const RECORDING_STATES = choices<RecordingState>({
  start: 'started',
  started: 'started',
  pause: 'paused',
  paused: 'paused',
  resume: 'resumed',
  resumed: 'resumed',
});

const HANGUP_INITIATORS: readonly HangupInitiator[] = ['agent', 'customer', 'system'];

const HANGUP_REASONS: readonly HangupReason[] = [
  'normal',
  'busy',
  'badaddress',
  'noanswer',
  'cancelled',
  'rejected',
  'failed',
  'blocked',
];

/** `undefined` when no interaction is named: such an event belongs to no row. */
export function normaliseInteraction(fields: Fields, publishTime: number): InteractionEvent | undefined {
  const guid = readText(fields['interactionGUID'], MAX_ID_LENGTH);
  if (guid === undefined) return undefined;
  const name = nameOf(fields['event']) ?? 'Interaction';
  const { role } = definitionOf(name);
  const data = attachedDataOf(fields);
  const isDeparture = DEPARTURES.includes(role);
  return {
    kind: 'interaction',
    name,
    at: eventTime(fields, publishTime),
    guid,
    originalGuid: readText(data('originalInteractionGuid'), MAX_ID_LENGTH),
    agentId: readAgentId(fields['agentId']) ?? readAgentId(fields['agentGUID']),
    agentIds: readAgentIds(fields['participatingAgents']),
    queueId: readQueueId(fields['queueId'], data('que'), fields['queueList']),
    queueName: readText(data('tenantSkillName'), MAX_NAME_LENGTH),
    queuedAt: readSeconds(fields['queueTime'], publishTime),
    isQueued: readBoolean(fields['isQueued']),
    media: readMedia(fields['resourceType'], fields['mediaType']),
    direction: readDirection(fields, data),
    caller: readCaller(data),
    ringLimitMs: readRingLimit(fields['promptingTimeout']) ?? readRingLimit(fields['agentRscWaitTime']),
    rejectReason: role === 'rejected' ? REJECT_REASONS[readCode(fields['rejectReason'], 2) ?? 0] : undefined,
    isOnHold: role === 'hold' ? readBoolean(fields['status']) : undefined,
    isMuted: role === 'mute' ? readBoolean(fields['status']) : undefined,
    recording: role === 'recording' ? readRecording(name, fields['status']) : undefined,
    hangupInitiator: isDeparture ? readOneOf(fields['hangupInitiator'], HANGUP_INITIATORS) : undefined,
    hangupReason: isDeparture ? readOneOf(fields['callHangupReason'], HANGUP_REASONS) : undefined,
    priority: readCode(fields['priority'], MAX_PRIORITY) ?? readCode(data('priority'), MAX_PRIORITY),
    dispositionCode: readText(fields['dispositionCode'], MAX_ID_LENGTH),
  };
}

function readDirection(fields: Fields, data: AttachedData): Direction | undefined {
  const direction = readChoice(fields['direction'], DIRECTIONS);
  if (direction !== undefined) return direction;
  const isOutbound = readBoolean(fields['isOutboundCall']);
  if (isOutbound === true) return 'outbound';
  return readChoice(data('queueDirection'), DIRECTIONS) ?? (isOutbound === false ? 'inbound' : undefined);
}

function readRingLimit(value: unknown): number | undefined {
  const seconds = readNumber(value) ?? 0;
  return seconds > 0 && seconds <= MAX_RING_LIMIT_S ? seconds * 1_000 : undefined;
}

/** `status` is a boolean on `LineHoldStatus` and `LineMuteStatus` and a word on `RecordingStatus`. */
function readRecording(name: string, status: unknown): RecordingState | undefined {
  if (name === 'InteractionRecordingStarted') return 'started';
  if (name === 'InteractionRecordingReady') return 'ready';
  return readChoice(status, RECORDING_STATES);
}

/** `CUSTOMER`, `CEC_DISCONNECT_BUSY`: one of the words, in any case and without 8x8's prefixes. */
function readOneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  const bare = readWord(value)?.replace(/^cec_(disconnect_)?/, '');
  return words.find((word) => word === bare);
}
