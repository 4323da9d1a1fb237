/**
 * Owns Key_Shared: each key belongs to one consumer, and stays with it as long as any of its messages is out, so that
 * the order within a key holds while consumers come and go.
 */

import type { Delivery, Dispatcher, SubscriptionConsumer } from './dispatcher.js';
import { murmur3Hash } from './key-hash.js';

interface Holding {
  readonly consumer: SubscriptionConsumer;
  entries: number;
}

export class KeySharedDispatcher implements Dispatcher {
  readonly type = 'Key_Shared';
  readonly countsRedeliveries = true;
  readonly letsOthersPass = true;
  #consumers: SubscriptionConsumer[] = [];
  /** Hashes with entries out, and who has them. */
  readonly #holdings = new Map<number, Holding>();

  get consumers(): readonly SubscriptionConsumer[] {
    return this.#consumers;
  }

  add(consumer: SubscriptionConsumer): void {
    this.#consumers.push(consumer);
  }

  remove(consumer: SubscriptionConsumer): void {
    this.#consumers = this.#consumers.filter((each) => each !== consumer);
    for (const [hash, holding] of this.#holdings) {
      if (holding.consumer === consumer) {
        this.#holdings.delete(hash);
      }
    }
  }

  startRead(): void {
    // Who gets an entry does not depend on what was read with it.
  }

  pick({ keyHash }: Pick<Delivery, 'keyHash'>): SubscriptionConsumer | undefined {
    const holding = this.#holdings.get(keyHash);
    const chosen = this.#consumerOf(keyHash);
    if (chosen === undefined || chosen.permits <= 0) {
      return undefined;
    }
    if (holding === undefined) {
      this.#holdings.set(keyHash, { consumer: chosen, entries: 1 });
      return chosen;
    }
    if (holding.consumer !== chosen) {
      return undefined;
    }
    holding.entries += 1;
    return chosen;
  }

  released({ keyHash }: Delivery): void {
    const holding = this.#holdings.get(keyHash);
    if (holding !== undefined) {
      holding.entries -= 1;
      if (holding.entries <= 0) {
        this.#holdings.delete(keyHash);
      }
    }
  }

  /** Rendezvous hashing: a consumer that comes or goes moves only the keys it takes or leaves. */
  #consumerOf(keyHash: number): SubscriptionConsumer | undefined {
    let best: SubscriptionConsumer | undefined;
    let bestScore = -1;
    for (const consumer of this.#consumers) {
      const score = murmur3Hash(`${keyHash}:${consumer.name}`);
      if (score > bestScore) {
        best = consumer;
        bestScore = score;
      }
    }
    return best;
  }
}
