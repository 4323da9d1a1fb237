/**
 * The last message that an earlier visit had: the stored position, or the page's hand-over where that is newer. The
 * store is up to 250 ms behind when a page is reloaded; the hand-over is exact, but only within one tab.
 */
import type { Position } from '../protocol/connection-status.js';
import { compareMessageIds, parseMessageId } from './message-id.js';

/** @param now stands in for the publish time of a hand-over, which is an id and nothing else */
export function resumePoint(
  stored: Position | undefined,
  handover: string | undefined,
  now: number,
): Position | undefined {
  const handoverId = handover === undefined ? undefined : parseMessageId(handover);
  if (handover === undefined || handoverId === undefined) return stored;
  const storedId = stored === undefined ? undefined : parseMessageId(stored.messageId);
  if (stored === undefined || storedId === undefined) return { messageId: handover, publishTime: now };
  if (compareMessageIds(handoverId, storedId) <= 0) return stored;
  return { messageId: handover, publishTime: stored.publishTime };
}
