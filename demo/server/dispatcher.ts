/**
 * Owns the contract between a subscription and its dispatcher: who of the connected consumers may take an entry now.
 * The four types of subscription differ in nothing else.
 */

import type { SubscriptionType } from './consumer-parameters.js';
import type { Entry } from './ledger.js';
import type { Position } from './topic.js';

/** One entry on its way through a subscription, from the first dispatch until it is acknowledged. */
export interface Delivery {
  readonly position: Position;
  readonly entry: Entry;
  /** What a Key_Shared subscription goes by: the hash of the first message's key. */
  readonly keyHash: number;
  redeliveryCount: number;
  /** Who has it; undefined while it waits for a new delivery. */
  owner: SubscriptionConsumer | undefined;
  /** Messages of a batch already acknowledged; undefined before the first. */
  acknowledged: Set<number> | undefined;
}

/** A consumer as its subscription sees it. */
export interface SubscriptionConsumer {
  readonly name: string;
  readonly priorityLevel: number;
  /** Messages it still has room for; not more than its receiver queue holds. */
  readonly permits: number;
  take(delivery: Delivery): void;
  /** Forget what was taken and not yet sent: it comes again. */
  discard(isDiscarded: (delivery: Delivery) => boolean): void;
}

export interface Dispatcher {
  readonly type: SubscriptionType;
  readonly consumers: readonly SubscriptionConsumer[];
  /** Whether redeliveries are counted: the types with one active consumer report 0 for ever, as a broker does. */
  readonly countsRedeliveries: boolean;
  /** Whether an entry that nobody may take now lets later ones pass. */
  readonly letsOthersPass: boolean;
  add(consumer: SubscriptionConsumer): void;
  remove(consumer: SubscriptionConsumer): void;
  /** Several entries are about to be picked for, read from the topic together. */
  startRead(): void;
  /** Who takes the entry, or undefined when nobody may. */
  pick(delivery: Pick<Delivery, 'keyHash'>): SubscriptionConsumer | undefined;
  /** The entry is done with: acknowledged or taken back. */
  released(delivery: Delivery): void;
}
