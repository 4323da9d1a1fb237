/**
 * Every message between page and worker, one sentence each. Both sides import this file, so a change breaks both at
 * compile time. Streams and views are numbered by the page; a number is used once.
 */
import type { ConnectionStatus, Gap, Verdict } from './connection-status.js';
import type { Credential } from './credential.js';
import type { StreamDiagnostics } from './diagnostics.js';
import type { WidgetError } from './errors.js';
import type { StreamConfig } from './stream-config.js';
import type { EventEntry } from './stream-event.js';
import type { AgentStatusView, InteractionRow, LiveCard, View, ViewRequest } from './views.js';

/** What happens to a page, as far as a connection cares. */
export type LifecycleEvent =
  'visible' | 'hidden' | 'freeze' | 'resume' | 'pagehide' | 'pageshow' | 'online' | 'offline';

export type PageToWorker =
  /**
   * Page to worker, to open a stream. `handover` is the last message id that this tab had on screen, before a reload or by
   * an earlier worker; `wasOpen` tells the two apart: this page has read the stream before.
   */
  | {
      readonly kind: 'open';
      readonly stream: number;
      readonly config: StreamConfig;
      readonly credential: Credential;
      readonly handover: string | undefined;
      readonly wasOpen: boolean;
    }
  /**
   * Page to worker, the answer to `credential-wanted` (`undefined`: there is none), and whenever the credential has
   * changed: used on the next dial, at once if no connection is open.
   */
  | { readonly kind: 'credential'; readonly stream: number; readonly credential: Credential | undefined }
  /** Page to worker, to start a view or to change what it shows. */
  | { readonly kind: 'watch'; readonly stream: number; readonly view: number; readonly request: ViewRequest }
  /** Page to worker, when an element no longer shows a view. */
  | { readonly kind: 'unwatch'; readonly stream: number; readonly view: number }
  /** Page to worker, after an update is on screen; `costMs` is the main-thread time that it took. */
  | { readonly kind: 'consumed'; readonly stream: number; readonly costMs: number }
  /** Page to worker, to drop what a view shows (`clear()`). */
  | { readonly kind: 'clear'; readonly stream: number; readonly view: number }
  /** Page to worker, "try now": dial at once if waiting to. */
  | { readonly kind: 'retry'; readonly stream: number }
  /** Page to worker, when nobody holds the stream any more. */
  | { readonly kind: 'close'; readonly stream: number }
  /** Page to worker, to ask for diagnostics. */
  | { readonly kind: 'diagnose'; readonly stream: number; readonly request: number }
  /** Page to worker, when the page's life-cycle moves. */
  | { readonly kind: 'lifecycle'; readonly event: LifecycleEvent };

/** Something that happened once, live, and becomes a DOM event. */
export type Notice =
  | { readonly kind: 'agent-status'; readonly status: AgentStatusView }
  | { readonly kind: 'interaction-start'; readonly card: LiveCard }
  | { readonly kind: 'interaction-change'; readonly card: LiveCard }
  | { readonly kind: 'interaction-end'; readonly row: InteractionRow }
  /** At most once per interaction and moment, live only. */
  | { readonly kind: 'screen-pop'; readonly moment: 'offered' | 'accepted'; readonly card: LiveCard };

export interface ViewUpdate {
  readonly view: number;
  readonly data: View;
  /** For this view's element, in order, changes of one interaction merged; at most 64 per update where no view wants events. */
  readonly notices: readonly Notice[];
  /** For this view's element, if it asked for events. */
  readonly events: readonly EventEntry[];
}

/** One (re)connect's outcome, or a gap found later. */
export interface ContinuityReport {
  readonly verdict: Verdict;
  readonly at: number;
}

export type WorkerToPage =
  /** Worker to page, its first message: the worker's script runs. */
  | { readonly kind: 'ready'; readonly version: string }
  /** Worker to page, all that is new of one stream; the next one waits for `consumed`. */
  | {
      readonly kind: 'update';
      readonly stream: number;
      readonly connection: ConnectionStatus;
      /** Publish time of the newest message, for "2 s ago". */
      readonly lastMessageAt: number | undefined;
      /** Added to the service's times, gives the browser's. */
      readonly clockSkewMs: number;
      /**
       * Last message that the page has had with this update: what it hands over when it is reloaded. `undefined`: nothing,
       * not even what was handed over to it, where the service does not know that or does not take it.
       */
      readonly position: string | undefined;
      /** Events that came since the last update: so many has a view that asks for them, if it was there all the while. */
      readonly taken: number;
      readonly views: readonly ViewUpdate[];
      readonly gaps: readonly Gap[];
      readonly errors: readonly WidgetError[];
    }
  /** Worker to page, before each dial of a stream whose credential is asked for. */
  | { readonly kind: 'credential-wanted'; readonly stream: number }
  /** Worker to page, the answer to `diagnose`. */
  | { readonly kind: 'diagnostics'; readonly request: number; readonly diagnostics: StreamDiagnostics };
