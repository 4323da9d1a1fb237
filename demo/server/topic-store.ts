/**
 * Owns what exists: tenants, namespaces, topics, partitioned topics, their retention, and the one counter from which
 * every ledger takes its number. It lives as long as the service, over restarts too.
 */

import { KEEP_NOTHING, type RetentionPolicy } from './retention.js';
import { Topic } from './topic.js';
import { partitionedName, partitionName, topicPath, type TopicName } from './topic-name.js';

export interface StorageLimits {
  /** Bytes one topic may hold; its oldest ledgers go first, whatever its retention says. */
  readonly maxTopicBytes: number;
  /** Bytes all topics may hold; the oldest ledger of the largest topic goes first. */
  readonly maxTotalBytes: number;
}

/** A fresh broker's first ledger; smaller numbers stay free for positions "before the beginning". */
const FIRST_LEDGER_ID = 3;
/** Topics are cheap but not free, and a reader creates them by naming them. */
const MAX_TOPICS = 20_000;

export class TopicStore {
  readonly #limits: StorageLimits;
  readonly #now: () => number;
  /** Namespaces with their retention, by tenant. */
  readonly #tenants = new Map<string, Map<string, RetentionPolicy | undefined>>();
  readonly #topics = new Map<string, Topic>();
  readonly #partitionCounts = new Map<string, number>();
  readonly #topicRetention = new Map<string, RetentionPolicy>();
  #nextLedgerId = FIRST_LEDGER_ID;
  #totalBytes = 0;

  constructor(limits: StorageLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get topics(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  hasTenant(tenant: string): boolean {
    return this.#tenants.has(tenant);
  }

  get tenants(): readonly string[] {
    return [...this.#tenants.keys()];
  }

  /** False when it was there already. */
  createTenant(tenant: string): boolean {
    if (this.#tenants.has(tenant)) {
      return false;
    }
    this.#tenants.set(tenant, new Map());
    return true;
  }

  hasNamespace(tenant: string, namespace: string): boolean {
    return this.#tenants.get(tenant)?.has(namespace) ?? false;
  }

  namespacesOf(tenant: string): readonly string[] {
    return [...(this.#tenants.get(tenant)?.keys() ?? [])].sort();
  }

  /** False when it was there already. The tenant must exist. */
  createNamespace(tenant: string, namespace: string): boolean {
    const namespaces = this.#tenants.get(tenant);
    if (namespaces === undefined || namespaces.has(namespace)) {
      return false;
    }
    namespaces.set(namespace, undefined);
    return true;
  }

  setNamespaceRetention(tenant: string, namespace: string, policy: RetentionPolicy): void {
    this.#tenants.get(tenant)?.set(namespace, policy);
  }

  /** What was set for the namespace, if anything was. */
  namespaceRetention(tenant: string, namespace: string): RetentionPolicy | undefined {
    return this.#tenants.get(tenant)?.get(namespace);
  }

  setTopicRetention(name: TopicName, policy: RetentionPolicy): void {
    this.#topicRetention.set(topicPath(name), policy);
  }

  /** What was set for the topic itself, if anything was. */
  topicRetention(name: TopicName): RetentionPolicy | undefined {
    return this.#topicRetention.get(topicPath(name));
  }

  /** The policy in force: the topic's, for a partition also its whole's, then the namespace's, else nothing is kept. */
  retentionOf(name: TopicName): RetentionPolicy {
    return (
      this.topicRetention(name) ??
      this.topicRetention(partitionedName(name)) ??
      this.namespaceRetention(name.tenant, name.namespace) ??
      KEEP_NOTHING
    );
  }

  findTopic(name: TopicName): Topic | undefined {
    return this.#topics.get(topicPath(name));
  }

  /** The topic of that name, created when its namespace exists; undefined when it does not. */
  openTopic(name: TopicName): Topic | undefined {
    const path = topicPath(name);
    const found = this.#topics.get(path);
    if (found !== undefined) {
      return found;
    }
    if (!this.hasNamespace(name.tenant, name.namespace) || this.#topics.size >= MAX_TOPICS) {
      return undefined;
    }
    const topic = new Topic(name, {
      nextLedgerId: () => this.#nextLedgerId++,
      now: this.#now,
      retentionOf: (of) => this.retentionOf(of.name),
      maxBytes: this.#limits.maxTopicBytes,
      onBytes: (difference) => this.#count(difference),
    });
    this.#topics.set(path, topic);
    return topic;
  }

  /** How many partitions the topic has; 0 when it is an ordinary topic or none. */
  partitionsOf(name: TopicName): number {
    return this.#partitionCounts.get(topicPath(name)) ?? 0;
  }

  createPartitions(name: TopicName, count: number): void {
    this.#partitionCounts.set(topicPath(name), count);
    for (let index = 0; index < count; index += 1) {
      this.openTopic(partitionName(name, index));
    }
  }

  deletePartitions(name: TopicName): void {
    const count = this.partitionsOf(name);
    this.#partitionCounts.delete(topicPath(name));
    this.#topicRetention.delete(topicPath(name));
    for (let index = 0; index < count; index += 1) {
      this.deleteTopic(partitionName(name, index));
    }
  }

  deleteTopic(name: TopicName): void {
    const path = topicPath(name);
    const topic = this.#topics.get(path);
    this.#topics.delete(path);
    this.#topicRetention.delete(path);
    topic?.delete();
  }

  /** The topics behind a name: itself, or its partitions. Creates what does not exist; empty without a namespace. */
  openTopics(name: TopicName): readonly Topic[] {
    const count = this.partitionsOf(name);
    const names =
      count === 0 ? [name] : Array.from({ length: count }, (_, index) => partitionName(name, index));
    return names.map((each) => this.openTopic(each)).filter((topic) => topic !== undefined);
  }

  /** Every topic starts a new ledger, as after a restart of the broker. */
  unloadAll(): void {
    for (const topic of this.topics) {
      topic.unload();
    }
  }

  trimAll(): void {
    for (const topic of this.topics) {
      topic.trim();
    }
  }

  #count(difference: number): void {
    this.#totalBytes += difference;
    if (difference <= 0) {
      return;
    }
    while (this.#totalBytes > this.#limits.maxTotalBytes) {
      let largest: Topic | undefined;
      for (const topic of this.#topics.values()) {
        largest = largest === undefined || topic.bytes > largest.bytes ? topic : largest;
      }
      if (largest === undefined || !largest.dropOldestLedger()) {
        return;
      }
    }
  }
}
