/**
 * What an agent's status code looks like. Codes 0 to 11 are those of 8x8's Agent Status API, which its live stream
 * follows; the tables on the event lifecycle page (0, 1, 5) and in the field reference ("Login state", "Presence")
 * describe other scales.
 */
import type { AgentStatusCode } from '../protocol/stream-event.js';
import type { Tone } from '../protocol/views.js';

const TONES: readonly Tone[] = [
  'neutral', // 0 unknown
  'off', // 1 logged out
  'neutral', // 2 logged in
  'away', // 3 on break
  'good', // 4 available
  'away', // 5 working offline
  'ring', // 6 being offered
  'busy', // 7 handling
  'hold', // 8 wrap-up, in the tone of everything that waits for the agent
  'busy', // 9 busy
  'busy', // 10 on a direct call
  'busy', // 11 on an email
];

export function toneOfStatus(status: AgentStatusCode): Tone {
  return TONES[status] ?? 'neutral';
}

/** Caused by an interaction, which has a row of its own: offered, handling, wrap-up. */
function isOwnWork(status: AgentStatusCode | undefined): boolean {
  return status === 6 || status === 7 || status === 8;
}

/** Whether a change is told as a row: not the agent's own work, nor being available again after it. */
export function isWorthARow(status: AgentStatusCode, previous: AgentStatusCode | undefined): boolean {
  return !isOwnWork(status) && !(status === 4 && isOwnWork(previous));
}
