/**
 * Owns Shared: entries go around among the consumers that have room, a better priority level first, in runs of up to
 * twenty as a broker's `dispatcherMaxRoundRobinBatchSize` allows.
 */

import type { Dispatcher, SubscriptionConsumer } from './dispatcher.js';

const MAX_RUN = 20;

export class SharedDispatcher implements Dispatcher {
  readonly type = 'Shared';
  readonly countsRedeliveries = true;
  readonly letsOthersPass = false;
  #consumers: SubscriptionConsumer[] = [];
  #turn = 0;
  #run = 0;

  get consumers(): readonly SubscriptionConsumer[] {
    return this.#consumers;
  }

  add(consumer: SubscriptionConsumer): void {
    this.#consumers.push(consumer);
    this.#consumers.sort((a, b) => a.priorityLevel - b.priorityLevel);
  }

  remove(consumer: SubscriptionConsumer): void {
    this.#consumers = this.#consumers.filter((each) => each !== consumer);
    this.#turn = 0;
  }

  startRead(): void {
    if (this.#run > 0) {
      this.#passOn();
    }
  }

  pick(): SubscriptionConsumer | undefined {
    if (this.#run >= MAX_RUN) {
      this.#passOn();
    }
    const level = this.#consumers.find(({ permits }) => permits > 0)?.priorityLevel;
    const candidates = this.#consumers.filter(({ priorityLevel }) => priorityLevel === level);
    for (let tried = 0; tried < candidates.length; tried += 1) {
      const candidate = candidates[this.#turn % candidates.length];
      if (candidate !== undefined && candidate.permits > 0) {
        this.#run += 1;
        return candidate;
      }
      this.#passOn();
    }
    return undefined;
  }

  released(): void {
    // Nothing is remembered per entry.
  }

  #passOn(): void {
    this.#turn += 1;
    this.#run = 0;
  }
}
