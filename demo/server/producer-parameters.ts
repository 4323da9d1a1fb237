/**
 * Owns the query parameters of the producer endpoint. Those that change nothing here (compression, time-outs) are still
 * checked, since a broker refuses a wrong one.
 */

import { ParameterError, readBoolean, readChoice, readInt } from './java-parameters.js';
import type { ProducerOptions } from './producer-session.js';

/** Pulsar's client: at most this many messages and milliseconds in one batch. */
const BATCHING = { maxMessages: 1000, maxPublishDelayMs: 1 } as const;

/** @throws {ParameterError} when a parameter is not what Pulsar takes. */
export function parseProducerParameters(
  parameters: URLSearchParams,
  maxMessageBytes: number,
): ProducerOptions {
  readInt(parameters, 'sendTimeoutMillis', 0);
  readInt(parameters, 'initialSequenceId');
  readChoice(parameters, 'compressionType', ['NONE', 'LZ4', 'ZLIB', 'ZSTD', 'SNAPPY']);
  const routing = readChoice(parameters, 'messageRoutingMode', [
    'SinglePartition',
    'RoundRobinPartition',
    'CustomPartition',
  ]);
  const producerName = parameters.get('producerName');
  if (producerName?.trim() === '') {
    throw new ParameterError('producerName cannot be blank');
  }
  return {
    producerName: producerName ?? undefined,
    batching: readBoolean(parameters, 'batchingEnabled')
      ? {
          maxMessages: readInt(parameters, 'batchingMaxMessages') ?? BATCHING.maxMessages,
          maxPublishDelayMs: readInt(parameters, 'batchingMaxPublishDelay', 1) ?? BATCHING.maxPublishDelayMs,
        }
      : undefined,
    routing: routing === 'RoundRobinPartition' ? routing : 'SinglePartition',
    hashing:
      readChoice(parameters, 'hashingScheme', ['JavaStringHash', 'Murmur3_32Hash']) ?? 'JavaStringHash',
    maxMessageBytes,
  };
}
