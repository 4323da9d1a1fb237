/**
 * The door of the domain: any JSON object becomes one {@link StreamEvent}. Total: it never throws, and what it does
 * not know it passes on by its name. Owns 8x8's spellings, units and quirks; everything behind it sees one shape.
 */
import type {
  AgentProvisionEvent,
  AgentStatusCode,
  AgentStatusEvent,
  OtherEvent,
  ReasonCode,
  StreamEvent,
} from '../protocol/stream-event.js';
import { readAgentId } from './agent-id.js';
import { nameOf } from './catalogue.js';
import { eventTime, readSeconds } from './event-time.js';
import {
  fieldsOf,
  isFields,
  MAX_ID_LENGTH,
  MAX_NAME_LENGTH,
  readBoolean,
  readCode,
  readText,
  readWord,
  type Fields,
} from './fields.js';
import { normaliseInteraction } from './normalise-interaction.js';
import { readMedia } from './media.js';
import { readSkill } from './queue-id.js';

/** `AgentStatusChange.newState` goes from 0 to 11 (8x8 Agent Status API). */
const LAST_STATUS_CODE = 11;

/** List and item ids are database keys; the longest plausible one has 20 digits. */
const MAX_REASON_LENGTH = 40;

/** `publishTime` in ms, the fallback and the yardstick of the event's own times. */
export function normalise(payload: Readonly<Record<string, unknown>>, publishTime: number): StreamEvent {
  const interaction = payload['Interaction'];
  if (isFields(interaction)) {
    return (
      normaliseInteraction(interaction, publishTime) ?? otherEvent('Interaction', interaction, publishTime)
    );
  }
  const status = payload['AgentStatusChange'];
  if (isFields(status)) {
    return agentStatusEvent(status, publishTime) ?? otherEvent('AgentStatusChange', status, publishTime);
  }
  const provision = payload['AgentProvChange'];
  if (isFields(provision)) return agentProvisionEvent(provision, publishTime);
  return unknownPayload(payload, publishTime);
}

function agentStatusEvent(fields: Fields, publishTime: number): AgentStatusEvent | undefined {
  const agentId = readAgentId(fields['agentId']) ?? readAgentId(fields['agentGUID']);
  const status = readCode(fields['newState'], LAST_STATUS_CODE);
  if (agentId === undefined || status === undefined) return undefined;
  const at = eventTime(fields, publishTime);
  return {
    kind: 'agent-status',
    name: 'AgentStatusChange',
    at,
    agentId,
    status: status as AgentStatusCode,
    since: readSeconds(fields['statusEventTS'], publishTime) ?? at,
    reason: readReason(fields['newReasonCodeUser']),
    takesNoNewChats: readWord(fields['newSubState']) === 'stopnew',
  };
}

/** `801=1722`: list and item. `none` and anything else without both halves is no reason. */
function readReason(value: unknown): ReasonCode | undefined {
  const text = readText(value, 2 * MAX_REASON_LENGTH);
  if (text === undefined) return undefined;
  const [, listId, itemId] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  return listId === undefined || itemId === undefined ? undefined : { listId, itemId };
}

function agentProvisionEvent(fields: Fields, publishTime: number): AgentProvisionEvent {
  const skill = readSkill(fields['tenantSkillId']) ?? readSkill(fields['skillId']);
  return {
    kind: 'agent-provision',
    name: nameOf(fields['event']) ?? 'AgentProvChange',
    at: eventTime(fields, publishTime),
    agentId: readAgentId(fields['agentId']),
    queueId: skill?.queueId,
    media: readMedia(undefined, skill?.media),
    isEnabled: readBoolean(fields['enabled']),
  };
}

/** Neither wrapper: the name is what the payload calls itself, else its first key. */
function unknownPayload(payload: Fields, publishTime: number): OtherEvent {
  const own = nameOf(payload['event']) ?? readText(payload['eventType'], MAX_NAME_LENGTH);
  if (own !== undefined) return otherEvent(own, payload, publishTime);
  const [first] = Object.entries(payload);
  return first === undefined
    ? otherEvent('Empty', payload, publishTime)
    : otherEvent(first[0], fieldsOf(first[1]), publishTime);
}

function otherEvent(fallbackName: string, fields: Fields, publishTime: number): OtherEvent {
  return {
    kind: 'other',
    name: nameOf(fields['event']) ?? readText(fallbackName, MAX_NAME_LENGTH) ?? 'Unnamed',
    at: eventTime(fields, publishTime),
    guid: readText(fields['interactionGUID'], MAX_ID_LENGTH),
    agentId: readAgentId(fields['agentId']),
  };
}
