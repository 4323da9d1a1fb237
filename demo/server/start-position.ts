/**
 * Owns where a reader starts: the meaning of the parameter `messageId`, and Pulsar's rule for finding its place.
 *
 * The rule has two halves. The broker steps one entry back from an explicit id and looks for the next entry that
 * exists, without a word when the position was trimmed or lies in the future. The proxy's client then drops what the
 * id already covers, which makes ids exclusive, and ids inside a batch exact.
 */

import { decodeMessageId, type MessageId } from './message-id.js';
import { comparePositions, type Position, type Topic } from './topic.js';

export type StartPosition =
  | { readonly kind: 'latest' }
  | { readonly kind: 'earliest' }
  | { readonly kind: 'explicit'; readonly id: MessageId };

/**
 * Reads the parameter; absent and blank mean latest.
 * @throws {Base64Error | MessageIdError} when it is neither a word nor an id.
 */
export function parseStartPosition(parameter: string | null): StartPosition {
  if (parameter === null || parameter.trim() === '' || parameter === 'latest') {
    return { kind: 'latest' };
  }
  if (parameter === 'earliest') {
    return { kind: 'earliest' };
  }
  const id = decodeMessageId(parameter);
  // Pulsar's own markers: `MessageId.earliest` is (-1, -1), `MessageId.latest` is the largest ledger there can be.
  if (id.ledgerId === -1) {
    return { kind: 'earliest' };
  }
  return id.ledgerId >= Number.MAX_SAFE_INTEGER ? { kind: 'latest' } : { kind: 'explicit', id };
}

/** The first entry to read. It may not exist yet. */
export function firstPosition(topic: Topic, start: StartPosition): Position {
  switch (start.kind) {
    case 'latest':
      return endOf(topic);
    case 'earliest':
      return { ledgerId: topic.ledgers[0]?.id ?? topic.lastConfirmed.ledgerId, entryId: 0 };
    case 'explicit': {
      const { ledgerId, entryId } = start.id;
      const markDelete = { ledgerId, entryId: entryId >= 0 ? entryId - 1 : entryId };
      return comparePositions(markDelete, topic.lastConfirmed) > 0
        ? endOf(topic)
        : nextValidPosition(topic, { ledgerId, entryId: Math.max(0, markDelete.entryId + 1) });
    }
    default:
      return start satisfies never;
  }
}

/** True for a message that the start position already covers. */
export function isCovered(start: StartPosition, at: Position, batchIndex: number, isBatch: boolean): boolean {
  if (start.kind !== 'explicit' || at.ledgerId !== start.id.ledgerId || at.entryId !== start.id.entryId) {
    return false;
  }
  return !isBatch || batchIndex <= start.id.batchIndex;
}

function endOf(topic: Topic): Position {
  const current = topic.ledgers.at(-1);
  return current === undefined
    ? { ...topic.lastConfirmed, entryId: topic.lastConfirmed.entryId + 1 }
    : { ledgerId: current.id, entryId: current.entries.length };
}

function nextValidPosition(topic: Topic, wanted: Position): Position {
  const holder = topic.ledgers.find((ledger) => ledger.id >= wanted.ledgerId);
  if (holder === undefined) {
    return endOf(topic);
  }
  if (holder.id > wanted.ledgerId) {
    return { ledgerId: holder.id, entryId: 0 };
  }
  if (wanted.entryId < holder.entries.length) {
    return wanted;
  }
  const next = topic.ledgerAfter(holder.id);
  return next === undefined ? endOf(topic) : { ledgerId: next.id, entryId: 0 };
}
