/**
 * Owns the tie between one consumer session and the subscription of one topic (or partition), which survives unload
 * and deletion of the topic as Pulsar's reconnecting client does.
 */

import type { ConsumerOptions } from './consumer-parameters.js';
import type { Delivery, SubscriptionConsumer } from './dispatcher.js';
import type { MessageId } from './message-id.js';
import { Subscription } from './subscription.js';
import type { Position, Topic, TopicListener } from './topic.js';
import type { TopicStore } from './topic-store.js';

/** What the session does with what its subscriptions give. */
export interface SubscribedTopicEvents {
  permits(): number;
  onDelivery(delivery: Delivery, from: SubscribedTopic): void;
  onDiscard(isDiscarded: (delivery: Delivery) => boolean): void;
}

/** How soon Pulsar's client comes back when its topic was deleted. */
const REOPEN_MS = 100;

export class SubscribedTopic implements SubscriptionConsumer, TopicListener {
  readonly name: string;
  readonly priorityLevel: number;
  readonly #store: TopicStore;
  readonly #subscriptionName: string;
  readonly #options: ConsumerOptions;
  readonly #events: SubscribedTopicEvents;
  #topic: Topic;
  #subscription: Subscription | undefined;
  #reopenTimer: NodeJS.Timeout | undefined;

  constructor(
    topic: Topic,
    store: TopicStore,
    subscriptionName: string,
    options: ConsumerOptions,
    name: string,
    events: SubscribedTopicEvents,
  ) {
    this.#topic = topic;
    this.#store = store;
    this.#subscriptionName = subscriptionName;
    this.#options = options;
    this.#events = events;
    this.name = name;
    this.priorityLevel = options.priorityLevel;
  }

  get topic(): Topic {
    return this.#topic;
  }

  get partition(): number {
    return this.#topic.partition;
  }

  get permits(): number {
    return this.#events.permits();
  }

  take(delivery: Delivery): void {
    this.#events.onDelivery(delivery, this);
  }

  discard(isDiscarded: (delivery: Delivery) => boolean): void {
    this.#events.onDiscard(isDiscarded);
  }

  subscribe(): void {
    const { subscriptions } = this.#topic;
    let subscription = subscriptions.get(this.#subscriptionName);
    if (subscription === undefined) {
      subscription = new Subscription(this.#topic, this.#subscriptionName, this.#options);
      subscriptions.set(this.#subscriptionName, subscription);
    }
    this.#subscription = subscription;
    this.#topic.listen(this);
    subscription.attach(this, this.#options.type);
  }

  /** Removes the subscription from the topic; false when others use it, or it is gone already. */
  unsubscribe(): boolean {
    if (this.#subscription === undefined || this.#subscription.consumerCount > 1) {
      return false;
    }
    this.#topic.subscriptions.delete(this.#subscriptionName);
    this.close();
    return true;
  }

  dispatch(): void {
    this.#subscription?.dispatch();
  }

  acknowledge(id: MessageId): void {
    this.#subscription?.acknowledge(id);
  }

  deliveryOf(position: Position): Delivery | undefined {
    return this.#subscription?.deliveryOf(position);
  }

  redeliver(delivery: Delivery): void {
    this.#subscription?.redeliver(this, delivery);
  }

  /** Pulsar's end of topic for a consumer: terminated, and everything acknowledged. */
  hasReachedEnd(): boolean {
    return this.#topic.isTerminated && this.#subscription !== undefined && this.#subscription.isDrained;
  }

  onMessages(): void {
    // The subscription dispatches by itself; the topic wakes it.
  }

  onUnload(): void {
    // Handled by the subscription: what is not acknowledged comes again.
  }

  onTerminate(): void {
    // Asked for by the client, never announced.
  }

  onDelete(): void {
    this.#subscription = undefined;
    this.#events.onDiscard(() => true);
    this.#reopenTimer = setTimeout(() => {
      const topic = this.#store.openTopic(this.#topic.name);
      if (topic !== undefined) {
        this.#topic = topic;
        this.subscribe();
      }
    }, REOPEN_MS);
  }

  close(): void {
    clearTimeout(this.#reopenTimer);
    this.#topic.ignore(this);
    const subscription = this.#subscription;
    this.#subscription = undefined;
    subscription?.detach(this);
  }
}
