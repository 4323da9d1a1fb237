/**
 * The payloads that are about an agent alone: `AgentStatusChange` and `AgentProvChange`. Owns their members, as
 * sampled in 8x8's Event Reference and its Pulsar UI screenshot; refuses to own when they are sent.
 */
import type { Desk, StatusCode } from './desk.js';
import { agentGuid } from './interaction-payload.js';
import { alphabetical, type JsonObject } from './json.js';
import type { Queue } from './roster.js';

/** The status a message tells. */
export interface StatusReport {
  readonly desk: Desk;
  readonly code: StatusCode;
  /** `listId=itemId`, on break (3) and working offline (5) only. */
  readonly reason: string | undefined;
  /** Seconds. It lies 1 to 2.5 s before `msgInfo.timestamp`. */
  readonly statusEventTS: number;
  readonly msgInfo: JsonObject;
}

/** Builds `{"AgentStatusChange": {…}}`. Logged out (1) and logged in (2) come without the sub-state members. */
export function statusPayload({ desk, code, reason, statusEventTS, msgInfo }: StatusReport): JsonObject {
  const subState = code === 1 || code === 2 ? {} : { newSubState: 'none', newSubStateReason: 'none' };
  return {
    AgentStatusChange: alphabetical({
      agentId: desk.agent.id,
      msgInfo,
      newReasonCodeUser: reason,
      newState: code,
      statusEventTS,
      ...subState,
    }),
  };
}

/** A change of one skill. */
export interface SkillReport {
  readonly desk: Desk;
  readonly tenant: string;
  readonly queue: Queue;
  readonly event: 'AgentSkillChanged' | 'AgentSkillCreated';
  readonly isEnabled: boolean;
  readonly msgInfo: JsonObject;
}

/** Builds `{"AgentProvChange": {…}}`. Its only time is the one in `msgInfo`, which may be empty. */
export function skillPayload({ desk, tenant, queue, event, isEnabled, msgInfo }: SkillReport): JsonObject {
  const skill = `${queue.media}-${queue.id}`;
  const owner = agentGuid(desk.agent, tenant).slice(0, -(desk.agent.uuid.length + 1));
  return {
    AgentProvChange: alphabetical({
      agentId: desk.agent.id,
      enabled: isEnabled ? 'yes' : 'no',
      event,
      msgInfo,
      skillId: `${owner}-${skill}-${desk.agent.uuid}`,
      tenantSkillId: `${tenant}-${skill}-${queue.uuid}`,
    }),
  };
}
