/**
 * The page's record of one stream and of the views that are shown of it. Owns what the page knows about a stream;
 * what is done about it is the client's.
 */
import type { ConnectionStatus, Gap } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { WidgetError } from '../protocol/errors.js';
import type { Notice } from '../protocol/messages.js';
import { streamKey, type StreamConfig } from '../protocol/stream-config.js';
import type { EventEntry } from '../protocol/stream-event.js';
import type { View, ViewRequest } from '../protocol/views.js';

/** What one subscriber is told: the stream's state, and what is new for its view. */
export interface SubscriberUpdate {
  readonly connection: ConnectionStatus;
  /** Publish time of the newest message. */
  readonly lastMessageAt: number | undefined;
  readonly clockSkewMs: number;
  /** `undefined` when this update brings nothing new for the view. */
  readonly view: View | undefined;
  readonly notices: readonly Notice[];
  readonly events: readonly EventEntry[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly WidgetError[];
}

/** For an update that is about the connection only. */
export const NOTHING_NEW = { view: undefined, notices: [], events: [], gaps: [], errors: [] } as const;

/** Who shows a view. */
export interface Subscriber {
  readonly onUpdate: (update: SubscriberUpdate) => void;
  /** Resolves once what the last update changed has been rendered. */
  readonly whenRendered: () => Promise<unknown>;
  readonly workerUrl: () => string | undefined;
}

/** One view of one stream, held by one subscriber. Only the client changes it. */
export interface Subscription {
  readonly view: number;
  readonly subscriber: Subscriber;
  stream: Stream;
  request: ViewRequest;
  credential: Credential;
  /** What the present worker has been asked to show. */
  postedRequest: ViewRequest | undefined;
  /** Runs out after a release. */
  graceTimer: number | undefined;
  isClosed: boolean;
}

export function subscriptionOf(
  view: number,
  stream: Stream,
  given: Pick<Subscription, 'request' | 'credential' | 'subscriber'>,
): Subscription {
  return { ...given, view, stream, postedRequest: undefined, graceTimer: undefined, isClosed: false };
}

/** What is known of a stream at any moment. */
export interface StreamState {
  readonly connection: ConnectionStatus;
  readonly lastMessageAt: number | undefined;
  readonly clockSkewMs: number;
}

export class Stream {
  readonly number: number;
  readonly config: StreamConfig;
  readonly key: string;
  readonly subscriptions = new Map<number, Subscription>();
  credential: Credential;
  state: StreamState;
  /** Last message that has been handed to the elements. */
  position: string | undefined;
  lastError: WidgetError | undefined;
  /** Whether the present worker has been told of it. */
  isPosted = false;

  constructor(number: number, config: StreamConfig, credential: Credential, connection: ConnectionStatus) {
    this.number = number;
    this.config = config;
    this.key = streamKey(config);
    this.credential = credential;
    this.state = { connection, lastMessageAt: undefined, clockSkewMs: 0 };
  }

  /** Two elements with the same topic but different keys are two streams: one key must not open what another may not. */
  serves(key: string, credential: Credential): boolean {
    return this.key === key && isSameCredential(this.credential, credential);
  }
}

export function isSameCredential(one: Credential, other: Credential): boolean {
  return one.apiKey === other.apiKey && one.token === other.token;
}
