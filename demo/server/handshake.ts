/**
 * Owns the checks at the door of a WebSocket endpoint, in the order of Pulsar's handlers: path, the parameters that are
 * read before authentication, the key, the rest. Pure: whether the topic exists is asked afterwards, by
 * `session-factory.ts`.
 */

import { parseConsumerParameters, type ConsumerOptions } from './consumer-parameters.js';
import type { SessionKind } from './fault-command.js';
import { ParameterError, parseJavaInt } from './java-parameters.js';
import { parseProducerParameters } from './producer-parameters.js';
import type { ProducerOptions } from './producer-session.js';
import type { ReaderOptions } from './reader-session.js';
import { parseStartPosition, type StartPosition } from './start-position.js';
import { isEntityName, type TopicName } from './topic-name.js';

export type SessionRequest =
  | { readonly kind: 'reader'; readonly topic: TopicName; readonly options: ReaderOptions }
  | {
      readonly kind: 'consumer';
      readonly topic: TopicName;
      readonly subscription: string;
      readonly options: ConsumerOptions;
    }
  | { readonly kind: 'producer'; readonly topic: TopicName; readonly options: ProducerOptions };

export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  /** Goes into the HTML page that a browser never sees; never holds a key. */
  readonly reason: string;
}

/** Where a handshake wants to go, known even when it is refused later. */
export interface Destination {
  readonly kind: SessionKind;
  readonly topic: TopicName;
  /** Undefined when the path has none, which only a consumer minds. */
  readonly subscription: string | undefined;
  readonly parameters: URLSearchParams;
}

export interface Door {
  readonly tenant: string;
  /** Undefined lets everybody in. */
  readonly key: string | undefined;
  readonly maxMessageBytes: number;
}

/** A percent sign that escapes nothing. */
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
/** Pulsar's default and its cap. */
const RECEIVER_QUEUE_SIZE = 1000;

export function refusal(status: number, reason: string): Refusal {
  return { kind: 'refused', status, reason };
}

/** Reads the path: `/ws/v2/{reader|consumer|producer}/persistent/{tenant}/{namespace}/{topic}[/{subscription}]`. */
export function parseDestination(url: string): Destination | Refusal {
  const question = url.indexOf('?');
  const path = question === -1 ? url : url.slice(0, question);
  const query = question === -1 ? '' : url.slice(question + 1);
  const parameters = new URLSearchParams(query);
  const [, ws, version, endpoint, domain, tenant = '', namespace = '', ...rest] = path.split('/');
  const kind = (['reader', 'consumer', 'producer'] as const).find((each) => each === endpoint);
  if (ws !== 'ws' || version !== 'v2' || kind === undefined) {
    return refusal(404, 'Not Found');
  }
  if (BROKEN_ESCAPE.test(path)) {
    return refusal(400, 'Bad Request');
  }
  if (BROKEN_ESCAPE.test(query)) {
    return refusal(500, 'java.io.IOException: Unable to accept websocket due to mangled URI');
  }
  const isConsumer = kind === 'consumer';
  const [first] = rest;
  // Pulsar joins what follows into one topic name, leaving out empty parts; a consumer's last part is its subscription.
  const tail = (isConsumer && rest.length > 1 ? rest.slice(1, -1) : rest.slice(1)).filter(
    (part) => part !== '',
  );
  if (
    first === undefined ||
    first === '' ||
    domain !== 'persistent' ||
    !isEntityName(tenant) ||
    !isEntityName(namespace)
  ) {
    return refusal(500, 'java.lang.IllegalArgumentException: Invalid topic name format');
  }
  return {
    kind,
    topic: { tenant, namespace, local: decodePart([first, ...tail].join('/')) },
    subscription: isConsumer && rest.length === 2 ? decodePart(rest[1] ?? '') : undefined,
    parameters,
  };
}

/** Checks everything that needs no look at the topics. */
export function admit(
  destination: Destination,
  keyHeader: string | undefined,
  door: Door,
): SessionRequest | Refusal {
  const { kind, topic, parameters } = destination;
  const refused = (): Refusal | undefined =>
    refuseKey(parameters.get('x-api-key') ?? keyHeader, topic.tenant, door);
  try {
    switch (kind) {
      case 'reader': {
        const queue = readReaderQueueSize(parameters);
        const start = typeof queue === 'number' ? (refused() ?? readStart(parameters)) : queue;
        if ('status' in start) {
          return start;
        }
        return { kind, topic, options: { start, receiverQueueSize: queue as number } };
      }
      case 'consumer': {
        const { subscription } = destination;
        if (subscription === undefined || subscription === '') {
          const reason = subscription === '' ? 'Empty subscription name' : 'Invalid topic name format';
          return refusal(400, `Invalid query params: ${reason}`);
        }
        const options = parseConsumerParameters(parameters, topic, subscription);
        return refused() ?? { kind, topic, subscription, options };
      }
      case 'producer':
        return (
          refused() ??
          refuseEncryption(parameters) ?? {
            kind,
            topic,
            options: parseProducerParameters(parameters, door.maxMessageBytes),
          }
        );
      default:
        return kind satisfies never;
    }
  } catch (error) {
    if (error instanceof ParameterError) {
      return refusal(400, `Invalid query params: ${error.message}`);
    }
    throw error;
  }
}

function readReaderQueueSize(parameters: URLSearchParams): number | Refusal {
  const text = parameters.get('receiverQueueSize');
  if (text === null) {
    return RECEIVER_QUEUE_SIZE;
  }
  const size = parseJavaInt(text);
  if (size === undefined) {
    return refusal(500, `java.lang.NumberFormatException: For input string: "${text.slice(0, 60)}"`);
  }
  return size < 0 ? refusal(500, 'receiverQueueSize needs to be >= 0') : Math.min(size, RECEIVER_QUEUE_SIZE);
}

function readStart(parameters: URLSearchParams): StartPosition | Refusal {
  try {
    return parseStartPosition(parameters.get('messageId'));
  } catch (error) {
    return refusal(
      500,
      `Failed to create reader: ${error instanceof Error ? error.message : 'bad messageId'}`,
    );
  }
}

function refuseEncryption(parameters: URLSearchParams): Refusal | undefined {
  return parameters.has('encryptionKeys')
    ? refusal(
        500,
        "Failed to create producer/consumer: Can't add encryption key without configuring cryptoKeyReaderFactoryClassName",
      )
    : undefined;
}

function refuseKey(offered: string | undefined, tenant: string, door: Door): Refusal | undefined {
  if (door.key === undefined) {
    return undefined;
  }
  if (offered !== door.key) {
    return refusal(401, 'Failed to authenticate');
  }
  return tenant === door.tenant ? undefined : refusal(403, 'Not authorized');
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    // Escapes that are no UTF-8: the name is taken as it came.
    return part;
  }
}
