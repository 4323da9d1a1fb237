/**
 * Owns the entries of a subscription that have been read and are not acknowledged: out with a consumer, or waiting to be
 * delivered (again). It keeps their order and knows which ledgers they hold back; who gets them is decided elsewhere.
 */

import type { Delivery, SubscriptionConsumer } from './dispatcher.js';
import type { Entry } from './ledger.js';
import { comparePositions, type Position } from './topic.js';

export class Unacknowledged {
  /** Out with a consumer, by position. */
  readonly #out = new Map<string, Delivery>();
  /** Ordered by position; always older than what is read next. */
  #waiting: Delivery[] = [];
  /** How many entries there are per ledger: what retention must not take. */
  readonly #perLedger = new Map<number, number>();

  get count(): number {
    return this.#out.size + this.#waiting.length;
  }

  get waiting(): readonly Delivery[] {
    return this.#waiting;
  }

  /** The oldest of them, or undefined. */
  get oldest(): Position | undefined {
    let oldest = this.#waiting[0]?.position;
    for (const { position } of this.#out.values()) {
      oldest = oldest === undefined || comparePositions(position, oldest) < 0 ? position : oldest;
    }
    return oldest;
  }

  /** `Infinity` when there are none. */
  get oldestLedgerId(): number {
    let oldest = Infinity;
    for (const ledgerId of this.#perLedger.keys()) {
      oldest = Math.min(oldest, ledgerId);
    }
    return oldest;
  }

  /** Takes in an entry that was just read from the topic. */
  open(position: Position, entry: Entry, keyHash: number): Delivery {
    const { ledgerId } = position;
    this.#perLedger.set(ledgerId, (this.#perLedger.get(ledgerId) ?? 0) + 1);
    return { position, entry, keyHash, redeliveryCount: 0, owner: undefined, acknowledged: undefined };
  }

  /** The entry at that place, when it is out with a consumer. */
  outAt(position: Position): Delivery | undefined {
    return this.#out.get(keyOf(position));
  }

  giveTo(consumer: SubscriptionConsumer, delivery: Delivery): void {
    delivery.owner = consumer;
    this.#out.set(keyOf(delivery.position), delivery);
  }

  /** Puts a newly read entry aside, behind the others. */
  putAside(delivery: Delivery): void {
    this.#waiting.push(delivery);
  }

  /** Replaces the waiting entries by those that could not be given away. */
  keepWaiting(left: Delivery[]): void {
    this.#waiting = left;
  }

  /** Brings entries back from their consumers, as if none of their messages had been acknowledged. */
  takeBack(isWanted: (delivery: Delivery) => boolean, countUp: 0 | 1): readonly Delivery[] {
    const taken: Delivery[] = [];
    for (const [key, delivery] of this.#out) {
      if (isWanted(delivery)) {
        this.#out.delete(key);
        delivery.redeliveryCount += countUp;
        delivery.acknowledged = undefined;
        taken.push(delivery);
      }
    }
    if (taken.length > 0) {
      this.#waiting = [...this.#waiting, ...taken].sort((a, b) => comparePositions(a.position, b.position));
    }
    return taken;
  }

  forgetCounts(): void {
    for (const delivery of this.#waiting) {
      delivery.redeliveryCount = 0;
    }
  }

  /** The entry is acknowledged. True when its ledger is held back by nothing any more. */
  finish(delivery: Delivery): boolean {
    this.#out.delete(keyOf(delivery.position));
    const { ledgerId } = delivery.position;
    const left = (this.#perLedger.get(ledgerId) ?? 0) - 1;
    if (left > 0) {
      this.#perLedger.set(ledgerId, left);
      return false;
    }
    this.#perLedger.delete(ledgerId);
    return true;
  }
}

export function keyOf({ ledgerId, entryId }: Position): string {
  return `${ledgerId}:${entryId}`;
}
