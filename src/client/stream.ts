/**
 * The page's record of one stream and of the views that are shown of it. Owns what the page knows about a stream;
 * what is done about it is the client's.
 */
import type { ConnectionStatus, Gap } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { WidgetError } from '../protocol/errors.js';
import type { Notice } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { EventEntry } from '../protocol/stream-event.js';
import type { View, ViewRequest } from '../protocol/views.js';
import type { Departure } from './departure.js';

/** What is known of a stream at any moment. */
export interface StreamState {
  readonly connection: ConnectionStatus;
  /** Publish time of the newest message. */
  readonly lastMessageAt: number | undefined;
  readonly clockSkewMs: number;
}

/** What one subscriber is told: the stream's state, and what is new for its view. */
export interface SubscriberUpdate extends StreamState {
  /** `undefined` when this update brings nothing new for the view. */
  readonly view: View | undefined;
  readonly notices: readonly Notice[];
  readonly events: readonly EventEntry[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly WidgetError[];
}

/** Who shows a view. */
export interface Subscriber {
  readonly onUpdate: (update: SubscriberUpdate) => void;
  /** Resolves once what the last update changed has been rendered. */
  readonly whenRendered: () => Promise<unknown>;
  readonly workerUrl: () => string | undefined;
  /** The newest credential, `undefined` where there is none. Never rejects. */
  readonly askCredential: () => Promise<Credential | undefined>;
  /** Its view has ended. */
  readonly onEnd: () => void;
}

/** One view of one stream, held by one subscriber. Only the client changes it. */
export interface Subscription {
  readonly view: number;
  readonly subscriber: Subscriber;
  stream: Stream;
  request: ViewRequest;
  credential: Credential;
  /** {@link Stream.handed} after the last update that it was told; `Infinity` before the first. */
  had: number;
  /** From its release or its end on: where it was then. */
  left: Departure | undefined;
  /** Set while it runs out after a release. */
  callOffRelease: (() => void) | undefined;
}

/** Without subscriptions it is over. */
export interface Stream {
  readonly number: number;
  readonly config: StreamConfig;
  readonly key: string;
  /** By view. */
  readonly subscriptions: Map<number, Subscription>;
  credential: Credential;
  state: StreamState;
  /** A worker has been told of it. */
  isTold: boolean;
  /** A worker of this page has read it. */
  wasOpen: boolean;
  /** Last message that has been handed to the elements. */
  position: string | undefined;
  /** Events that have been handed to the elements; counted on from the stream of its key that ended before. */
  handed: number;
  /** Takes in the update that came while all its holders were released; called when one is held again. */
  owed: (() => void) | undefined;
  lastError: WidgetError | undefined;
  /** Asks one that comes while the others are asked for the credential. */
  ask: ((held: Subscription) => unknown) | undefined;
}

/** Where a stream stands, for whoever goes on with it. */
export type Place = Pick<Stream, 'config' | 'position' | 'wasOpen' | 'state'>;

/** It was open and had no message. Only `resume` goes on where it was: the other rules say themselves where to begin. */
export function isPlaceless({ config: { start, subscription }, position, wasOpen }: Place): boolean {
  return wasOpen && position === undefined && start.kind === 'resume' && subscription === undefined;
}

export function callOffRelease(subscription: Subscription): void {
  subscription.callOffRelease?.();
  subscription.callOffRelease = undefined;
}

export function isHeld({ stream, view }: Subscription): boolean {
  return stream.subscriptions.has(view);
}

/** False while all that show it have been removed, and may come back. */
export function isWanted(stream: Stream): boolean {
  return [...stream.subscriptions.values()].some((held) => held.callOffRelease === undefined);
}

export function takeUp(stream: Stream): void {
  const { owed } = stream;
  stream.owed = undefined;
  owed?.();
}
