/** What `getDiagnostics()` returns and "copy diagnostics" copies: plain, cloneable, no key, no caller data. */
import type { ConnectionStatusKind, DropCause, Verdict } from './connection-status.js';
import type { WidgetError } from './errors.js';
import type { SubscriptionType } from './stream-config.js';

export type WorkerRoute = 'inline' | 'url' | 'page';

/** A route that was tried and did not answer, in the order tried. */
export interface FailedRoute {
  readonly route: WorkerRoute;
  readonly reason: string;
}

export type StorageState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'indexeddb' }
  | { readonly kind: 'memory'; readonly reason: string }
  /** Nothing is stored: the broker keeps the place of the subscription. */
  | { readonly kind: 'subscription'; readonly name: string; readonly type: SubscriptionType };

/** What the stream is to the other tabs and frames of the origin that read it. */
export type SharingState =
  | { readonly kind: 'leader' }
  | { readonly kind: 'follower' }
  | { readonly kind: 'alone'; readonly reason: string };

/** Counts since the stream was opened. */
export interface StreamCounts {
  /** Data frames that came from the service. */
  readonly received: number;
  /** Answers sent, one per data frame, negative ones among them. */
  readonly acknowledged: number;
  /** Events taken into the models. */
  readonly delivered: number;
  /** Messages that had been taken in before and were dropped. */
  readonly duplicates: number;
  /** Messages that the broker delivered again, copies among them; Pulsar counts them with `shared` and `key-shared` only. */
  readonly redelivered: number;
  /** Messages that could not be read. */
  readonly rejected: number;
  readonly reconnects: number;
  readonly gaps: number;
}

/** The worker's half. */
export interface StreamDiagnostics {
  readonly state: ConnectionStatusKind;
  /** ms since the epoch. */
  readonly since: number;
  /** Why there is no connection; `undefined` where there is one, and before the first try has failed. */
  readonly cause: DropCause | undefined;
  /** Until about when the browser itself holds a dial back, as Firefox does after failures: an estimate. */
  readonly heldUntil?: number | undefined;
  /** Host and port only: the URL carries the key. */
  readonly endpointHost: string;
  readonly topic: string;
  readonly storage: StorageState;
  readonly sharing: SharingState;
  readonly lastMessageId: string | undefined;
  readonly lastPublishTime: number | undefined;
  /** Now less the last publish time less the skew, ms. */
  readonly lagMs: number | undefined;
  /** The browser's clock less the broker's, ms, estimated; `undefined` before the first live message. */
  readonly clockSkewMs: number | undefined;
  readonly counts: StreamCounts;
  /** The verdict on the latest (re)connect; `undefined` where there was nothing to prove. */
  readonly continuity: Verdict | undefined;
  readonly lastError: WidgetError | undefined;
}

export interface Diagnostics extends Omit<StreamDiagnostics, 'counts'> {
  /** `undefined` where no worker answers. */
  readonly counts: StreamCounts | undefined;
  readonly version: string;
  readonly workerRoute: WorkerRoute | undefined;
  readonly failedRoutes: readonly FailedRoute[];
}
