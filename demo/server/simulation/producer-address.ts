/**
 * Addresses of Pulsar's WebSocket producer endpoint. Owns their form and the check of what a caller hands in;
 * refuses to own connections. An address with a key in it goes to the socket and nowhere else.
 */
import type { Topic } from './topics.js';

/** Where to publish. */
export interface Service {
  /** For example `ws://127.0.0.1:8080/ws/v2`. */
  readonly webSocketBase: string;
  readonly tenant: string;
  /** Sent as the query parameter `x-api-key`. */
  readonly key?: string | undefined;
}

/** Pulsar's rule for tenant names (NamedEntity). */
const TENANT_NAME = /^[-=:.\w]{1,200}$/;

/** Checks the service once. Throws a TypeError that says which option is wrong, never with the key in it. */
export function checkedService({ webSocketBase, tenant, key }: Service): Service {
  const base = URL.canParse(webSocketBase) ? new URL(webSocketBase) : undefined;
  if (base === undefined || !/^wss?:$/.test(base.protocol)) {
    throw new TypeError('webSocketBase must be a ws:// or wss:// address such as ws://127.0.0.1:8080/ws/v2');
  }
  if (base.search !== '' || base.hash !== '' || base.username !== '' || base.password !== '') {
    throw new TypeError(
      'webSocketBase must have no user, query or fragment; a key goes into the option "key"',
    );
  }
  if (!TENANT_NAME.test(tenant))
    throw new TypeError('tenant must be a name of letters, digits and - = : . _');
  return { webSocketBase: base.href.replace(/\/+$/, ''), tenant, key };
}

/** The producer's address for one topic. */
export function producerAddress({ webSocketBase, tenant, key }: Service, topic: Topic): string {
  const path = ['producer', 'persistent', tenant, topic.namespace, topic.name]
    .map(encodeURIComponent)
    .join('/');
  const query = key === undefined ? '' : `?x-api-key=${encodeURIComponent(key)}`;
  return `${webSocketBase}/${path}${query}`;
}
