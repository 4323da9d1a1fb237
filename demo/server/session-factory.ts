/**
 * Owns the last step of a handshake: does the place exist, is it free, and which session serves it. The checks come
 * before the upgrade, because a refusal has to be an HTTP status; the session is made after it.
 */

import { ConsumerSession } from './consumer-session.js';
import { refusal, type Refusal, type SessionRequest } from './handshake.js';
import { ProducerSession } from './producer-session.js';
import { ReaderSession } from './reader-session.js';
import type { SessionHandler, SessionSocket } from './session-socket.js';
import type { Topic } from './topic.js';
import type { TopicStore } from './topic-store.js';

/** Makes the session on its open socket. */
export type SessionOpener = (socket: SessionSocket) => SessionHandler;

const NO_NAMESPACE = '{"errorMsg":"Namespace not found"}';

/** Checks the request against what exists, creating the topic as Pulsar does, and returns how to open the session. */
export function prepareSession(request: SessionRequest, store: TopicStore): SessionOpener | Refusal {
  switch (request.kind) {
    case 'reader': {
      const { topic, options } = request;
      if (store.partitionsOf(topic) > 0 && options.start.kind === 'explicit') {
        return refusal(500, 'Failed to create reader: The partitioned topic startMessageId is illegal');
      }
      const topics = store.openTopics(topic);
      if (topics.length === 0) {
        return refusal(500, `Failed to create reader: ${NO_NAMESPACE}`);
      }
      // A topic that was terminated empty and loaded again has no ledger to stand in: a broker fails on it as well.
      return topics.some(({ ledgers }) => ledgers.length === 0)
        ? refusal(500, 'Failed to create reader: {"errorMsg":""}')
        : (socket) => new ReaderSession(socket, store, topics, options);
    }
    case 'consumer': {
      const { topic, subscription, options } = request;
      const topics = store.openTopics(topic);
      if (topics.length === 0) {
        return refusal(404, `Failed to create producer/consumer: ${NO_NAMESPACE}`);
      }
      const busy = topics
        .map((each) => each.subscriptions.get(subscription)?.refuses(options.type, options.isDurable))
        .find((each) => each !== undefined);
      return busy === undefined
        ? (socket) => new ConsumerSession(socket, store, topics, subscription, options)
        : refusal(busy.status, `Failed to create producer/consumer: {"errorMsg":"${busy.reason}"}`);
    }
    case 'producer': {
      const { topic, options } = request;
      const topics = store.openTopics(topic);
      if (topics.length === 0) {
        return refusal(404, `Failed to create producer/consumer: ${NO_NAMESPACE}`);
      }
      const fault = topics.map((each) => refuseProducer(each, options.producerName)).find(Boolean);
      return fault ?? ((socket) => new ProducerSession(socket, store, topics, options));
    }
    default:
      return request satisfies never;
  }
}

function refuseProducer(topic: Topic, producerName: string | undefined): Refusal | undefined {
  if (topic.isTerminated) {
    return refusal(
      503,
      'Failed to create producer/consumer: ' +
        'org.apache.pulsar.client.api.PulsarClientException$TopicTerminatedException: Topic was already terminated',
    );
  }
  return producerName !== undefined && topic.producerNames.has(producerName)
    ? refusal(
        409,
        `Failed to create producer/consumer: Producer with name '${producerName.slice(0, 60)}' is already connected`,
      )
    : undefined;
}
