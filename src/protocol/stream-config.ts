/**
 * What a stream is: which topic of which service, read from where. Owns the checking of what a host page wrote into
 * attributes; refuses to own the key (`credential.ts`), which is no part of a stream's identity.
 */
import type { WidgetError } from './errors.js';

/** Regions of the 8x8 Event Streaming service, from its connection guide ("Regional Endpoints"). */
export const REGION_HOSTS = {
  uk3: 'pulsar-ws-euw2.8x8.com',
  us1: 'pulsar-ws-use1.8x8.com',
  us2: 'pulsar-ws-usw2.8x8.com',
} as const;

/** Namespace whose topics are agents (8x8's connection guide, "Agent-Specific Topics"). */
export const AGENT_NAMESPACE = 'agent-v1';

/** Where reading starts when the page opens a stream. */
export type StartRule =
  | { readonly kind: 'resume' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'earliest' }
  /** After this message (Pulsar's explicit ids are exclusive). */
  | { readonly kind: 'message-id'; readonly messageId: string }
  /** What was published in the last so many ms. */
  | { readonly kind: 'since'; readonly durationMs: number };

export type SubscriptionType = 'Exclusive' | 'Failover' | 'Shared' | 'Key_Shared';

/**
 * What Pulsar's consumer endpoint takes, in its own names and spelling: each goes into the address as it stands.
 * https://pulsar.apache.org/docs/client-libraries-websocket/#consumer-endpoint
 */
export interface ConsumerParameters {
  readonly subscriptionType: SubscriptionType;
  /** Where a new subscription begins; one that is there goes on from its own place. */
  readonly subscriptionInitialPosition: 'Latest' | 'Earliest';
  readonly maxRedeliverCount?: number | undefined;
  /** A full name: `persistent://tenant/namespace/topic`. */
  readonly deadLetterTopic?: string | undefined;
  /** ms. */
  readonly negativeAckRedeliveryDelay?: number | undefined;
  /** ms. */
  readonly ackTimeoutMillis?: number | undefined;
}

/** Reading as a consumer: the broker keeps the place of the subscription, and no position of ours is used. */
export interface SubscriptionConfig {
  readonly name: string;
  readonly parameters: ConsumerParameters;
}

export interface StreamConfig {
  /** Base of the WebSocket service, no trailing slash: `wss://host/ws/v2`. */
  readonly endpoint: string;
  readonly tenant: string;
  readonly namespace: string;
  readonly topic: string;
  readonly start: StartRule;
  /** `undefined`: a reader, whose place the widget keeps. */
  readonly subscription?: SubscriptionConfig | undefined;
  /** `off`: a connection of its own, instead of one for all tabs of the origin. */
  readonly share?: 'off';
}

/** What a host page may have written; `null` and `''` both mean "not set". A script may also have set numbers. */
export interface StreamAttributes {
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly tenant: string | null;
  readonly agentId: string | null;
  readonly topic: string | null;
  readonly start: string | null;
  readonly subscription: string | null;
  readonly subscriptionType: string | null;
  readonly maxRedeliverCount: string | null;
  readonly deadLetterTopic: string | null;
  readonly negativeAckRedeliveryDelay: string | null;
  readonly ackTimeout: string | null;
  readonly share: string | null;
}

export type StreamConfigResult =
  | { readonly kind: 'configured'; readonly config: StreamConfig }
  /** Nothing wrong yet, something still to come: frameworks set attributes one by one. */
  | { readonly kind: 'unconfigured'; readonly missing: readonly string[] }
  | { readonly kind: 'invalid'; readonly error: WidgetError };

/** Key of a topic's record in the position store: never contains a credential. */
export function positionKey(config: StreamConfig): string {
  return [config.endpoint, config.tenant, config.namespace, config.topic].join('|');
}

/**
 * What is read, and from where on: an element goes on where it was as long as this stays. No part contains a line break, and a
 * host page's own `JSON.stringify` has no say in it.
 */
export function readingKey(config: StreamConfig): string {
  const { start, subscription } = config;
  const reading = { ...start, subscription: subscription?.name, ...subscription?.parameters };
  const parts = Object.entries(reading).filter(([, value]) => value !== undefined);
  return [positionKey(config), ...parts.map(([name, value]) => `${name}=${value}`)].join('\n');
}

/** Two elements whose configurations have this in common share one connection; key of the page's hand-over too. */
export function streamKey(config: StreamConfig): string {
  return `${readingKey(config)}\n${config.share ?? ''}`;
}
