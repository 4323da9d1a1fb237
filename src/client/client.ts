/**
 * The page's end of everything: one worker, streams by configuration and credential, holders counted, the page's
 * life-cycle passed on. Owns who holds what and who is told what; how a worker is made and kept is the supervisor's,
 * what it has been told is the mirror's, what an update means is the controllers'.
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { Diagnostics, FailedRoute } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import type { LifecycleEvent, WorkerToPage } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import {
  deliverState,
  deliverUpdate,
  whenPainted,
  type DeliveryTools,
  type UpdateMessage,
} from './deliver.js';
import { fenced, internalError } from './fence.js';
import type { Handover } from './handover.js';
import { macrotask } from './macrotask.js';
import { pageDiagnostics } from './page-diagnostics.js';
import { observeLifecycle, presentLifecycle, type LifecycleSource } from './page-lifecycle.js';
import { Questions } from './questions.js';
import { StreamRegistry } from './stream-registry.js';
import { subscriptionOf, type Stream, type Subscriber, type Subscription } from './stream.js';
import { noWorker, workerStopped } from './worker-errors.js';
import { ANSWER_LIMIT_MS, WorkerSupervisor } from './worker-supervisor.js';
import { WorkerMirror } from './worker-mirror.js';
import type { Route } from './worker-routes.js';

/** Moving a node, or replacing one by another, takes less; a reader who removed a widget does not notice it. */
export const RELEASE_GRACE_MS = 1000;

/** Lets the worker save its last position after `close` before it is ended. */
const END_GRACE_MS = 1000;

export interface ClientOptions extends DeliveryTools {
  readonly routes: (workerUrl: () => string | undefined) => readonly Route[];
  /** Of this build; `undefined` where the sources run unbuilt. */
  readonly version: string | undefined;
  readonly handover: Handover;
  readonly lifecycle: LifecycleSource;
}

export interface SubscribeOptions {
  readonly config: StreamConfig;
  readonly credential: Credential;
  readonly request: ViewRequest;
  readonly subscriber: Subscriber;
}

export class StreamClient {
  readonly #options: ClientOptions;
  readonly #streams = new StreamRegistry();
  readonly #questions: Questions;
  readonly #supervisor: WorkerSupervisor;
  readonly #mirror: WorkerMirror;
  #lastView = 0;
  #isFlushScheduled = false;
  #stopLifecycle: (() => void) | undefined;
  #endTimer: number | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#questions = new Questions(options.time);
    this.#supervisor = new WorkerSupervisor({
      routes: options.routes(() => this.#streams.workerUrl),
      version: options.version,
      time: options.time,
      events: {
        onUp: () => this.#flush(),
        onMessage: (message) => this.#onMessage(message),
        onFailing: () => this.#mirror.closeAll(),
        onDown: (reason) => this.#onDown(reason),
        onUnavailable: (failed) => this.#onUnavailable(failed),
      },
    });
    this.#mirror = new WorkerMirror({
      streams: this.#streams,
      handover: options.handover,
      worker: this.#supervisor,
      connecting: () => this.#connecting(),
    });
  }

  /** Starts to show a view. The worker starts with the first one. */
  subscribe(options: SubscribeOptions): Subscription {
    const { config, credential, request, subscriber } = options;
    const stream = this.#streams.place(config, credential, this.#connecting());
    const subscription = subscriptionOf(++this.#lastView, stream, { request, credential, subscriber });
    stream.subscriptions.set(subscription.view, subscription);
    // A new element is a new try where no worker could be started before.
    if (this.#supervisor.isUnavailable) this.#startAgain();
    this.#begin();
    return subscription;
  }

  /** Changes what a view shows. */
  watch(subscription: Subscription, request: ViewRequest): void {
    subscription.request = request;
    this.#scheduleFlush();
  }

  /** A new credential for the next dial; the connection stays where all holders of the stream have changed alike. */
  authorise(subscription: Subscription, credential: Credential): void {
    subscription.credential = credential;
    this.#scheduleFlush();
  }

  /** Nobody shows the view: it ends after {@link RELEASE_GRACE_MS} unless held again. */
  release(subscription: Subscription): void {
    if (subscription.isClosed || subscription.graceTimer !== undefined) return;
    subscription.graceTimer = this.#options.time.setTimeout(() => this.close(subscription), RELEASE_GRACE_MS);
  }

  /** `false` when the grace had run out: subscribe again. */
  hold(subscription: Subscription): boolean {
    this.#callOffRelease(subscription);
    return !subscription.isClosed;
  }

  /** Ends a view at once, and its stream with the last one. */
  close(subscription: Subscription): void {
    if (subscription.isClosed) return;
    this.#callOffRelease(subscription);
    subscription.isClosed = true;
    this.#mirror.detach(subscription);
    if (this.#streams.size === 0) this.#scheduleEnd();
  }

  /** Drops what the view shows. */
  clear(subscription: Subscription): void {
    this.#flush();
    this.#supervisor.post({ kind: 'clear', stream: subscription.stream.number, view: subscription.view });
  }

  /** "Try now": dials at once, and starts a worker where none could be started. */
  retry(subscription: Subscription): void {
    if (this.#supervisor.isUnavailable) this.#startAgain();
    this.#flush();
    this.#supervisor.post({ kind: 'retry', stream: subscription.stream.number });
  }

  /** The worker's answer, or what the page knows when none comes within 5 s. Never rejects. */
  async diagnose(subscription: Subscription | undefined): Promise<Diagnostics> {
    const answer =
      subscription === undefined || subscription.isClosed || !this.#supervisor.isUp
        ? undefined
        : await this.#askFlushed(subscription);
    const known = pageDiagnostics(subscription?.stream, this.#options.time.now());
    return {
      ...known,
      ...answer,
      lastError: answer?.lastError ?? known.lastError,
      version: this.#options.version ?? 'unbuilt',
      workerRoute: this.#supervisor.route,
      failedRoutes: this.#supervisor.failedRoutes,
    };
  }

  #askFlushed(subscription: Subscription): ReturnType<Questions['ask']> {
    this.#flush();
    return this.#ask(subscription.stream);
  }

  #ask(stream: Stream): ReturnType<Questions['ask']> {
    return this.#questions.ask(ANSWER_LIMIT_MS, (request) => {
      this.#supervisor.post({ kind: 'diagnose', stream: stream.number, request });
      this.#supervisor.expectAnswer();
    });
  }

  #connecting(): ConnectionStatus {
    return { kind: 'connecting', since: this.#options.time.now() };
  }

  #begin(): void {
    if (this.#endTimer !== undefined) this.#options.time.clearTimeout(this.#endTimer);
    this.#endTimer = undefined;
    this.#stopLifecycle ??= observeLifecycle(this.#options.lifecycle, (event, isPersisted) =>
      fenced('the life-cycle', () => this.#onLifecycle(event, isPersisted), this.#report),
    );
    this.#scheduleFlush();
  }

  #startAgain(): void {
    this.#setAll(this.#connecting());
    this.#supervisor.start();
  }

  #scheduleEnd(): void {
    this.#endTimer = this.#options.time.setTimeout(() => {
      this.#endTimer = undefined;
      this.#supervisor.stop();
      this.#questions.giveUp();
      this.#stopLifecycle?.();
      this.#stopLifecycle = undefined;
    }, END_GRACE_MS);
  }

  #callOffRelease(subscription: Subscription): void {
    if (subscription.graceTimer === undefined) return;
    this.#options.time.clearTimeout(subscription.graceTimer);
    subscription.graceTimer = undefined;
  }

  /** A task later, so that elements which are set up one after the other are told to the worker together. */
  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    macrotask(() => {
      this.#isFlushScheduled = false;
      fenced('a request', () => this.#startAndFlush(), this.#report);
    });
  }

  #startAndFlush(): void {
    // The start waits too: an element that follows may bring the `worker-url`.
    if (this.#streams.size > 0 && !this.#supervisor.isUnavailable) this.#supervisor.start();
    this.#flush();
  }

  #flush(): void {
    const opened = this.#mirror.flush();
    if (opened === undefined) return;
    // A new stream takes the page for visible and online until it hears otherwise.
    for (const event of presentLifecycle(this.#options.lifecycle)) {
      this.#supervisor.post({ kind: 'lifecycle', event });
    }
    // A worker may be stuck from the start, and a stream may have nothing to say for as long as a dial takes.
    void this.#ask(opened);
  }

  #onDown(reason: string): void {
    this.#questions.giveUp();
    this.#mirror.forget();
    this.#setAll(this.#connecting(), workerStopped(reason));
  }

  #onUnavailable(failed: readonly FailedRoute[]): void {
    this.#questions.giveUp();
    this.#mirror.forget();
    this.#setAll({ kind: 'idle', since: this.#options.time.now() }, noWorker(failed));
  }

  /** A failure of the client itself: said in diagnostics, and no exception of the host page's. */
  readonly #report = (error: WidgetError): void => {
    for (const stream of this.#streams.all) stream.lastError = error;
  };

  #setAll(connection: ConnectionStatus, error?: WidgetError): void {
    for (const stream of this.#streams.all) deliverState(stream, connection, error);
  }

  #onMessage(message: WorkerToPage): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'update':
        this.#onUpdate(message).catch((error: unknown) => this.#report(internalError('an update', error)));
        return;
      case 'diagnostics':
        this.#questions.answer(message.request, message.diagnostics);
        return;
      default:
        message satisfies never;
    }
  }

  async #onUpdate(message: UpdateMessage): Promise<void> {
    const stream = this.#streams.byNumber(message.stream);
    if (stream === undefined) return;
    const { generation } = this.#supervisor;
    const startedAt = this.#options.time.monotonic();
    deliverUpdate(stream, message);
    const costMs = await whenPainted(stream, startedAt, this.#options);
    const isSameWorker = generation === this.#supervisor.generation;
    if (!isSameWorker || this.#streams.byNumber(stream.number) !== stream) return;
    this.#supervisor.post({ kind: 'consumed', stream: stream.number, costMs });
  }

  #onLifecycle(event: LifecycleEvent, isPersisted: boolean): void {
    const { handover } = this.#options;
    if (event === 'pagehide') handover.leave(this.#streams.all);
    // Back from the cache: this page goes on from what it holds, and what it left behind would only grow old.
    if (event === 'pageshow' && isPersisted) handover.forget(this.#streams.all);
    // At once: a page that goes away runs no further task.
    this.#flush();
    this.#supervisor.post({ kind: 'lifecycle', event });
    if (event === 'visible' || event === 'resume' || event === 'pageshow') this.#probe();
  }

  /** A worker may have been killed while nobody looked; browsers do not say so. */
  #probe(): void {
    const stream = this.#streams.all.find((candidate) => candidate.isPosted);
    if (stream !== undefined) void this.#ask(stream);
  }
}
