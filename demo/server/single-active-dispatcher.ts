/**
 * Owns Exclusive and Failover: one consumer gets everything. With Failover the others wait, by priority level and then
 * in the order in which they came; with Exclusive there are no others.
 */

import type { Dispatcher, SubscriptionConsumer } from './dispatcher.js';

export class SingleActiveDispatcher implements Dispatcher {
  readonly type: 'Exclusive' | 'Failover';
  readonly countsRedeliveries = false;
  readonly letsOthersPass = false;
  #consumers: SubscriptionConsumer[] = [];

  constructor(type: 'Exclusive' | 'Failover') {
    this.type = type;
  }

  get consumers(): readonly SubscriptionConsumer[] {
    return this.#consumers;
  }

  get active(): SubscriptionConsumer | undefined {
    return this.#consumers[0];
  }

  add(consumer: SubscriptionConsumer): void {
    this.#consumers.push(consumer);
    this.#consumers.sort((a, b) => a.priorityLevel - b.priorityLevel);
  }

  remove(consumer: SubscriptionConsumer): void {
    this.#consumers = this.#consumers.filter((each) => each !== consumer);
  }

  startRead(): void {
    // Who gets an entry does not depend on what was read with it.
  }

  pick(): SubscriptionConsumer | undefined {
    const { active } = this;
    return active !== undefined && active.permits > 0 ? active : undefined;
  }

  released(): void {
    // Nothing is remembered per entry.
  }
}
