/**
 * What an agent's status code looks like. Codes 0 to 11 are those of 8x8's Agent Status API, which its live stream
 * follows; the tables on the event lifecycle page (0, 1, 5) and in the field reference ("Login state", "Presence")
 * describe other scales.
 */
import type { AgentStatusCode } from '../protocol/stream-event.js';
import type { Tone } from '../protocol/views.js';

const TONES: Readonly<Record<AgentStatusCode, Tone>> = {
  0: 'neutral', // unknown
  1: 'off', // logged out
  2: 'neutral', // logged in
  3: 'away', // on break
  4: 'good', // available
  5: 'away', // working offline
  6: 'ring', // being offered
  7: 'busy', // handling
  8: 'hold', // wrap-up, in the tone of everything that waits for the agent
  9: 'busy', // busy
  10: 'busy', // on a direct call
  11: 'busy', // on an email
};

export function toneOfStatus(status: AgentStatusCode): Tone {
  return TONES[status];
}

/** Caused by an interaction, which has a row of its own: offered, handling, wrap-up. */
export function isOwnWork(status: AgentStatusCode): boolean {
  return status === 6 || status === 7 || status === 8;
}

/** Whether a change is told as a row: not the agent's own work, nor being available again after it. */
export function isWorthARow(status: AgentStatusCode, previous: AgentStatusCode | undefined): boolean {
  if (isOwnWork(status)) return false;
  return !(status === 4 && previous !== undefined && isOwnWork(previous));
}
