/**
 * The last message that an earlier visit had on screen: the page's hand-over where there is one, since it is exact for
 * this tab; else the stored position, which other tabs move too and which may be 250 ms behind.
 */
import type { Position } from '../protocol/connection-status.js';
import { parseMessageId } from './message-id.js';

/** @param now stands in for the publish time of a hand-over, which is an id and nothing else */
export function resumePoint(
  stored: Position | undefined,
  handover: string | undefined,
  now: number,
): Position | undefined {
  if (handover === undefined || parseMessageId(handover) === undefined) return stored;
  return { messageId: handover, publishTime: stored?.publishTime ?? now };
}
