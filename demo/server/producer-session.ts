/**
 * Owns one producer: reading its frames as Pulsar's `ProducerHandler` does, batching, routing to partitions, and the
 * reply to each message. A bad frame gets an error reply and the session goes on.
 */

import { jsonText } from './json-frame.js';
import type { MessageContent } from './message.js';
import { encodeMessageId, type MessageId } from './message-id.js';
import { javaStringHash, murmur3Hash } from './key-hash.js';
import { readProducerFrame, type ProducerErrorKind } from './producer-frame.js';
import type { SessionHandler, SessionSocket } from './session-socket.js';
import type { Topic } from './topic.js';
import type { TopicStore } from './topic-store.js';

export interface ProducerOptions {
  /** Undefined lets the broker choose; a chosen name must be free on the topic. */
  readonly producerName: string | undefined;
  readonly batching: BatchingOptions | undefined;
  readonly routing: 'SinglePartition' | 'RoundRobinPartition';
  readonly hashing: 'JavaStringHash' | 'Murmur3_32Hash';
  readonly maxMessageBytes: number;
}

export interface BatchingOptions {
  readonly maxMessages: number;
  readonly maxPublishDelayMs: number;
}

/** `WebSocketError` of Pulsar's proxy, as far as a producer meets it. */
const ERROR_CODES: Readonly<Record<ProducerErrorKind, number>> = { unreadable: 3, payload: 7, unknown: 8 };

/** Pulsar's `batchingMaxBytes`. */
const MAX_BATCH_BYTES = 128 * 1024;
const TERMINATED = 'Topic was already terminated';

interface Waiting {
  readonly content: MessageContent;
  readonly context: string | undefined;
}

interface Batch {
  waiting: Waiting[];
  bytes: number;
  timer: NodeJS.Timeout | undefined;
}

export class ProducerSession implements SessionHandler {
  readonly #socket: SessionSocket;
  readonly #store: TopicStore;
  readonly #options: ProducerOptions;
  readonly #topics: Topic[];
  readonly #name: string;
  readonly #batches: Batch[];
  /** Pulsar's client picks one partition by chance for messages without a key; the first one is as good. */
  #turn = 0;

  constructor(socket: SessionSocket, store: TopicStore, topics: readonly Topic[], options: ProducerOptions) {
    this.#socket = socket;
    this.#store = store;
    this.#options = options;
    this.#topics = [...topics];
    this.#batches = topics.map(() => ({ waiting: [], bytes: 0, timer: undefined }));
    this.#name = options.producerName ?? `standalone-0-${socket.record.id}`;
    topics.forEach((topic) => topic.producerNames.add(this.#name));
  }

  onText(text: string): void {
    const frame = readProducerFrame(text, this.#options.maxMessageBytes);
    switch (frame.kind) {
      case 'error':
        this.#replyError(frame.error, frame.message, frame.context);
        break;
      case 'server-error':
        this.#socket.fail(frame);
        break;
      case 'message':
        this.#accept(frame);
        break;
      default:
        frame satisfies never;
    }
  }

  onDrain(): void {
    // Replies are small; nothing waits for room.
  }

  onClosed(): void {
    for (const batch of this.#batches) {
      clearTimeout(batch.timer);
    }
    this.#topics.forEach((topic) => topic.producerNames.delete(this.#name));
  }

  #accept(frame: Waiting): void {
    const partition = this.#choosePartition(frame.content.key);
    const { batching } = this.#options;
    if (batching === undefined) {
      this.#publish(partition, [frame]);
      return;
    }
    const batch = this.#batches[partition] as Batch;
    batch.waiting.push(frame);
    batch.bytes += Buffer.byteLength(frame.content.payload, 'base64');
    if (batch.waiting.length >= batching.maxMessages || batch.bytes >= MAX_BATCH_BYTES) {
      this.#flush(partition);
    } else {
      batch.timer ??= setTimeout(() => this.#flush(partition), batching.maxPublishDelayMs);
    }
  }

  #flush(partition: number): void {
    const batch = this.#batches[partition] as Batch;
    const { waiting } = batch;
    clearTimeout(batch.timer);
    batch.timer = undefined;
    batch.waiting = [];
    batch.bytes = 0;
    if (waiting.length > 0) {
      this.#publish(partition, waiting);
    }
  }

  #publish(partition: number, waiting: readonly Waiting[]): void {
    const topic = this.#topicOf(partition);
    if (topic === undefined || topic.isTerminated) {
      waiting.forEach(({ context }) =>
        this.#replyError(
          'unknown',
          `org.apache.pulsar.client.api.PulsarClientException$TopicTerminatedException: ${TERMINATED}`,
          context,
        ),
      );
      return;
    }
    const ids = topic.append(waiting.map(({ content }) => content));
    waiting.forEach(({ context }, index) => this.#replyOk(ids[index] as MessageId, context));
  }

  /** A deleted topic comes back with the next message, as it does when Pulsar's client reconnects. */
  #topicOf(partition: number): Topic | undefined {
    const topic = this.#topics[partition];
    if (topic === undefined || !topic.isDeleted) {
      return topic;
    }
    const reopened = this.#store.openTopic(topic.name);
    if (reopened !== undefined) {
      reopened.producerNames.add(this.#name);
      this.#topics[partition] = reopened;
    }
    return reopened;
  }

  #choosePartition(key: string | null): number {
    const count = this.#topics.length;
    if (count === 1) {
      return 0;
    }
    if (key !== null) {
      const hash = this.#options.hashing === 'JavaStringHash' ? javaStringHash(key) : murmur3Hash(key);
      return hash % count;
    }
    if (this.#options.routing === 'RoundRobinPartition') {
      this.#turn = (this.#turn + 1) % count;
    }
    return this.#turn;
  }

  #replyOk(id: MessageId, context: string | undefined): void {
    // A producer is told its place in the batch but not the batch's size, which was open when its client made the id.
    const reported = { ...id, batchSize: 0 };
    const contextField = context === undefined ? '' : `,"context":${jsonText(context)}`;
    this.#socket.record.messagesPublished += 1;
    this.#socket.sendText(
      `{"result":"ok","messageId":"${encodeMessageId(reported)}"${contextField},"errorCode":0,"schemaVersion":0}`,
    );
  }

  #replyError(error: ProducerErrorKind, errorMsg: string, context: string | undefined): void {
    this.#socket.sendText(
      JSON.stringify({
        result: `send-error:${ERROR_CODES[error]}`,
        errorMsg,
        ...(context === undefined ? {} : { context }),
        errorCode: 0,
        schemaVersion: 0,
      }),
    );
  }
}
