/**
 * A source that shows what it is told: any state of an element, without a service. Stands in for the stream's
 * controller on the gallery page and in tests.
 */
import type { ReactiveControllerHost } from 'lit';
import type { Setup, StreamControllerOptions, StreamUpdate } from '../src/controllers/stream-controller.js';
import type { ViewSource } from '../src/elements/view-source.js';
import type { ConnectionStatus } from '../src/protocol/connection-status.js';
import type { Diagnostics, WorkerRoute } from '../src/protocol/diagnostics.js';
import type { WidgetError } from '../src/protocol/errors.js';
import type { View } from '../src/protocol/views.js';

/** All that an element can be shown. */
export interface StillState<V extends View> {
  readonly setup: Setup;
  readonly connection: ConnectionStatus;
  readonly view: V | undefined;
  readonly lastMessageAt: number | undefined;
  readonly clockSkewMs: number;
  readonly lastError: WidgetError | undefined;
  readonly workerRoute: WorkerRoute | undefined;
}

/** What came with the state, as the worker would tell it. */
export type StillNews<V extends View> = Partial<
  Pick<StreamUpdate<V>, 'notices' | 'events' | 'gaps' | 'errors'>
>;

export class StillSource<V extends View> implements ViewSource<V> {
  readonly options: StreamControllerOptions<V>;
  readonly #host: ReactiveControllerHost;
  readonly #now: () => number;
  /** Names of the methods that the element has called, in order. */
  readonly calls: string[] = [];
  #state: StillState<V> = {
    setup: { kind: 'configured' },
    connection: { kind: 'connecting', since: 0 },
    view: undefined,
    lastMessageAt: undefined,
    clockSkewMs: 0,
    lastError: undefined,
    workerRoute: undefined,
  };

  /** `now` is the service's clock. */
  constructor(host: ReactiveControllerHost, options: StreamControllerOptions<V>, now: () => number) {
    this.#host = host;
    this.options = options;
    this.#now = now;
    host.addController(this);
  }

  get setup(): Setup {
    return this.#state.setup;
  }

  get connection(): ConnectionStatus {
    return this.#state.connection;
  }

  get view(): V | undefined {
    return this.#state.view;
  }

  get lastMessageAt(): number | undefined {
    return this.#state.lastMessageAt;
  }

  get clockSkewMs(): number {
    return this.#state.clockSkewMs;
  }

  get lastError(): WidgetError | undefined {
    return this.#state.lastError;
  }

  get workerRoute(): WorkerRoute | undefined {
    return this.#state.workerRoute;
  }

  /** Puts a state before the element, and tells it what came, as one update. */
  show(state: Partial<StillState<V>>, news: StillNews<V> = {}): void {
    const before = this.#state;
    this.#state = { ...before, ...state };
    this.#host.requestUpdate();
    this.options.onUpdate({
      connection: this.#state.connection,
      previousConnection: before.connection,
      view: this.#state.view,
      previousView: before.view,
      notices: news.notices ?? [],
      events: news.events ?? [],
      gaps: news.gaps ?? [],
      errors: news.errors ?? [],
    });
  }

  now(): number {
    return this.#now();
  }

  connect(): void {
    this.calls.push('connect');
  }

  disconnect(): void {
    this.calls.push('disconnect');
  }

  retry(): void {
    this.calls.push('retry');
  }

  clear(): void {
    this.calls.push('clear');
  }

  getDiagnostics(): Promise<Diagnostics> {
    this.calls.push('getDiagnostics');
    const { connection, lastError, workerRoute } = this.#state;
    return Promise.resolve({
      version: 'still',
      workerRoute,
      failedRoutes: [],
      state: connection.kind,
      since: connection.since,
      cause: undefined,
      endpointHost: 'events.example',
      topic: 'still',
      storage: { kind: 'indexeddb' },
      sharing: { kind: 'leader' },
      lastMessageId: undefined,
      lastPublishTime: undefined,
      lagMs: undefined,
      clockSkewMs: undefined,
      counts: {
        received: 0,
        acknowledged: 0,
        delivered: 0,
        duplicates: 0,
        redelivered: 0,
        rejected: 0,
        reconnects: 0,
        gaps: 0,
      },
      continuity: undefined,
      lastError,
    });
  }

  hostConnected(): void {
    // Nothing to open.
  }
}
