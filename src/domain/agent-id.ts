/**
 * Finds agents' ids. 8x8 writes an agent as `ag…` (24 characters of URL-safe base64) or as a GUID
 * `<tenant>-ag…-<uuid>`, and several agents as a list with commas or semicolons (8x8 field reference, "GUID
 * extraction" and "Participating agents").
 */
import { MAX_ID_LENGTH, readText } from './fields.js';

/** Largest conference that is followed agent by agent; 8x8's own limit is not documented, a row counts to it. */
const MAX_PARTICIPANTS = 16;

/** `ag` and 16 bytes in base64 without padding. */
const AGENT_ID_LENGTH = 24;

const UUID_LENGTH = 36;

const NO_AGENTS: readonly string[] = [];

const DASH = 0x2d;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;

export function readAgentId(value: unknown): string | undefined {
  const text = readText(value, MAX_ID_LENGTH);
  if (text === undefined || text.startsWith('ag')) return text;
  const bare = withoutUuid(text);
  // The id may itself contain a dash, so its known length is tried before the first dash decides.
  const start = bare.length - AGENT_ID_LENGTH;
  if (start > 0 && bare.charCodeAt(start - 1) === DASH && bare.startsWith('ag', start))
    return bare.slice(start);
  const dash = bare.indexOf('-ag');
  if (dash < 0) return text;
  const end = bare.indexOf('-', dash + 1);
  return end < 0 ? bare.slice(dash + 1) : bare.slice(dash + 1, end);
}

/** Ids in `participatingAgents`, at most {@link MAX_PARTICIPANTS}, each once. */
export function readAgentIds(value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : Array.isArray(value) ? listed(value) : undefined;
  if (text === undefined || text === '') return NO_AGENTS;
  const ids: string[] = [];
  let start = 0;
  for (let index = 0; index <= text.length && ids.length < MAX_PARTICIPANTS; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : COMMA;
    if (code !== COMMA && code !== SEMICOLON) continue;
    const id = readAgentId(text.slice(start, index));
    if (id !== undefined && !ids.includes(id)) ids.push(id);
    start = index + 1;
  }
  return ids;
}

function listed(values: readonly unknown[]): string {
  let text = '';
  const length = Math.min(values.length, MAX_PARTICIPANTS);
  for (let index = 0; index < length; index += 1) {
    const value = values[index];
    if (typeof value === 'string') text += `${value},`;
  }
  return text;
}

/** The text before a trailing `-<uuid>`, or the text itself. */
export function withoutUuid(text: string): string {
  const start = text.length - UUID_LENGTH;
  const isUuid =
    start > 0 &&
    text.charCodeAt(start - 1) === DASH &&
    text.charCodeAt(start + 8) === DASH &&
    text.charCodeAt(start + 13) === DASH &&
    text.charCodeAt(start + 18) === DASH &&
    text.charCodeAt(start + 23) === DASH;
  return isUuid ? text.slice(0, start - 1) : text;
}
