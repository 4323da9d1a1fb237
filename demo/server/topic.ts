/**
 * Owns one topic: its ledgers, its end, its subscriptions and whoever listens to it. Sessions and HTTP are unknown here.
 *
 * Ledgers roll as in Pulsar, on unload and restart, and by size. Pulsar also waits ten minutes before it rolls by
 * size; here that wait would stand against the cap on memory, so it is left out.
 */

import { createMessage, type MessageContent } from './message.js';
import type { MessageId } from './message-id.js';
import { Ledger } from './ledger.js';
import { countLedgersToTrim, type RetentionPolicy } from './retention.js';
import type { Subscription } from './subscription.js';
import { partitionIndex, type TopicName } from './topic-name.js';

/** Pulsar's `managedLedgerMaxEntriesPerLedger`. */
const MAX_ENTRIES_PER_LEDGER = 50_000;
/** Far below Pulsar's 2 GB, so that the oldest part of a full topic can go in small pieces. */
const MAX_BYTES_PER_LEDGER = 32 * 1024 * 1024;
/** A cap that is smaller than this many ledgers' worth makes the ledgers smaller instead. */
const LEDGERS_PER_CAP = 8;

/** What a session learns from its topic. */
export interface TopicListener {
  /** New entries are there. Called once per turn of the event loop, not once per entry. */
  onMessages(): void;
  onUnload(): void;
  onTerminate(): void;
  onDelete(): void;
}

export interface TopicContext {
  readonly nextLedgerId: () => number;
  readonly now: () => number;
  readonly retentionOf: (topic: Topic) => RetentionPolicy;
  readonly maxBytes: number;
  /** Called with every change of the bytes held, so that the store can keep to a total. */
  readonly onBytes: (difference: number) => void;
}

export interface Position {
  readonly ledgerId: number;
  readonly entryId: number;
}

export function comparePositions(a: Position, b: Position): number {
  return a.ledgerId === b.ledgerId ? a.entryId - b.entryId : a.ledgerId - b.ledgerId;
}

export class Topic {
  readonly name: TopicName;
  readonly partition: number;
  readonly subscriptions = new Map<string, Subscription>();
  /** Names of connected producers, which must be different from each other. */
  readonly producerNames = new Set<string>();
  readonly #context: TopicContext;
  readonly #listeners = new Set<TopicListener>();
  #ledgers: Ledger[] = [];
  #lastConfirmed: Position;
  #entriesAdded = 0;
  #bytes = 0;
  #isTerminated = false;
  #isDeleted = false;
  #isWaking = false;

  constructor(name: TopicName, context: TopicContext) {
    this.name = name;
    this.partition = partitionIndex(name.local);
    this.#context = context;
    const ledger = this.#openLedger();
    this.#lastConfirmed = { ledgerId: ledger.id, entryId: -1 };
  }

  /** Oldest first; the last one grows, unless the topic is terminated. */
  get ledgers(): readonly Ledger[] {
    return this.#ledgers;
  }

  /** The newest entry ever written; its entry id is -1 as long as nothing was. */
  get lastConfirmed(): Position {
    return this.#lastConfirmed;
  }

  /** Counted since the topic was loaded. */
  get entriesAdded(): number {
    return this.#entriesAdded;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isTerminated(): boolean {
    return this.#isTerminated;
  }

  /** True once deleted: whoever holds it must ask the store for the topic of that name again. */
  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Connected readers, consumers and producers. */
  get clientCount(): number {
    return this.#listeners.size + this.producerNames.size;
  }

  listen(listener: TopicListener): void {
    this.#listeners.add(listener);
  }

  ignore(listener: TopicListener): void {
    this.#listeners.delete(listener);
  }

  /** Writes one entry, a batch when it has two messages or more, and returns the id of each message. */
  append(contents: readonly MessageContent[]): readonly MessageId[] {
    const ledger = this.#ledgers.at(-1);
    if (ledger === undefined || this.#isTerminated) {
      throw new Error('append on a terminated topic');
    }
    const publishTimeMs = this.#context.now();
    const entryId = ledger.entries.length;
    const ids = contents.map((_, index): MessageId => ({
      ledgerId: ledger.id,
      entryId,
      partition: this.partition,
      batchIndex: contents.length > 1 ? index : -1,
      batchSize: contents.length > 1 ? contents.length : 0,
    }));
    const bytesBefore = ledger.bytes;
    ledger.append(
      contents.map((content, index) => createMessage(ids[index] as MessageId, content, publishTimeMs)),
    );
    this.#lastConfirmed = { ledgerId: ledger.id, entryId };
    this.#entriesAdded += 1;
    this.#count(ledger.bytes - bytesBefore);
    const maxLedgerBytes = Math.min(MAX_BYTES_PER_LEDGER, this.#context.maxBytes / LEDGERS_PER_CAP);
    if (ledger.entries.length >= MAX_ENTRIES_PER_LEDGER || ledger.bytes >= maxLedgerBytes) {
      this.#roll();
      this.trim();
    }
    while (this.#bytes > this.#context.maxBytes && this.dropOldestLedger()) {
      // Each turn frees one ledger; the loop ends at the cap or at the current ledger.
    }
    this.#wake();
    return ids;
  }

  /** Closes the current ledger and opens the next one, as loading the topic again does. */
  unload(): void {
    if (this.#isTerminated) {
      this.#dropEmptyLedger();
    } else {
      this.#roll();
    }
    this.#entriesAdded = 0;
    for (const subscription of this.subscriptions.values()) {
      subscription.onUnload();
    }
    this.#notify((listener) => listener.onUnload());
    this.#wake();
  }

  /** Ends the topic for good; nothing is written after this. */
  terminate(): Position {
    this.#isTerminated = true;
    this.#ledgers.at(-1)?.close(this.#context.now());
    this.#notify((listener) => listener.onTerminate());
    return this.#lastConfirmed;
  }

  delete(): void {
    this.#isDeleted = true;
    for (const ledger of this.#ledgers) {
      ledger.trim();
    }
    this.#ledgers = [];
    this.#count(-this.#bytes);
    this.#notify((listener) => listener.onDelete());
    this.#listeners.clear();
    this.subscriptions.clear();
  }

  /** Lets go of the ledgers that retention does not keep and no subscription needs. */
  trim(): void {
    let oldestNeeded = Infinity;
    for (const subscription of this.subscriptions.values()) {
      oldestNeeded = Math.min(oldestNeeded, subscription.oldestNeededLedgerId());
    }
    const policy = this.#context.retentionOf(this);
    const count = countLedgersToTrim(this.#ledgers, policy, oldestNeeded, this.#context.now());
    for (let index = 0; index < count; index += 1) {
      this.#dropFirstLedger();
    }
  }

  /** Gives up the oldest ledger whatever retention says, to keep to a cap; false when only an empty one is left. */
  dropOldestLedger(): boolean {
    if (this.#ledgers.length === 1 && !this.#isTerminated && this.#bytes > 0) {
      this.#roll();
    }
    if (this.#ledgers.length < 2) {
      return false;
    }
    this.#dropFirstLedger();
    return true;
  }

  /** The oldest ledger that is newer than `ledgerId`. */
  ledgerAfter(ledgerId: number): Ledger | undefined {
    return this.#ledgers.find((ledger) => ledger.id > ledgerId);
  }

  #roll(): void {
    this.#ledgers.at(-1)?.close(this.#context.now());
    this.#dropEmptyLedger();
    this.#openLedger();
  }

  /** A broker deletes an empty ledger when it loads the topic again. */
  #dropEmptyLedger(): void {
    const last = this.#ledgers.at(-1);
    if (last !== undefined && last.entries.length === 0) {
      this.#ledgers.pop();
      last.trim();
    }
  }

  #openLedger(): Ledger {
    const ledger = new Ledger(this.#context.nextLedgerId(), this.#context.now());
    this.#ledgers.push(ledger);
    return ledger;
  }

  #dropFirstLedger(): void {
    const ledger = this.#ledgers.shift();
    if (ledger !== undefined) {
      this.#count(-ledger.bytes);
      ledger.trim();
    }
  }

  #count(difference: number): void {
    this.#bytes += difference;
    this.#context.onBytes(difference);
  }

  #wake(): void {
    if (this.#isWaking) {
      return;
    }
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      for (const subscription of this.subscriptions.values()) {
        subscription.dispatch();
      }
      this.#notify((listener) => listener.onMessages());
    });
  }

  #notify(tell: (listener: TopicListener) => void): void {
    for (const listener of [...this.#listeners]) {
      tell(listener);
    }
  }
}
