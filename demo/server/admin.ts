/**
 * Owns the admin REST calls under `/admin/v2` that a test or a demo needs, with a broker's statuses and reasons. There
 * is no authentication here: the calls change made-up data on the local computer.
 */

import { answerPersistent } from './admin-topic.js';
import {
  NOT_FOUND,
  parseJson,
  policyReply,
  withPolicy,
  WRONG_METHOD,
  DONE,
  type AdminCall,
} from './admin-call.js';
import { reasonReply, type Reply } from './http-reply.js';
import { isEntityName } from './topic-name.js';
import type { TopicStore } from './topic-store.js';

export function answerAdmin(call: AdminCall, store: TopicStore): Reply {
  const [area, ...names] = call.path.map(decode);
  switch (area) {
    case 'brokers':
      return names[0] === 'health' ? { status: 200, body: 'ok' } : NOT_FOUND;
    case 'clusters':
      return { status: 200, body: ['standalone'] };
    case 'tenants':
      return answerTenant(call, names, store);
    case 'namespaces':
      return answerNamespace(call, names, store);
    case 'persistent':
      return answerPersistent(call, names, store);
    default:
      return NOT_FOUND;
  }
}

function answerTenant(call: AdminCall, [tenant]: readonly string[], store: TopicStore): Reply {
  if (tenant === undefined) {
    return call.method === 'GET' ? { status: 200, body: store.tenants } : WRONG_METHOD;
  }
  switch (call.method) {
    case 'GET':
      return store.hasTenant(tenant)
        ? { status: 200, body: { adminRoles: [], allowedClusters: ['standalone'] } }
        : reasonReply(404, 'Tenant does not exist');
    case 'PUT':
      if (!isEntityName(tenant) || parseJson(call.body) === undefined) {
        return reasonReply(412, isEntityName(tenant) ? 'TenantInfo is null' : 'Tenant name is not valid');
      }
      return store.createTenant(tenant) ? DONE : reasonReply(409, 'Tenant already exist');
    default:
      return WRONG_METHOD;
  }
}

function answerNamespace(call: AdminCall, names: readonly string[], store: TopicStore): Reply {
  const [tenant = '', namespace, action] = names;
  if (namespace === undefined) {
    return store.hasTenant(tenant)
      ? { status: 200, body: store.namespacesOf(tenant).map((each) => `${tenant}/${each}`) }
      : reasonReply(404, 'Tenant not found');
  }
  if (action === undefined) {
    if (call.method === 'GET') {
      return store.hasNamespace(tenant, namespace)
        ? { status: 200, body: { retention_policies: store.namespaceRetention(tenant, namespace) } }
        : reasonReply(404, 'Namespace does not exist');
    }
    if (call.method !== 'PUT') {
      return WRONG_METHOD;
    }
    if (!store.hasTenant(tenant)) {
      return reasonReply(404, 'Tenant does not exist');
    }
    if (!isEntityName(namespace)) {
      return reasonReply(412, 'Namespace name is not valid');
    }
    return store.createNamespace(tenant, namespace) ? DONE : reasonReply(409, 'Namespace already exists');
  }
  if (action !== 'retention') {
    return NOT_FOUND;
  }
  if (!store.hasNamespace(tenant, namespace)) {
    return reasonReply(404, 'Namespace policies does not exist');
  }
  if (call.method === 'GET') {
    return policyReply(store.namespaceRetention(tenant, namespace));
  }
  return call.method === 'POST'
    ? withPolicy(call.body, (policy) => store.setNamespaceRetention(tenant, namespace, policy))
    : WRONG_METHOD;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
