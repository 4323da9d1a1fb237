/** What an element gives to its stream controller and what it is told: the types between the two. */
import type { ConnectionStatus, Gap } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { WidgetError } from '../protocol/errors.js';
import type { Notice } from '../protocol/messages.js';
import type { StreamAttributes } from '../protocol/stream-config.js';
import type { EventEntry } from '../protocol/stream-event.js';
import type { View, ViewRequest } from '../protocol/views.js';

export interface StreamControllerOptions<V extends View> {
  readonly attributes: () => StreamAttributes;
  readonly credential: () => Credential;
  /** The newest one, `undefined` where the host page has none. Never rejects. */
  readonly askCredential: () => Promise<Credential | undefined>;
  /** The view has ended, and nobody waits for a credential. */
  readonly onEnd: () => void;
  readonly workerUrl: () => string | undefined;
  readonly request: () => ViewRequest;
  /** What comes from now on is of another stream than before. */
  readonly onLeft: () => void;
  /** Called live, after `view` was updated. */
  readonly onUpdate: (update: StreamUpdate<V>) => void;
}

export interface StreamUpdate<V> {
  readonly connection: ConnectionStatus;
  readonly previousConnection: ConnectionStatus;
  readonly view: V | undefined;
  readonly previousView: V | undefined;
  readonly notices: readonly Notice[];
  readonly events: readonly EventEntry[];
  readonly gaps: readonly Gap[];
  readonly errors: readonly WidgetError[];
}

/** Whether what the host page has written amounts to a stream. */
export type Setup =
  | { readonly kind: 'unconfigured'; readonly missing: readonly string[] }
  | { readonly kind: 'invalid'; readonly error: WidgetError }
  | { readonly kind: 'configured' };
