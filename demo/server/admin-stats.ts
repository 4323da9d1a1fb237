/**
 * Owns the shape of `GET …/internalStats`: what a topic holds, in Pulsar's words. The ledger being written shows no
 * entries of its own, as on a broker; they stand in `currentLedgerEntries`.
 */

import type { Topic } from './topic.js';

export function internalStats(topic: Topic): Readonly<Record<string, unknown>> {
  const current = topic.isTerminated ? undefined : topic.ledgers.at(-1);
  const { ledgerId, entryId } = topic.lastConfirmed;
  return {
    entriesAddedCounter: topic.entriesAdded,
    numberOfEntries: topic.ledgers.reduce((sum, ledger) => sum + ledger.entries.length, 0),
    totalSize: topic.ledgers.reduce((sum, ledger) => sum + ledger.storedBytes, 0),
    currentLedgerEntries: current?.entries.length ?? 0,
    currentLedgerSize: current?.storedBytes ?? 0,
    lastLedgerCreatedTimestamp: new Date(topic.ledgers.at(-1)?.createdMs ?? 0).toISOString(),
    waitingCursorsCount: topic.listenerCount,
    pendingAddEntriesCount: 0,
    lastConfirmedEntry: `${ledgerId}:${entryId}`,
    state: topic.isTerminated ? 'Terminated' : 'LedgerOpened',
    ledgers: topic.ledgers.map((ledger) => ({
      ledgerId: ledger.id,
      entries: ledger === current ? 0 : ledger.entries.length,
      size: ledger === current ? 0 : ledger.storedBytes,
      offloaded: false,
      underReplicated: false,
    })),
    cursors: Object.fromEntries(
      [...topic.subscriptions].map(([name, subscription]) => [
        name,
        {
          markDeletePosition: `${subscription.markDeletePosition.ledgerId}:${subscription.markDeletePosition.entryId}`,
          readPosition: `${subscription.readPosition.ledgerId}:${subscription.readPosition.entryId}`,
          numberOfEntriesSinceFirstNotAckedMessage: subscription.backlog,
          state: 'Open',
        },
      ]),
    ),
  };
}
