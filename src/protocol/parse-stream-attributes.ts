/**
 * From what a host page wrote to what a stream is. Owns the checking and the words of its errors; refuses to own the
 * key, and never quotes an endpoint, which is where a key most easily ends up by mistake.
 *
 * A wrong value is said at once, even while others are still missing: frameworks set attributes one by one, but they
 * do not set wrong ones first.
 */
import { quoted, widgetError, type ErrorCode, type WidgetError } from './errors.js';
import { parseStart } from './parse-start.js';
import {
  AGENT_NAMESPACE,
  REGION_HOSTS,
  type StreamAttributes,
  type StreamConfigResult,
} from './stream-config.js';

/** Longest tenant, namespace, topic or agent id: many times what 8x8 issues, and short enough for a URL. */
const MAX_NAME_LENGTH = 100;

const MAX_ENDPOINT_LENGTH = 2000;

/** A value that may be missing (`undefined`) or wrong. */
type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T | undefined }
  | { readonly kind: 'invalid'; readonly error: WidgetError };

interface TopicName {
  readonly namespace: string;
  readonly topic: string;
}

/** `URL` is a global of every thread, but this folder compiles without a library that says so. */
interface ParsedUrl {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: new (url: string) => ParsedUrl;

export function parseStreamAttributes(attributes: StreamAttributes): StreamConfigResult {
  const endpoint = parseService(trimmed(attributes.region), trimmed(attributes.endpoint));
  if (endpoint.kind === 'invalid') return endpoint;
  const tenant = parseTenant(trimmed(attributes.tenant));
  if (tenant.kind === 'invalid') return tenant;
  const topic = parseTopic(trimmed(attributes.agentId), trimmed(attributes.topic));
  if (topic.kind === 'invalid') return topic;
  const start = parseStart(trimmed(attributes.start));
  if (start.kind === 'invalid') return start;

  if (endpoint.value === undefined || tenant.value === undefined || topic.value === undefined) {
    const parts = { region: endpoint, tenant, 'agent-id': topic };
    const missing = Object.entries(parts).filter(([, part]) => part.value === undefined);
    return { kind: 'unconfigured', missing: missing.map(([name]) => name) };
  }
  return {
    kind: 'configured',
    config: {
      endpoint: endpoint.value,
      tenant: tenant.value,
      ...topic.value,
      start: start.start,
    },
  };
}

function trimmed(text: string | null): string | undefined {
  return text?.trim() || undefined;
}

function value<T>(of: T | undefined): Parsed<T> {
  return { kind: 'value', value: of };
}

function invalid(
  code: ErrorCode,
  message: string,
): { readonly kind: 'invalid'; readonly error: WidgetError } {
  return { kind: 'invalid', error: widgetError(code, message) };
}

function parseService(region: string | undefined, endpoint: string | undefined): Parsed<string> {
  if (region !== undefined && endpoint !== undefined) {
    return invalid('region-and-endpoint', 'Both region and endpoint are set: keep one of them.');
  }
  if (endpoint !== undefined) return parseEndpoint(endpoint);
  return region === undefined ? value(undefined) : parseRegion(region);
}

function parseRegion(region: string): Parsed<string> {
  const known = Object.entries(REGION_HOSTS).find(([name]) => name === region.toLowerCase());
  if (known === undefined) {
    const names = Object.keys(REGION_HOSTS).join(', ');
    return invalid(
      'unknown-region',
      `The region ${quoted(region)} is not known: use ${names}, or set endpoint instead.`,
    );
  }
  return value(`wss://${known[1]}/ws/v2`);
}

function parseEndpoint(endpoint: string): Parsed<string> {
  const wrong = (message: string): Parsed<string> => invalid('invalid-endpoint', message);
  if (endpoint.length > MAX_ENDPOINT_LENGTH) return wrong('The endpoint is too long for an address.');
  const url = parseUrl(endpoint);
  if (url === undefined) {
    return wrong('The endpoint is not an address: write it like wss://relay.example/ws/v2.');
  }
  const { protocol } = url;
  if (/^https?:$/.test(protocol)) {
    return wrong(`The endpoint is an ${protocol} address: write ${protocol.replace('http', 'ws')} instead.`);
  }
  if (!/^wss?:$/.test(protocol)) {
    return wrong(`The endpoint has the scheme ${quoted(protocol)}: it must be wss: or ws:.`);
  }
  if (url.username !== '' || url.password !== '') {
    return wrong('The endpoint contains a user or a password: use api-key for a key.');
  }
  // An empty query or hash does not show in the parsed URL.
  if (/[?#]/.test(endpoint)) {
    return wrong('The endpoint contains “?” or “#”: it ends with a path, and api-key is for a key.');
  }
  return value(`${protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`);
}

function parseUrl(text: string): ParsedUrl | undefined {
  try {
    return new URL(text);
  } catch {
    // The only error that the constructor has is "not a URL".
    return undefined;
  }
}

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/[/\\]/, 'contains a slash'],
  [/[\p{Cc}\p{Zl}\p{Zp}]/u, 'contains a control character'],
  // `encodeURIComponent` throws on these.
  [/\p{Surrogate}/u, 'contains half a character'],
  // A URL drops them, and the rest of the path would move up.
  [/^\.\.?$/, 'is not a name'],
];

/** Why a text cannot be one segment of the service's path, or `undefined` when it can. */
function segmentFault(name: string): string | undefined {
  return name.length > MAX_NAME_LENGTH
    ? `is longer than ${MAX_NAME_LENGTH} characters`
    : FAULTS.find(([pattern]) => pattern.test(name))?.[1];
}

function parseTenant(name: string | undefined): Parsed<string> {
  const fault = name && segmentFault(name);
  return fault ? invalid('invalid-tenant', `The tenant ${quoted(name)} ${fault}.`) : value(name);
}

function parseTopic(agentId: string | undefined, topic: string | undefined): Parsed<TopicName> {
  if (agentId !== undefined && topic !== undefined) {
    return invalid('agent-id-and-topic', 'Both agent-id and topic are set: keep one of them.');
  }
  if (topic !== undefined) return parseTopicName(topic);
  if (agentId === undefined) return value(undefined);
  const id = bareAgentId(agentId);
  const fault = segmentFault(id);
  return fault === undefined
    ? value({ namespace: AGENT_NAMESPACE, topic: id })
    : invalid('invalid-agent-id', `The agent-id ${quoted(id)} ${fault}.`);
}

function parseTopicName(name: string): Parsed<TopicName> {
  const wrong = (why: string): Parsed<TopicName> =>
    invalid('invalid-topic', `The topic ${quoted(name)} ${why}.`);
  if (/^(non-)?persistent:/i.test(name)) {
    return wrong('is a full Pulsar name: write namespace/topic only, and set tenant');
  }
  const [namespace, topic, ...more] = name.split('/');
  if (!namespace || !topic || more.length > 0) {
    return wrong('must be namespace/topic, for example event-v1/all');
  }
  const fault = segmentFault(namespace) ?? segmentFault(topic);
  return fault === undefined ? value({ namespace, topic }) : wrong(fault);
}

/** 8x8's ids have 24 characters; the tenant before them may itself contain "-ag". */
const AGENT_GUID = /^(?:.*-(ag[\w-]{22})|.*-(ag.+?))-[0-9a-f]{8}(?:-[0-9a-f]{4,12})*$/i;
/** A tenant, an id and a UUID; the pattern is slow on what is far longer. */
const MAX_GUID_LENGTH = 200;

/**
 * The `ag…` part of an agent's full GUID (`tenant01-agAg…-e46672cd-…`), which is what names the topic (8x8's Event
 * Streaming field reference); any other text as it is.
 */
function bareAgentId(text: string): string {
  const id = text.length > MAX_GUID_LENGTH ? null : AGENT_GUID.exec(text);
  return id?.[1] ?? id?.[2] ?? text;
}
