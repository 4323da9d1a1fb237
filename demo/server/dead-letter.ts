/**
 * Owns what becomes of an entry that was delivered too often: every message of it is published to the dead-letter
 * topic, with the properties by which Pulsar's client says where it came from (one of
 * them under a misspelt name as well, which old clients look for).
 */

import type { Delivery } from './dispatcher.js';
import { contentOf } from './message.js';
import { parseTopicName, topicUrl } from './topic-name.js';
import type { Topic } from './topic.js';
import type { TopicStore } from './topic-store.js';

export function publishDeadLetter(
  store: TopicStore,
  deadLetterTopic: string,
  origin: Topic,
  subscription: string,
  delivery: Delivery,
): void {
  const name = parseTopicName(deadLetterTopic);
  const topic = name === undefined ? undefined : store.openTopic(name);
  if (topic === undefined || topic.isTerminated) {
    return;
  }
  const { ledgerId, entryId } = delivery.position;
  delivery.entry.forEach((message, index) => {
    const content = contentOf(message);
    const batchPart = delivery.entry.length > 1 ? `:${index}` : '';
    const originId = `${ledgerId}:${entryId}:${origin.partition}${batchPart}`;
    topic.append([
      {
        ...content,
        properties: {
          ...content.properties,
          REAL_TOPIC: topicUrl(origin.name),
          REAL_SUBSCRIPTION: subscription,
          ORIGIN_MESSAGE_ID: originId,
          ORIGIN_MESSAGE_IDY_TIME: originId,
        },
      },
    ]);
  });
}
