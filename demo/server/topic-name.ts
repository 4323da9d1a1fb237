/**
 * Owns the names of topics: parsing, printing and the partition suffix. Knows nothing about what a topic holds.
 *
 * Only the `persistent` domain exists here; `non-persistent` topics keep nothing and have no use in a widget that
 * resumes.
 */

export interface TopicName {
  readonly tenant: string;
  readonly namespace: string;
  /** The topic's own name inside its namespace; may contain slashes. */
  readonly local: string;
}

/** Pulsar's `NamedEntity` pattern for tenants and namespaces. */
const ENTITY_NAME = /^[-=:.\w]+$/;
const PARTITION_SUFFIX = /-partition-(\d+)$/;

export function isEntityName(text: string): boolean {
  return ENTITY_NAME.test(text);
}

/** `tenant/namespace/topic`: the key under which the store keeps a topic, and the form `/_faults` takes. */
export function topicPath(name: TopicName): string {
  return `${name.tenant}/${name.namespace}/${name.local}`;
}

/** `persistent://tenant/namespace/topic`, the form that Pulsar writes into properties and messages. */
export function topicUrl(name: TopicName): string {
  return `persistent://${topicPath(name)}`;
}

/** Reads `tenant/namespace/topic`, all three of them. */
export function parseTopicPath(text: string): TopicName | undefined {
  return text.split('/').length < 3 || text.includes('://') ? undefined : parseTopicName(text);
}

/** Reads `persistent://t/n/topic`, `t/n/topic` or a bare `topic` (then in `public/default`, as Pulsar does). */
export function parseTopicName(text: string): TopicName | undefined {
  const path = text.startsWith('persistent://') ? text.slice('persistent://'.length) : text;
  const [tenant = '', namespace = '', ...rest] = path.split('/');
  if (namespace === '' && rest.length === 0) {
    return tenant === '' ? undefined : { tenant: 'public', namespace: 'default', local: tenant };
  }
  const local = rest.join('/');
  return isEntityName(tenant) && isEntityName(namespace) && local !== ''
    ? { tenant, namespace, local }
    : undefined;
}

export function partitionName(name: TopicName, index: number): TopicName {
  return { ...name, local: `${name.local}-partition-${index}` };
}

/** The name of the whole that a partition belongs to; any other name as it is. */
export function partitionedName(name: TopicName): TopicName {
  return { ...name, local: name.local.replace(PARTITION_SUFFIX, '') };
}

/** The index in `…-partition-N`, or -1 as in Pulsar's ids when the name is not a partition's. */
export function partitionIndex(local: string): number {
  const match = PARTITION_SUFFIX.exec(local);
  return match?.[1] === undefined ? -1 : Number(match[1]);
}
