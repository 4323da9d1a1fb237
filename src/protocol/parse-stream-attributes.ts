/**
 * From what a host page wrote to what a stream is. Owns the checking and the words of its errors; refuses to own the
 * key, and never quotes an endpoint, which is where a key most easily ends up by mistake.
 *
 * A wrong value is said at once, even while others are still missing: frameworks set attributes one by one, but they
 * do not set wrong ones first.
 */
import { quoted, widgetError, type ErrorCode } from './errors.js';
import { parseStart } from './parse-start.js';
import { parseSubscription } from './parse-subscription.js';
import {
  AGENT_NAMESPACE,
  REGION_HOSTS,
  type StreamAttributes,
  type StreamConfigResult,
} from './stream-config.js';
import { textsOf } from './trimmed.js';

/** Longest tenant, namespace, topic or agent id: many times what 8x8 issues, and short enough for a URL. */
const MAX_NAME_LENGTH = 100;

const MAX_ENDPOINT_LENGTH = 2000;

/** `URL` is a global of every thread, but this folder compiles without a library that says so. */
interface ParsedUrl {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: new (url: string) => ParsedUrl;

/** One sentence about what is wrong, or nothing where nothing is. */
type Fault = string | undefined;

export function parseStreamAttributes(attributes: StreamAttributes): StreamConfigResult {
  const texts = textsOf(attributes);
  const { endpoint, tenant, topic: topicName, subscription: name, deadLetterTopic: grave } = texts;
  const region = texts.region?.toLowerCase();
  const agentId = bareAgentId(texts.agentId);
  const start = parseStart(texts.start);
  const subscription = parseSubscription(texts, start);
  const host = Object.entries(REGION_HOSTS).find(([name]) => name === region)?.[1];
  const url = endpoint && parseUrl(endpoint);

  const faults: readonly (readonly [ErrorCode, Fault])[] = [
    ['region-and-endpoint', region && endpoint && both('region', 'endpoint')],
    ['unknown-region', region && !host ? regionFault(region) : undefined],
    ['invalid-endpoint', endpoint && endpointFault(endpoint, url)],
    ['invalid-tenant', tenant && fault('tenant', tenant, segmentFault(tenant))],
    ['agent-id-and-topic', agentId && topicName && both('agent-id', 'topic')],
    ['invalid-topic', topicName && fault('topic', topicName, topicFault(topicName))],
    ['invalid-agent-id', agentId && fault('agent-id', agentId, segmentFault(agentId))],
    ['invalid-start', typeof start === 'string' ? start : undefined],
    ['invalid-subscription', name && fault('subscription', name, segmentFault(name))],
    ['invalid-subscription', grave && fault('dead-letter-topic', grave, topicFault(grave))],
    ['invalid-subscription', typeof subscription === 'string' ? subscription : undefined],
  ];
  for (const [code, message] of faults) {
    if (message) return { kind: 'invalid', error: widgetError(code, message) };
  }

  const base = url
    ? `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
    : host && `wss://${host}/ws/v2`;
  const [namespace, topic] = agentId ? [AGENT_NAMESPACE, agentId] : (topicName?.split('/') ?? []);
  const isWhole = base && tenant && namespace && topic;
  if (!isWhole || typeof start === 'string' || typeof subscription === 'string') {
    const parts = { region: base, tenant, 'agent-id': topic };
    const missing = Object.entries(parts).filter(([, part]) => !part);
    return { kind: 'unconfigured', missing: missing.map(([name]) => name) };
  }
  const config = { endpoint: base, tenant, namespace, topic, start };
  const share = texts.share === 'off' ? { share: 'off' as const } : {};
  return { kind: 'configured', config: { ...config, ...share, ...(subscription && { subscription }) } };
}

function both(one: string, other: string): Fault {
  return `Both ${one} and ${other} are set: keep one of them.`;
}

function regionFault(region: string): Fault {
  const names = Object.keys(REGION_HOSTS).join(', ');
  return `The region ${quoted(region)} is not known: use ${names}, or set endpoint instead.`;
}

function endpointFault(endpoint: string, url: ParsedUrl | '' | undefined): Fault {
  if (endpoint.length > MAX_ENDPOINT_LENGTH) return 'The endpoint is too long for an address.';
  if (!url) return 'The endpoint is not an address: write it like wss://relay.example/ws/v2.';
  const { protocol } = url;
  if (/^https?:$/.test(protocol)) {
    return `The endpoint is an ${protocol} address: write ${protocol.replace('http', 'ws')} instead.`;
  }
  if (!/^wss?:$/.test(protocol)) {
    return `The endpoint has the scheme ${quoted(protocol)}: it must be wss: or ws:.`;
  }
  if (url.username || url.password) {
    return 'The endpoint contains a user or a password: use api-key for a key.';
  }
  // An empty query or hash does not show in the parsed URL.
  return /[?#]/.test(endpoint)
    ? 'The endpoint contains “?” or “#”: it ends with a path, and api-key is for a key.'
    : undefined;
}

function parseUrl(text: string): ParsedUrl | undefined {
  try {
    return new URL(text);
  } catch {
    // The only error that the constructor has is "not a URL".
    return undefined;
  }
}

const SEGMENT_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/[/\\]/, 'contains a slash'],
  [/[\p{Cc}\p{Zl}\p{Zp}]/u, 'contains a control character'],
  // `encodeURIComponent` throws on these.
  [/\p{Surrogate}/u, 'contains half a character'],
  // A URL drops them, and the rest of the path would move up.
  [/^\.\.?$/, 'is not a name'],
];

/** Why a text cannot be one segment of the service's path. */
function segmentFault(name: string): Fault {
  return name.length > MAX_NAME_LENGTH
    ? `is longer than ${MAX_NAME_LENGTH} characters`
    : SEGMENT_FAULTS.find(([pattern]) => pattern.test(name))?.[1];
}

function fault(attribute: string, name: string, why: Fault): Fault {
  return why && `The ${attribute} ${quoted(name)} ${why}.`;
}

/** Why a text cannot be a namespace and a topic. */
function topicFault(name: string): Fault {
  if (/^(non-)?persistent:/i.test(name)) {
    return 'is a full Pulsar name: write namespace/topic only, and set tenant';
  }
  const parts = name.split('/');
  return parts.length === 2 && parts.every(Boolean)
    ? parts.map(segmentFault).find(Boolean)
    : 'must be namespace/topic, for example event-v1/all';
}

/** 8x8's ids have 24 characters; the tenant before them may itself contain "-ag". */
const AGENT_GUID = /^(?:.*-(ag[\w-]{22})|.*-(ag.+?))-[0-9a-f]{8}(?:-[0-9a-f]{4,12})*$/i;
/** A tenant, an id and a UUID; the pattern is slow on what is far longer. */
const MAX_GUID_LENGTH = 200;

/**
 * The `ag…` part of an agent's full GUID (`tenant01-agAg…-e46672cd-…`), which is what names the topic (8x8's Event
 * Streaming field reference); any other text as it is.
 */
function bareAgentId(text = ''): string {
  const id = text.length > MAX_GUID_LENGTH ? null : AGENT_GUID.exec(text);
  return id?.[1] ?? id?.[2] ?? text;
}
