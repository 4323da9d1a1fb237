/**
 * Owns a walk through one topic's entries, over rolled ledgers and past trimmed ones. It keeps nothing alive: a ledger
 * that retention took is left without a word, as a Pulsar reader's non-durable cursor does.
 */

import type { Entry, Ledger } from './ledger.js';
import type { Position, Topic } from './topic.js';

export interface PlacedEntry {
  readonly position: Position;
  readonly entry: Entry;
}

export class LogCursor {
  readonly topic: Topic;
  #ledgerId: number;
  #entryId: number;
  /** The ledger walked now, remembered so that a step needs no search. */
  #ledger: Ledger | undefined;

  constructor(topic: Topic, first: Position) {
    this.topic = topic;
    this.#ledgerId = first.ledgerId;
    this.#entryId = first.entryId;
    this.#ledger = topic.ledgers.find((ledger) => ledger.id === first.ledgerId);
  }

  /** The ledger of the next entry: everything older is behind the cursor. */
  get ledgerId(): number {
    return this.#ledgerId;
  }

  get position(): Position {
    return { ledgerId: this.#ledgerId, entryId: this.#entryId };
  }

  /** The next entry, or undefined at the end; does not move. */
  peek(): Entry | undefined {
    for (;;) {
      const entry =
        this.#ledger === undefined || this.#ledger.isTrimmed
          ? undefined
          : this.#ledger.entries[this.#entryId];
      if (entry !== undefined) {
        return entry;
      }
      const next = this.topic.ledgerAfter(this.#ledgerId);
      if (next === undefined) {
        return undefined;
      }
      this.#ledger = next;
      this.#ledgerId = next.id;
      this.#entryId = 0;
    }
  }

  /** The next entry with its place, moving past it. */
  next(): PlacedEntry | undefined {
    const entry = this.peek();
    if (entry === undefined) {
      return undefined;
    }
    const position = this.position;
    this.#entryId += 1;
    return { position, entry };
  }
}
