/**
 * Owns one subscription of one topic: how far it has read, who consumes it, and what happens on acknowledgement,
 * redelivery and unload. The unit is the entry, as on a broker without batch-index acknowledgement: a batch is done when
 * all of it is acknowledged, and comes back whole when one message of it does.
 */

import type { SubscriptionType } from './consumer-parameters.js';
import type { Delivery, Dispatcher, SubscriptionConsumer } from './dispatcher.js';
import { murmur3Hash } from './key-hash.js';
import { KeySharedDispatcher } from './key-shared-dispatcher.js';
import type { Entry } from './ledger.js';
import { LogCursor } from './log-cursor.js';
import type { MessageId } from './message-id.js';
import { SharedDispatcher } from './shared-dispatcher.js';
import { SingleActiveDispatcher } from './single-active-dispatcher.js';
import { firstPosition } from './start-position.js';
import type { Position, Topic } from './topic.js';
import { keyOf, Unacknowledged } from './unacknowledged.js';

export interface SubscriptionOptions {
  readonly isDurable: boolean;
  readonly initialPosition: 'Latest' | 'Earliest';
}

export interface JoinRefusal {
  readonly status: 409 | 500;
  readonly reason: string;
}

/** How many entries whose consumer has no room may be set aside to look for other keys behind them. */
const MAX_SET_ASIDE = 2_000;

export class Subscription {
  readonly topic: Topic;
  readonly name: string;
  readonly isDurable: boolean;
  readonly #cursor: LogCursor;
  readonly #unacknowledged = new Unacknowledged();
  #dispatcher: Dispatcher | undefined;
  #isDispatching = false;

  constructor(topic: Topic, name: string, options: SubscriptionOptions) {
    this.topic = topic;
    this.name = name;
    this.isDurable = options.isDurable;
    const kind = options.initialPosition === 'Latest' ? 'latest' : 'earliest';
    this.#cursor = new LogCursor(topic, firstPosition(topic, { kind }));
  }

  get readPosition(): Position {
    return this.#cursor.position;
  }

  /** The last position of which everything before it and itself is acknowledged. */
  get markDeletePosition(): Position {
    const { ledgerId, entryId } = this.#unacknowledged.oldest ?? this.#cursor.position;
    return { ledgerId, entryId: entryId - 1 };
  }

  /** Entries that are not acknowledged, delivered or not. */
  get backlog(): number {
    const { ledgerId, entryId } = this.#cursor.position;
    const unread = this.topic.ledgers.reduce(
      (sum, { id, entries }) =>
        sum + (id > ledgerId ? entries.length : id === ledgerId ? Math.max(0, entries.length - entryId) : 0),
      0,
    );
    return unread + this.#unacknowledged.count;
  }

  get isDrained(): boolean {
    return this.#unacknowledged.count === 0 && this.#cursor.peek() === undefined;
  }

  get consumerCount(): number {
    return this.#dispatcher?.consumers.length ?? 0;
  }

  /** Why such a consumer cannot join, with the status a broker's proxy gives; undefined when it can. */
  refuses(type: SubscriptionType, isDurable: boolean): JoinRefusal | undefined {
    if (isDurable !== this.isDurable) {
      const existing = this.isDurable ? 'Durable' : 'NonDurable';
      return { status: 500, reason: `${existing} subscription with the same name already exists.` };
    }
    if (this.consumerCount === 0) {
      return undefined;
    }
    if (this.#dispatcher?.type !== type) {
      return { status: 409, reason: 'Subscription is of different type' };
    }
    return type === 'Exclusive'
      ? { status: 409, reason: 'Exclusive consumer is already connected' }
      : undefined;
  }

  /** Adds a consumer; ask `refuses` first. */
  attach(consumer: SubscriptionConsumer, type: SubscriptionType): void {
    if (this.#dispatcher === undefined || this.#dispatcher.type !== type) {
      this.#dispatcher = createDispatcher(type);
    }
    const activeBefore = this.#activeConsumer();
    this.#dispatcher.add(consumer);
    if (activeBefore !== undefined && activeBefore !== this.#activeConsumer()) {
      this.#takeBack(({ owner }) => owner === activeBefore, 0);
    }
    this.dispatch();
  }

  /** Removes a consumer; what it had out goes to the others, or waits. */
  detach(consumer: SubscriptionConsumer): void {
    this.#dispatcher?.remove(consumer);
    this.#takeBack(({ owner }) => owner === consumer, 0);
    if (this.consumerCount > 0) {
      this.dispatch();
      return;
    }
    // A broker forgets its counts with the last consumer.
    this.#unacknowledged.forgetCounts();
    if (!this.isDurable) {
      this.topic.subscriptions.delete(this.name);
    }
  }

  /** Takes an acknowledgement, of a message in a batch or of a whole entry. Unknown ids are ignored, as by a broker. */
  acknowledge(id: MessageId): void {
    const delivery = this.deliveryOf(id);
    if (delivery === undefined || !isAcknowledgedWith(delivery, id.batchIndex)) {
      return;
    }
    const isLedgerFree = this.#unacknowledged.finish(delivery);
    this.#dispatcher?.released(delivery);
    if (isLedgerFree && this.topic.ledgers[0]?.id === delivery.position.ledgerId) {
      this.topic.trim();
    }
    if (this.#dispatcher?.letsOthersPass === true && this.#unacknowledged.waiting.length > 0) {
      this.dispatch();
    }
  }

  /** The entry of that id, when it is out with a consumer. */
  deliveryOf(id: Position): Delivery | undefined {
    return this.#unacknowledged.outAt(id);
  }

  /** Brings an entry back for another delivery. With one active consumer that is everything it has, as on a broker. */
  redeliver(consumer: SubscriptionConsumer, delivery: Delivery): void {
    if (this.#dispatcher?.countsRedeliveries === true) {
      this.#takeBack((each) => each === delivery, 1);
    } else {
      this.#takeBack(({ owner }) => owner === consumer, 0);
    }
    this.dispatch();
  }

  /** The broker forgets who has what: all that is not acknowledged comes again, with counts from 0. */
  onUnload(): void {
    this.#takeBack(() => true, 0);
    this.#unacknowledged.forgetCounts();
    this.dispatch();
  }

  /** The oldest ledger that still has something for this subscription; `Infinity` when it is not durable. */
  oldestNeededLedgerId(): number {
    if (!this.isDurable) {
      return Infinity;
    }
    const isCaughtUp = this.#cursor.peek() === undefined;
    return Math.min(isCaughtUp ? Infinity : this.#cursor.ledgerId, this.#unacknowledged.oldestLedgerId);
  }

  /** Hands out what may go now. Cheap when there is nothing to do. */
  dispatch(): void {
    const dispatcher = this.#dispatcher;
    if (dispatcher === undefined || this.#isDispatching || dispatcher.consumers.length === 0) {
      return;
    }
    // Taking an entry can make a consumer ask for more before this turn is over.
    this.#isDispatching = true;
    try {
      dispatcher.startRead();
      const blocked = new Set<number>();
      if (this.#dispatchWaiting(dispatcher, blocked)) {
        this.#dispatchUnread(dispatcher, blocked);
      }
    } finally {
      this.#isDispatching = false;
    }
  }

  /** False when the way is closed for whatever comes later. */
  #dispatchWaiting(dispatcher: Dispatcher, blocked: Set<number>): boolean {
    const { waiting } = this.#unacknowledged;
    if (waiting.length === 0) {
      return true;
    }
    const left: Delivery[] = [];
    let isOpen = true;
    for (const delivery of waiting) {
      const consumer = isOpen && !blocked.has(delivery.keyHash) ? dispatcher.pick(delivery) : undefined;
      if (consumer !== undefined) {
        this.#give(delivery, consumer);
        continue;
      }
      left.push(delivery);
      blocked.add(delivery.keyHash);
      isOpen = dispatcher.letsOthersPass;
    }
    this.#unacknowledged.keepWaiting(left);
    return isOpen;
  }

  #dispatchUnread(dispatcher: Dispatcher, blocked: Set<number>): void {
    const isKeyed = dispatcher.letsOthersPass;
    while (dispatcher.consumers.some(({ permits }) => permits > 0)) {
      const entry = this.#cursor.peek();
      if (entry === undefined || this.#unacknowledged.waiting.length >= MAX_SET_ASIDE) {
        return;
      }
      const { position } = this.#cursor;
      const keyHash = isKeyed ? hashOf(entry, position) : 0;
      const consumer = blocked.has(keyHash) ? undefined : dispatcher.pick({ keyHash });
      if (consumer === undefined && !isKeyed) {
        return;
      }
      this.#cursor.next();
      const delivery = this.#unacknowledged.open(position, entry, keyHash);
      if (consumer === undefined) {
        blocked.add(keyHash);
        this.#unacknowledged.putAside(delivery);
      } else {
        this.#give(delivery, consumer);
      }
    }
  }

  #give(delivery: Delivery, consumer: SubscriptionConsumer): void {
    this.#unacknowledged.giveTo(consumer, delivery);
    consumer.take(delivery);
  }

  #takeBack(isWanted: (delivery: Delivery) => boolean, countUp: 0 | 1): void {
    const taken = new Set(this.#unacknowledged.takeBack(isWanted, countUp));
    for (const delivery of taken) {
      this.#dispatcher?.released(delivery);
    }
    for (const owner of new Set([...taken].map((delivery) => delivery.owner))) {
      owner?.discard((delivery) => taken.has(delivery));
    }
    for (const delivery of taken) {
      delivery.owner = undefined;
    }
  }

  #activeConsumer(): SubscriptionConsumer | undefined {
    return this.#dispatcher instanceof SingleActiveDispatcher ? this.#dispatcher.active : undefined;
  }
}

/** Notes the acknowledgement and tells whether the whole entry is acknowledged now. */
function isAcknowledgedWith(delivery: Delivery, batchIndex: number): boolean {
  const size = delivery.entry.length;
  if (size === 1 || batchIndex < 0) {
    return true;
  }
  delivery.acknowledged ??= new Set();
  if (batchIndex < size) {
    delivery.acknowledged.add(batchIndex);
  }
  return delivery.acknowledged.size === size;
}

function createDispatcher(type: SubscriptionType): Dispatcher {
  switch (type) {
    case 'Exclusive':
    case 'Failover':
      return new SingleActiveDispatcher(type);
    case 'Shared':
      return new SharedDispatcher();
    case 'Key_Shared':
      return new KeySharedDispatcher();
    default:
      return type satisfies never;
  }
}

/** Messages without a key spread out by their place, as they do on a broker by producer and sequence. */
function hashOf(entry: Entry, position: Position): number {
  return murmur3Hash(entry[0]?.key ?? `\u0000${keyOf(position)}`);
}
