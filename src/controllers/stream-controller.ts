/**
 * Ties an element's life to one view of one stream. Owns when the stream is held, what the element may read while it
 * renders, and when it must render again; what the view means is the element's, how it gets here is the client's.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { StreamClient } from '../client/client.js';
import { fenced } from '../client/fence.js';
import { keepLatest } from '../client/keep-latest.js';
import { macrotask } from '../client/macrotask.js';
import { pageClient } from '../client/page-client.js';
import { pageTime } from '../client/page-time.js';
import type { StreamState, SubscriberUpdate, Subscription } from '../client/stream.js';
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Diagnostics, WorkerRoute } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import { isSame } from '../protocol/is-same.js';
import { parseStreamAttributes } from '../protocol/parse-stream-attributes.js';
import {
  readingKey,
  streamKey,
  type StreamAttributes,
  type StreamConfig,
  type StreamConfigResult,
} from '../protocol/stream-config.js';
import { textsOf, type Texts } from '../protocol/trimmed.js';
import type { Mask, View } from '../protocol/views.js';
import type { Setup, StreamControllerOptions } from './stream-update.js';
import { windowOf } from './window-of.js';

export type { Setup, StreamControllerOptions, StreamUpdate } from './stream-update.js';

/** Updates kept for an element that is out of the document for a moment: more than one second brings. */
const MAX_KEPT_UPDATES = 100;

/** For an update that is about the connection only. */
const NOTHING_NEW = { view: undefined, notices: [], events: [], gaps: [], errors: [] } as const;

export class StreamController<V extends View> implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #options: StreamControllerOptions<V>;
  /** Asked for on first use: constructing an element must work where there is no page. */
  readonly #client: () => StreamClient;
  #setup: StreamConfigResult = { kind: 'unconfigured', missing: [] };
  /** Set while the set-up throws: a failure that is said anew asks for a frame, which sets up anew. */
  #setupFailure: WidgetError | undefined;
  #attributesRead: Texts<StreamAttributes> | undefined;
  #subscription: Subscription | undefined;
  /** The latest of each reading, by key: there it goes on when it comes back. */
  readonly #subscriptions = new Map<string, Subscription>();
  /** Of what the view was read from. */
  #viewKey: string | undefined;
  #state: StreamState = {
    connection: { kind: 'idle', since: pageTime.now() },
    lastMessageAt: undefined,
    clockSkewMs: 0,
  };
  #view: V | undefined;
  #mask: Mask | undefined;
  #lastError: WidgetError | undefined;
  #isHostConnected = false;
  #unwatchEnd: AbortController | undefined;
  /** `disconnect()` was called and `connect()` not yet. */
  #isDisconnectedByHost = false;
  #kept: SubscriberUpdate[] = [];

  /** `client` is the page's own unless a test brings another. */
  constructor(
    host: ReactiveControllerHost & Element,
    options: StreamControllerOptions<V>,
    client: () => StreamClient = pageClient,
  ) {
    this.#host = host;
    this.#options = options;
    this.#client = client;
    host.addController(this);
  }

  /** What the attributes amount to. */
  get setup(): Setup {
    if (this.#setupFailure !== undefined) return { kind: 'invalid', error: this.#setupFailure };
    return this.#setup.kind === 'configured' ? { kind: 'configured' } : this.#setup;
  }

  /** `idle` where there is no stream: not set up, disconnected, or no worker could be started. */
  get connection(): ConnectionStatus {
    return this.#state.connection;
  }

  /** `undefined` until the worker has sent the first one. Stays after `disconnect()`. */
  get view(): V | undefined {
    return this.#view;
  }

  /** Publish time of the stream's newest message, ms since the epoch by the service's clock. */
  get lastMessageAt(): number | undefined {
    return this.#state.lastMessageAt;
  }

  /** Added to the service's times, gives the browser's. */
  get clockSkewMs(): number {
    return this.#state.clockSkewMs;
  }

  /** The newest failure on this stream, whether it has been overcome or not. */
  get lastError(): WidgetError | undefined {
    return this.#lastError;
  }

  get workerRoute(): WorkerRoute | undefined {
    return this.#client().workerRoute;
  }

  /** The present by the service's clock, ms since the epoch: what a view's times are compared with. */
  now(): number {
    return pageTime.now() - this.#state.clockSkewMs;
  }

  /** Undoes `disconnect()`. */
  connect(): void {
    this.#isDisconnectedByHost = false;
    this.#settleSafely();
  }

  /** Ends the stream for this element until `connect()`; what is shown stays. */
  disconnect(): void {
    this.#isDisconnectedByHost = true;
    this.#settleSafely();
  }

  /** "Try now": dials at once where it waits to. */
  retry(): void {
    if (this.#subscription !== undefined) this.#client().retry(this.#subscription);
  }

  /** Drops what the view shows; what comes next still comes. */
  clear(): void {
    if (this.#subscription !== undefined && this.#client().clear(this.#subscription)) return;
    this.#view = undefined;
    this.#host.requestUpdate();
  }

  /** Never rejects; answers within 5 s with what the page knows when the worker does not. */
  getDiagnostics(): Promise<Diagnostics> {
    return this.#client()
      .diagnose(this.#subscription)
      .then((diagnostics) => ({ ...diagnostics, lastError: diagnostics.lastError ?? this.#lastError }));
  }

  hostConnected(): void {
    const view = windowOf(this.#host.ownerDocument);
    // In a document that nobody is shown.
    if (view === undefined) return;
    this.#isHostConnected = true;
    if (view !== window) this.#watchEnd(view);
    // Frameworks set attributes one by one, before or after they insert the element.
    queueMicrotask(() => {
      this.#settleSafely();
      this.#deliverKept();
    });
  }

  hostDisconnected(): void {
    this.#isHostConnected = false;
    this.#unwatchEnd?.abort();
    if (this.#subscription !== undefined) this.#client().release(this.#subscription);
  }

  hostUpdate(): void {
    this.#settleSafely();
  }

  /** No callback tells an element that the frame or the pop-up which it was moved into is gone. */
  #watchEnd(view: Window): void {
    this.#unwatchEnd = new AbortController();
    const { signal } = this.#unwatchEnd;
    // A task later it is gone, or lies in the cache with this page.
    view.addEventListener('pagehide', () => macrotask(() => this.#leaveIfGone()), { signal });
  }

  #leaveIfGone(): void {
    if (windowOf(this.#host.ownerDocument) === undefined) this.hostDisconnected();
  }

  /** The host's attributes are the host page's, and its accessors may be wrapped: nothing here may throw into it. */
  #settleSafely(): void {
    let failure: WidgetError | undefined;
    fenced(
      'the set-up',
      () => this.#settle(),
      (error) => (failure = this.#setupFailure ?? error),
    );
    if (failure === this.#setupFailure) return;
    this.#setupFailure = failure;
    this.#lastError = failure ?? this.#lastError;
    this.#host.requestUpdate();
  }

  /** Makes what is held equal to what the host asks for. Does nothing when nothing has changed. */
  #settle(): void {
    if (!this.#isHostConnected) return;
    this.#readAttributes();
    const setup = this.#setup;
    if (setup.kind !== 'configured' || this.#isDisconnectedByHost) {
      this.#unsubscribe();
      this.#settleMask(false);
      return;
    }
    const held = this.#subscription;
    if (held === undefined || held.stream.key !== streamKey(setup.config) || !this.#client().hold(held)) {
      this.#settleMask(false);
      this.#subscribe(setup.config);
      return;
    }
    const request = this.#options.request();
    const credential = this.#options.credential();
    if (!isSame([request, credential], [held.request, held.credential])) {
      this.#settleMask(this.#client().watch(held, request, credential), request);
    }
  }

  /** What is shown was masked by a worker. Where none hears that it is to be masked otherwise, it goes. */
  #settleMask(isHeard: boolean, { mask } = this.#options.request()): void {
    if (mask === this.#mask) return;
    this.#mask = mask;
    if (isHeard || this.#view === undefined) return;
    this.#view = undefined;
    this.#host.requestUpdate();
  }

  #readAttributes(): void {
    const attributes = this.#options.attributes();
    const read = textsOf(attributes);
    if (isSame(read, this.#attributesRead)) return;
    this.#attributesRead = read;
    this.#setup = parseStreamAttributes(attributes);
    if (this.#setup.kind === 'invalid') this.#lastError = this.#setup.error;
    this.#host.requestUpdate();
  }

  #subscribe(config: StreamConfig): void {
    const key = readingKey(config);
    // Before the new one, which goes on where this one is. A worker outlives the moment.
    if (this.#subscription !== undefined) this.#client().close(this.#subscription);
    const subscription = this.#client().subscribe({
      config,
      departure: this.#subscriptions.get(key)?.left,
      credential: this.#options.credential(),
      request: this.#options.request(),
      subscriber: {
        onUpdate: (update) => {
          if (this.#subscription === subscription) this.#receive(update);
        },
        whenRendered: () => this.#host.updateComplete,
        workerUrl: this.#options.workerUrl,
        askCredential: this.#options.askCredential,
        onEnd: this.#options.onEnd,
      },
    });
    this.#subscription = subscription;
    keepLatest(this.#subscriptions, key, subscription);
    this.#kept = [];
    // The old stream's rows and failures under the new stream's name would be a lie.
    if (this.#viewKey !== undefined && this.#viewKey !== key) {
      this.#view = this.#lastError = undefined;
      this.#options.onLeft();
    }
    this.#viewKey = key;
    this.#apply({ ...NOTHING_NEW, ...subscription.stream.state });
  }

  #unsubscribe(): void {
    if (this.#subscription === undefined) return;
    this.#client().close(this.#subscription);
    this.#subscription = undefined;
    this.#kept = [];
    const idle = { kind: 'idle', since: pageTime.now() } as const;
    const connection = this.#isDisconnectedByHost ? ({ ...idle, reason: 'disconnected' } as const) : idle;
    this.#apply({ ...NOTHING_NEW, ...this.#state, connection });
  }

  /** A widget that has been removed must not ring; one that is being moved must not miss anything. */
  #receive(update: SubscriberUpdate): void {
    this.#leaveIfGone();
    this.#kept.push(update);
    this.#deliverKept();
    // Too many to be kept: as one that has gone for good, it goes on where it was.
    if (this.#kept.length > MAX_KEPT_UPDATES && this.#subscription !== undefined) {
      this.#kept = [];
      this.#client().close(this.#subscription);
    }
  }

  #deliverKept(): void {
    while (this.#isHostConnected) {
      const update = this.#kept.shift();
      if (update === undefined) return;
      this.#apply(update);
    }
  }

  #apply(update: SubscriberUpdate): void {
    const { view: previousView, connection: previousConnection } = this;
    const { connection, lastMessageAt, clockSkewMs, notices, events, gaps, errors } = update;
    const state = { connection, lastMessageAt, clockSkewMs };
    const lastError = errors.at(-1) ?? this.#lastError;
    const isChanged =
      update.view !== undefined || lastError !== this.#lastError || !isSame(state, this.#state);
    this.#state = state;
    // The worker answers a request with the view of its kind, which the type of the request does not say.
    const view = (update.view as V | undefined) ?? previousView;
    this.#view = view;
    this.#lastError = lastError;
    if (isChanged) this.#host.requestUpdate();
    const changes = { connection, previousConnection, view, previousView, notices, events, gaps, errors };
    fenced('an update', () => this.#options.onUpdate(changes), this.#fail);
  }

  readonly #fail = (error: WidgetError): void => {
    this.#lastError = error;
    this.#host.requestUpdate();
  };
}
