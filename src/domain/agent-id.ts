/**
 * Finds agents' ids. 8x8 writes an agent as `ag…` (24 characters of URL-safe base64) or as a GUID
 * `<tenant>-ag…-<uuid>`, and several agents as a list with commas or semicolons (8x8 field reference, "GUID
 * extraction" and "Participating agents").
 */
import { MAX_ID_LENGTH, readList, readText } from './fields.js';

/** Largest conference that is followed agent by agent; 8x8's own limit is not documented, a row counts to it. */
export const MAX_PARTICIPANTS = 16;

const NO_AGENTS: readonly string[] = [];

/** `ag` and 16 bytes in base64 without padding, with or without the UUID. */
const AGENT_ID_AT_END = /-(ag.{22})(?:-.{8}-.{4}-.{4}-.{4}-.{12})?$/;

export function readAgentId(value: unknown): string | undefined {
  const text = readText(value, MAX_ID_LENGTH);
  if (text === undefined || text.startsWith('ag')) return text;
  // The id may itself contain a dash, so its known length is tried before the next dash decides.
  return (AGENT_ID_AT_END.exec(text) ?? /-(ag[^-]*)/.exec(text))?.[1] ?? text;
}

/** Ids in `participatingAgents`, of its first {@link MAX_PARTICIPANTS} members, each once. */
export function readAgentIds(value: unknown): readonly string[] {
  if (value === undefined) return NO_AGENTS;
  const ids: string[] = [];
  for (const member of readList(value, MAX_PARTICIPANTS)) {
    const id = readAgentId(member);
    if (id !== undefined && !ids.includes(id)) ids.push(id);
  }
  return ids;
}
