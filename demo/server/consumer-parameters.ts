/**
 * Owns the query parameters of the consumer endpoint, their defaults and their limits in Pulsar.
 */

import { ParameterError, readBoolean, readChoice, readInt } from './java-parameters.js';
import { topicUrl, type TopicName } from './topic-name.js';

export const SUBSCRIPTION_TYPES = ['Exclusive', 'Failover', 'Shared', 'Key_Shared'] as const;
export type SubscriptionType = (typeof SUBSCRIPTION_TYPES)[number];

export interface DeadLetterPolicy {
  readonly maxRedeliverCount: number;
  readonly topic: string;
}

export interface ConsumerOptions {
  readonly type: SubscriptionType;
  readonly isDurable: boolean;
  readonly initialPosition: 'Latest' | 'Earliest';
  readonly receiverQueueSize: number;
  readonly priorityLevel: number;
  /** 0 means that nothing times out. */
  readonly ackTimeoutMs: number;
  readonly negativeAckRedeliveryDelayMs: number;
  readonly deadLetter: DeadLetterPolicy | undefined;
  readonly isPullMode: boolean;
}

/** Pulsar's default and its cap. */
const RECEIVER_QUEUE_SIZE = 1000;
const MIN_ACK_TIMEOUT_MS = 1000;
/** With a dead-letter policy Pulsar's client times unanswered messages out even when nobody asked for it. */
const DEAD_LETTER_ACK_TIMEOUT_MS = 30_000;
const NEGATIVE_ACK_DELAY_MS = 60_000;

/** @throws {ParameterError} when a parameter is not what Pulsar takes. */
export function parseConsumerParameters(
  parameters: URLSearchParams,
  topic: TopicName,
  subscription: string,
): ConsumerOptions {
  const deadLetter = readDeadLetterPolicy(parameters, topic, subscription);
  const ackTimeoutMs = readInt(parameters, 'ackTimeoutMillis') ?? 0;
  if (ackTimeoutMs !== 0 && ackTimeoutMs < MIN_ACK_TIMEOUT_MS) {
    throw new ParameterError(`Ack timeout should be greater than ${MIN_ACK_TIMEOUT_MS} ms`);
  }
  const consumerName = parameters.get('consumerName');
  if (consumerName?.trim() === '') {
    throw new ParameterError('consumerName cannot be blank');
  }
  return {
    type: readChoice(parameters, 'subscriptionType', SUBSCRIPTION_TYPES) ?? 'Exclusive',
    isDurable: readChoice(parameters, 'subscriptionMode', ['Durable', 'NonDurable']) !== 'NonDurable',
    initialPosition:
      readChoice(parameters, 'subscriptionInitialPosition', ['Latest', 'Earliest']) ?? 'Latest',
    receiverQueueSize: Math.min(
      readInt(parameters, 'receiverQueueSize', 0) ?? RECEIVER_QUEUE_SIZE,
      RECEIVER_QUEUE_SIZE,
    ),
    priorityLevel: readInt(parameters, 'priorityLevel', 0) ?? 0,
    ackTimeoutMs: ackTimeoutMs === 0 && deadLetter !== undefined ? DEAD_LETTER_ACK_TIMEOUT_MS : ackTimeoutMs,
    negativeAckRedeliveryDelayMs:
      readInt(parameters, 'negativeAckRedeliveryDelay', 0) ?? NEGATIVE_ACK_DELAY_MS,
    deadLetter,
    isPullMode: readBoolean(parameters, 'pullMode'),
  };
}

function readDeadLetterPolicy(
  parameters: URLSearchParams,
  topic: TopicName,
  subscription: string,
): DeadLetterPolicy | undefined {
  const maxRedeliverCount = readInt(parameters, 'maxRedeliverCount');
  const chosenTopic = parameters.get('deadLetterTopic');
  if (maxRedeliverCount === undefined && chosenTopic === null) {
    return undefined;
  }
  if (maxRedeliverCount === undefined || maxRedeliverCount <= 0) {
    throw new ParameterError('MaxRedeliverCount must be > 0.');
  }
  return { maxRedeliverCount, topic: chosenTopic ?? `${topicUrl(topic)}-${subscription}-DLQ` };
}
