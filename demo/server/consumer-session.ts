/**
 * Owns one consumer: its queue, its pending window (or permits in pull mode), acknowledgements, time-outs and dead
 * letters, which in Pulsar all live in the proxy's client. On a partitioned topic it consumes every partition.
 */

import { DROPPED, readCommand, readCommandId, type ClientCommand } from './client-command.js';
import type { ConsumerOptions } from './consumer-parameters.js';
import { publishDeadLetter } from './dead-letter.js';
import type { Delivery } from './dispatcher.js';
import { FlowWindow } from './flow-window.js';
import { redeliveredFrame } from './message.js';
import type { MessageId } from './message-id.js';
import type { SessionHandler, SessionSocket } from './session-socket.js';
import { SubscribedTopic } from './subscribed-topic.js';
import type { Topic } from './topic.js';
import type { TopicStore } from './topic-store.js';

/** A message in the queue between the subscription and the socket. */
interface Queued {
  readonly delivery: Delivery;
  readonly index: number;
  readonly from: SubscribedTopic;
}

export class ConsumerSession implements SessionHandler {
  readonly #socket: SessionSocket;
  readonly #store: TopicStore;
  readonly #options: ConsumerOptions;
  readonly #subscription: string;
  readonly #window: FlowWindow;
  readonly #subscribed: readonly SubscribedTopic[];
  #queue: Queued[] = [];
  #isPumping = false;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** By entry: when unanswered messages come back. */
  readonly #ackTimers = new Map<Delivery, NodeJS.Timeout>();

  constructor(
    socket: SessionSocket,
    store: TopicStore,
    topics: readonly Topic[],
    subscription: string,
    options: ConsumerOptions,
  ) {
    this.#socket = socket;
    this.#store = store;
    this.#options = options;
    this.#subscription = subscription;
    this.#window = new FlowWindow(options.isPullMode ? 0 : Math.max(1, options.receiverQueueSize));
    if (!options.isPullMode) {
      this.#window.open();
    }
    this.#subscribed = topics.map(
      (topic) =>
        new SubscribedTopic(topic, store, subscription, options, `consumer-${socket.record.id}`, {
          permits: () => this.#permits(),
          onDelivery: (delivery, from) => this.#enqueue(delivery, from),
          onDiscard: (isDiscarded) => this.#discard(isDiscarded),
        }),
    );
    this.#subscribed.forEach((each) => each.subscribe());
    this.#pump();
  }

  onText(text: string): void {
    const command = readCommand(text);
    if (command.kind !== 'ok') {
      this.#socket.fail(command);
      return;
    }
    switch (command.value.type) {
      case 'permit':
        this.#onPermit(command.value);
        break;
      case 'unsubscribe':
        this.#onUnsubscribe();
        break;
      case 'negativeAcknowledge':
        this.#onNegativeAcknowledge(command.value);
        break;
      case 'isEndOfTopic':
        this.#socket.record.endOfTopicRequests += 1;
        this.#socket.sendText(`{"endOfTopic":${this.#subscribed.every((each) => each.hasReachedEnd())}}`);
        break;
      default:
        this.#onAcknowledge(command.value);
    }
    this.#socket.record.pending = this.#window.pending;
    this.#pump();
  }

  onDrain(): void {
    this.#pump();
  }

  onClosed(): void {
    this.#timers.forEach(clearTimeout);
    this.#ackTimers.forEach(clearTimeout);
    this.#queue = [];
    this.#subscribed.forEach((each) => each.close());
  }

  #onAcknowledge(command: ClientCommand): void {
    const id = this.#readId(command);
    const from = id === undefined ? undefined : this.#subscribedTo(id);
    if (id === undefined || from === undefined) {
      return;
    }
    const delivery = from.deliveryOf(id);
    from.acknowledge(id);
    if (delivery !== undefined && from.deliveryOf(id) === undefined) {
      this.#stopTimer(delivery);
    }
    this.#answered();
  }

  #onNegativeAcknowledge(command: ClientCommand): void {
    const id = this.#readId(command);
    const from = id === undefined ? undefined : this.#subscribedTo(id);
    if (id === undefined || from === undefined) {
      return;
    }
    const delivery = from.deliveryOf(id);
    if (delivery !== undefined) {
      this.#stopTimer(delivery);
      this.#later(this.#options.negativeAckRedeliveryDelayMs, () => this.#bringBack(delivery, from));
    }
    this.#answered();
  }

  #onPermit(command: ClientCommand): void {
    if (command.permitMessages === undefined) {
      this.#socket.fail(DROPPED);
    } else if (this.#options.isPullMode) {
      this.#window.permit(command.permitMessages);
    }
  }

  #onUnsubscribe(): void {
    if (!this.#subscribed.every((each) => each.unsubscribe())) {
      this.#socket.fail(DROPPED);
    }
  }

  #answered(): void {
    if (!this.#options.isPullMode) {
      this.#window.answered();
    }
  }

  /** The id in a command; a command without a readable one ends the session. */
  #readId(command: ClientCommand): MessageId | undefined {
    const id = readCommandId(command);
    if (id.kind === 'ok') {
      return id.value;
    }
    this.#socket.fail(id);
    return undefined;
  }

  #subscribedTo(id: MessageId): SubscribedTopic | undefined {
    return this.#subscribed.length === 1
      ? this.#subscribed[0]
      : this.#subscribed.find(({ partition }) => partition === id.partition);
  }

  /** Room in the queue between broker and proxy, which holds `receiverQueueSize` messages beside those in the window. */
  #permits(): number {
    const { receiverQueueSize } = this.#options;
    if (receiverQueueSize === 0) {
      return this.#window.isOpen && this.#queue.length === 0 ? 1 : 0;
    }
    return receiverQueueSize - this.#queue.length;
  }

  #enqueue(delivery: Delivery, from: SubscribedTopic): void {
    delivery.entry.forEach((_, index) => this.#queue.push({ delivery, index, from }));
    this.#schedulePump();
  }

  #discard(isDiscarded: (delivery: Delivery) => boolean): void {
    this.#queue = this.#queue.filter(({ delivery }) => !isDiscarded(delivery));
    for (const delivery of [...this.#ackTimers.keys()]) {
      if (isDiscarded(delivery)) {
        this.#stopTimer(delivery);
      }
    }
  }

  #schedulePump(): void {
    if (!this.#isPumping) {
      this.#isPumping = true;
      process.nextTick(() => {
        this.#isPumping = false;
        this.#pump();
      });
    }
  }

  #pump(): void {
    const socket = this.#socket;
    let isTaken = false;
    while (this.#window.isOpen && !socket.isCongested && !socket.isClosed) {
      const queued = this.#queue.shift();
      if (queued === undefined) {
        break;
      }
      isTaken = true;
      this.#send(queued);
    }
    // Without a queue of its own the session asks for each message when there is room for it.
    const asks = this.#options.receiverQueueSize === 0 && this.#permits() > 0;
    if (isTaken || asks) {
      this.#subscribed.forEach((each) => each.dispatch());
    }
  }

  #send({ delivery, index, from }: Queued): void {
    const { deadLetter } = this.#options;
    if (deadLetter !== undefined && delivery.redeliveryCount > deadLetter.maxRedeliverCount) {
      this.#bringBack(delivery, from);
      return;
    }
    const { record } = this.#socket;
    this.#window.delivered();
    record.pending = this.#window.pending;
    record.maxPending = this.#window.maxPending;
    const message = delivery.entry[index];
    if (message !== undefined) {
      this.#startTimer(delivery, from);
      this.#socket.sendMessage(redeliveredFrame(message, delivery.redeliveryCount));
    }
  }

  #startTimer(delivery: Delivery, from: SubscribedTopic): void {
    const { ackTimeoutMs } = this.#options;
    if (ackTimeoutMs > 0) {
      clearTimeout(this.#ackTimers.get(delivery));
      const timer = setTimeout(() => {
        this.#ackTimers.delete(delivery);
        this.#bringBack(delivery, from);
      }, ackTimeoutMs);
      this.#ackTimers.set(delivery, timer);
    }
  }

  #stopTimer(delivery: Delivery): void {
    clearTimeout(this.#ackTimers.get(delivery));
    this.#ackTimers.delete(delivery);
  }

  /** Asks for another delivery, or gives up on the entry when it has had all of them. */
  #bringBack(delivery: Delivery, from: SubscribedTopic): void {
    if (from.deliveryOf(delivery.position) !== delivery) {
      return;
    }
    const { deadLetter, type } = this.#options;
    const isCounted = type === 'Shared' || type === 'Key_Shared';
    if (deadLetter !== undefined && isCounted && delivery.redeliveryCount >= deadLetter.maxRedeliverCount) {
      publishDeadLetter(this.#store, deadLetter.topic, from.topic, this.#subscription, delivery);
      from.acknowledge({ ...delivery.position, partition: from.partition, batchIndex: -1, batchSize: 0 });
      this.#discard((each) => each === delivery);
      return;
    }
    from.redeliver(delivery);
  }

  #later(ms: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, ms);
    this.#timers.add(timer);
  }
}
