/**
 * Owns the admin calls on topics, under `/admin/v2/persistent`.
 */

import {
  DONE,
  NO_NAMESPACE,
  NOT_FOUND,
  parseJson,
  policyReply,
  withPolicy,
  WRONG_METHOD,
  type AdminCall,
} from './admin-call.js';
import { internalStats } from './admin-stats.js';
import { reasonReply, type Reply } from './http-reply.js';
import { topicPath, topicUrl, type TopicName } from './topic-name.js';
import type { Topic } from './topic.js';
import type { TopicStore } from './topic-store.js';

const MAX_PARTITIONS = 100;

export function answerPersistent(call: AdminCall, names: readonly string[], store: TopicStore): Reply {
  const [tenant = '', namespace = '', local, action] = names;
  if (local === undefined) {
    return listTopics(tenant, namespace, store);
  }
  const name: TopicName = { tenant, namespace, local };
  if (action === undefined) {
    return answerTopic(call, name, store);
  }
  if (action === 'partitions') {
    return answerPartitions(call, name, store);
  }
  const isPartitioned = store.partitionsOf(name) > 0;
  const topic = store.findTopic(name);
  if (action === 'retention' && (isPartitioned || topic !== undefined)) {
    return answerTopicRetention(call, name, store);
  }
  const route = TOPIC_ACTIONS[action];
  if (route === undefined) {
    return action === 'retention' ? topicNotFound(name) : NOT_FOUND;
  }
  if (call.method !== route.method) {
    return WRONG_METHOD;
  }
  if (isPartitioned && route.whenPartitioned === 'refused') {
    return reasonReply(405, 'Termination of a partitioned topic is not allowed');
  }
  const topics =
    isPartitioned && route.whenPartitioned === 'each partition'
      ? store.openTopics(name)
      : [topic].filter((each) => each !== undefined);
  return topics.length === 0 ? topicNotFound(name) : route.answer(topics);
}

function topicNotFound(name: TopicName): Reply {
  return reasonReply(404, `Topic ${topicUrl(name)} not found`);
}

interface TopicAction {
  readonly method: string;
  /** What the call means on the name of a partitioned topic. */
  readonly whenPartitioned: 'each partition' | 'refused' | 'not found';
  /** @param topics never empty. */
  readonly answer: (topics: readonly Topic[]) => Reply;
}

const TOPIC_ACTIONS: Readonly<Record<string, TopicAction>> = {
  unload: {
    method: 'PUT',
    whenPartitioned: 'each partition',
    answer: (topics) => {
      topics.forEach((topic) => topic.unload());
      return DONE;
    },
  },
  terminate: {
    method: 'POST',
    whenPartitioned: 'refused',
    answer: ([topic]) => {
      const { ledgerId, entryId } = (topic as Topic).terminate();
      const partitionIndex = (topic as Topic).partition;
      return { status: 200, body: { ledgerId, entryId, partitionIndex, batchIndex: -1, batchSize: 0 } };
    },
  },
  trim: {
    method: 'POST',
    whenPartitioned: 'each partition',
    answer: (topics) => {
      topics.forEach((topic) => topic.trim());
      return { status: 200 };
    },
  },
  internalStats: {
    method: 'GET',
    whenPartitioned: 'not found',
    answer: ([topic]) => ({ status: 200, body: internalStats(topic as Topic) }),
  },
};

function answerTopicRetention(call: AdminCall, name: TopicName, store: TopicStore): Reply {
  switch (call.method) {
    case 'GET':
      return policyReply(store.topicRetention(name));
    case 'POST':
      return withPolicy(call.body, (policy) => store.setTopicRetention(name, policy));
    default:
      return WRONG_METHOD;
  }
}

function answerTopic(call: AdminCall, name: TopicName, store: TopicStore): Reply {
  switch (call.method) {
    case 'PUT':
      if (!store.hasNamespace(name.tenant, name.namespace)) {
        return NO_NAMESPACE;
      }
      if (store.findTopic(name) !== undefined || store.partitionsOf(name) > 0) {
        return reasonReply(409, 'This topic already exists');
      }
      return store.openTopic(name) === undefined ? reasonReply(500, 'Too many topics') : DONE;
    case 'DELETE': {
      if (store.partitionsOf(name) > 0) {
        return reasonReply(
          409,
          `${topicUrl(name)} is a partitioned topic, instead of calling delete topic, please call ` +
            'delete-partitioned-topic.',
        );
      }
      const topic = store.findTopic(name);
      if (topic === undefined) {
        return topicNotFound(name);
      }
      if (call.query.get('force') !== 'true' && topic.clientCount > 0) {
        return reasonReply(412, `Topic has ${topic.clientCount} connected producers/consumers`);
      }
      store.deleteTopic(name);
      return DONE;
    }
    default:
      return WRONG_METHOD;
  }
}

function answerPartitions(call: AdminCall, name: TopicName, store: TopicStore): Reply {
  switch (call.method) {
    case 'GET':
      if (!store.hasNamespace(name.tenant, name.namespace)) {
        return NO_NAMESPACE;
      }
      return store.partitionsOf(name) > 0 || store.findTopic(name) !== undefined
        ? { status: 200, body: { partitions: store.partitionsOf(name), deleted: false } }
        : topicNotFound(name);
    case 'PUT': {
      const count = parseJson(call.body);
      if (typeof count !== 'number' || !Number.isInteger(count)) {
        return reasonReply(400, 'The number of partitions must be a whole number');
      }
      if (count < 1 || count > MAX_PARTITIONS) {
        return reasonReply(
          406,
          count < 1
            ? 'Number of partitions should be more than 0'
            : `Number of partitions should be at most ${MAX_PARTITIONS}`,
        );
      }
      if (!store.hasNamespace(name.tenant, name.namespace)) {
        return NO_NAMESPACE;
      }
      if (store.partitionsOf(name) > 0 || store.findTopic(name) !== undefined) {
        return reasonReply(409, 'This topic already exists');
      }
      store.createPartitions(name, count);
      return DONE;
    }
    case 'DELETE':
      if (store.partitionsOf(name) === 0) {
        return reasonReply(404, `Topic ${topicUrl(name)} not found.`);
      }
      if (
        call.query.get('force') !== 'true' &&
        store.openTopics(name).some((topic) => topic.clientCount > 0)
      ) {
        return reasonReply(412, 'Topic has active producers/subscriptions');
      }
      store.deletePartitions(name);
      return DONE;
    default:
      return WRONG_METHOD;
  }
}

function listTopics(tenant: string, namespace: string, store: TopicStore): Reply {
  if (!store.hasNamespace(tenant, namespace)) {
    return reasonReply(404, 'Namespace does not exist');
  }
  const prefix = topicPath({ tenant, namespace, local: '' });
  const names = store.topics.map(({ name }) => name).filter((name) => topicPath(name).startsWith(prefix));
  return { status: 200, body: names.map(topicUrl) };
}
