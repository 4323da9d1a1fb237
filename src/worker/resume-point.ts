/**
 * The last message that an earlier visit had on screen: the page's hand-over where there is one, since it is exact for
 * this tab; else the stored position, which other tabs move too and which may be 250 ms behind.
 */
import type { Position } from '../protocol/connection-status.js';
import { parseMessageId } from './message-id.js';

/**
 * A hand-over is an id and nothing else: the time of what is stored, or now, stands in for its publish time, with half a
 * millisecond that marks it as a guess, here and once it is stored (Pulsar's are whole).
 */
export function resumePoint(
  stored: Position | undefined,
  handover: string | undefined,
  now: number,
): Position | undefined {
  if (handover === undefined || parseMessageId(handover) === undefined) return stored;
  if (handover === stored?.messageId) return stored;
  return { messageId: handover, publishTime: Math.floor(stored?.publishTime ?? now) + 0.5 };
}
