/**
 * The page's end of everything: one worker, streams by configuration and credential, holders counted, the page's
 * life-cycle passed on. Owns who is told what, and when; who holds what is the registry's, how a worker is made and
 * kept the supervisor's, what it has been told the session's, what an update means the controllers'.
 */
import type { Credential } from '../protocol/credential.js';
import type { Diagnostics, WorkerRoute } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import type { LifecycleEvent } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import { askHolders } from './ask-holders.js';
import { deliver, whenPainted, type DeliveryTools, type UpdateMessage } from './deliver.js';
import { fenced, internalError } from './fence.js';
import { depart, type Departure } from './departure.js';
import type { Handover } from './handover.js';
import { sayFrozen } from './last-word.js';
import { macrotask } from './macrotask.js';
import { pageDiagnostics } from './page-diagnostics.js';
import { observeLifecycle, type LifecycleSource } from './page-lifecycle.js';
import { StreamRegistry } from './stream-registry.js';
import {
  callOffRelease,
  isHeld,
  isWanted,
  takeUp,
  type Stream,
  type StreamState,
  type Subscriber,
  type Subscription,
} from './stream.js';
import type { WorkerPort } from './worker-link.js';
import type { Route } from './worker-routes.js';
import { WorkerSession, type Death } from './worker-session.js';
import { WorkerSupervisor } from './worker-supervisor.js';

/** Moving a node, or replacing one by another, takes less; a reader who removed a widget does not notice it. */
const RELEASE_GRACE_MS = 100;

/** Lets the worker save its last position after `close` before it is ended. */
const END_GRACE_MS = 100;

/** What a stream is while no worker says so. */
type Silence = 'connecting' | 'idle' | 'no-worker';

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
  /** Where the subscriber was when it left a stream of this configuration. */
  readonly departure?: Departure | undefined;
}

export class StreamClient {
  readonly #options: ClientOptions;
  readonly #streams = new StreamRegistry(() => this.#stateOf('connecting'));
  readonly #supervisor: WorkerSupervisor;
  /** Of the present worker. */
  #session: WorkerSession | undefined;
  #isFlushScheduled = false;
  #stopLifecycle: (() => void) | undefined;
  #callOffEnd: (() => void) | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#supervisor = new WorkerSupervisor({
      routes: options.routes(() => this.#streams.workerUrl),
      version: options.version,
      time: options.time,
      serve: (port) => this.#serve(port),
      onDown: (next, ...errors) => this.#sayToAll(next === 'idle' ? 'no-worker' : next, ...errors),
    });
  }

  get workerRoute(): WorkerRoute | undefined {
    return this.#supervisor.route;
  }

  /** Starts to show a view. The worker starts with the first one. */
  subscribe({ config, departure, ...given }: SubscribeOptions): Subscription {
    const subscription = this.#streams.add(config, given, departure);
    subscription.stream.ask?.(subscription);
    this.#callOffEnd?.();
    this.#stopLifecycle ??= this.#observe();
    // A new element is a new try where no worker could be started before.
    this.#revive();
    this.#scheduleFlush();
    takeUp(subscription.stream);
    return subscription;
  }

  /** Changes what a view shows, and the credential for the next dial; `false` where no worker hears of it. */
  watch(subscription: Subscription, request: ViewRequest, credential = subscription.credential): boolean {
    // Who begins to ask for each event begins with the first update that has some.
    if (request.wantsEvents && !subscription.request.wantsEvents) subscription.had = Infinity;
    subscription.request = request;
    subscription.credential = credential;
    this.#scheduleFlush();
    return this.#session !== undefined;
  }

  /** Nobody shows the view: it ends after {@link RELEASE_GRACE_MS} unless held again. */
  release(subscription: Subscription): void {
    depart(subscription);
    subscription.callOffRelease ??= this.#options.time.after(RELEASE_GRACE_MS, () => {
      const { stream } = subscription;
      this.close(subscription);
      // Not what the page ends or points elsewhere: that begins anew.
      if (stream.subscriptions.size === 0) this.#options.handover.end(stream);
    });
  }

  /** `false` when the view has ended: subscribe again. */
  hold(subscription: Subscription): boolean {
    callOffRelease(subscription);
    if (!isHeld(subscription)) return false;
    subscription.left = undefined;
    takeUp(subscription.stream);
    return true;
  }

  /** Ends a view at once, and its stream with the last one. */
  close(subscription: Subscription): void {
    callOffRelease(subscription);
    if (!isHeld(subscription)) return;
    depart(subscription);
    this.#streams.remove(subscription);
    this.#session?.leave(subscription);
    subscription.subscriber.onEnd();
    if (this.#streams.isEmpty) this.#callOffEnd = this.#options.time.after(END_GRACE_MS, () => this.#end());
  }

  /** Drops what the view shows; `false` where no worker hears of it. */
  clear({ stream, view }: Subscription): boolean {
    this.#flush();
    this.#session?.post({ kind: 'clear', stream: stream.number, view });
    return this.#session !== undefined;
  }

  /** "Try now": dials at once, and starts a worker where none could be started. */
  retry({ stream }: Subscription): void {
    this.#revive();
    this.#flush();
    this.#session?.post({ kind: 'retry', stream: stream.number });
  }

  /** The worker's answer, or what the page knows when none comes within 5 s. Never rejects. */
  async diagnose(subscription: Subscription | undefined): Promise<Diagnostics> {
    this.#flush();
    const stream = subscription?.stream;
    const answer = stream && (await this.#session?.diagnose(stream));
    const known = pageDiagnostics(stream, this.#options.time.now());
    return {
      ...known,
      ...answer,
      lastError: answer?.lastError ?? known.lastError,
      version: this.#options.version ?? 'unbuilt',
      workerRoute: this.workerRoute,
      failedRoutes: this.#supervisor.failedRoutes,
    };
  }

  #stateOf(kind: Silence): StreamState {
    const since = this.#options.time.now();
    const connection =
      kind === 'no-worker' ? ({ kind: 'idle', since, reason: kind } as const) : { kind, since };
    return { connection, lastMessageAt: undefined, clockSkewMs: 0 };
  }

  #revive(): void {
    if (!this.#supervisor.isUnavailable) return;
    this.#sayToAll('connecting');
    this.#supervisor.start();
  }

  #end(): void {
    this.#supervisor.stop();
    this.#session?.end();
    this.#session = undefined;
    this.#stopLifecycle?.();
    this.#stopLifecycle = undefined;
  }

  /** A task later, so that elements which are set up one after the other are told to the worker together. */
  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    macrotask(() => {
      this.#isFlushScheduled = false;
      // The start waits too: an element that follows may bring the `worker-url`.
      this.#start();
      fenced('a request', () => this.#flush(), this.#report);
    });
  }

  /** Chromium starts no worker of a page that is rendered in advance until somebody opens it, and says nothing. */
  #start(): void {
    const { prerendering = false } = this.#options.lifecycle.document;
    if (!prerendering && !this.#streams.isEmpty && !this.#supervisor.isUnavailable) this.#supervisor.start();
  }

  #flush(): void {
    this.#streams.settleCredentials((left) => this.#session?.leave(left));
    this.#session?.tell(this.#streams.all);
  }

  #serve(port: WorkerPort): Promise<Death> {
    this.#options.time.reset();
    return new Promise((resolve) => {
      this.#session = new WorkerSession({
        ...this.#options,
        port,
        goOn: (stream) => this.#options.handover.goOn(stream),
        onUpdate: (stream, message) => {
          this.#onUpdate(stream, message).catch((error: unknown) =>
            this.#report(internalError('an update', error)),
          );
        },
        onCredentialWanted: (stream) => void this.#giveCredential(stream),
        onRefused: (stream, error) => this.#say(stream, 'idle', error),
        onDeath: (death) => {
          this.#session = undefined;
          resolve(death);
        },
      });
      this.#flush();
    });
  }

  /** What the page itself knows of, while no worker says so. */
  #say(stream: Stream, kind: Silence, ...errors: readonly WidgetError[]): void {
    const { connection } = this.#stateOf(kind);
    deliver(stream, { ...stream.state, connection }, { views: [], gaps: [], errors });
  }

  #sayToAll(kind: Silence, ...errors: readonly WidgetError[]): void {
    for (const stream of this.#streams.all) this.#say(stream, kind, ...errors);
  }

  /** A failure of the client itself: said in diagnostics, and no exception of the host page's. */
  readonly #report = (error: WidgetError): void => {
    for (const stream of this.#streams.all) stream.lastError = error;
  };

  async #onUpdate(stream: Stream, message: UpdateMessage): Promise<void> {
    const session = this.#session;
    const startedAt = this.#options.time.monotonic();
    const { connection, lastMessageAt, clockSkewMs, position } = message;
    const handed = stream.handed + message.taken;
    stream.wasOpen ||= connection.kind === 'catching-up' || connection.kind === 'live';
    const isTold = isWanted(stream);
    const handOver = (): void => {
      stream.position = position;
      stream.handed = handed;
    };
    // With the delivery, not with the paint: what the host page was told of must not come to it again.
    if (isTold) handOver();
    deliver(stream, { connection, lastMessageAt, clockSkewMs }, message, handed);
    const costMs = await whenPainted(stream, startedAt, this.#options);
    const consume = (): void => {
      handOver();
      // What was said by one worker means nothing to the next.
      if (session !== this.#session || stream.subscriptions.size === 0) return;
      session?.post({ kind: 'consumed', stream: stream.number, costMs });
    };
    // Elements that are removed for good have told nobody: then it is neither saved nor answered, and comes again.
    if (isTold || isWanted(stream)) consume();
    else stream.owed = consume;
  }

  /** One answer for all holders keeps them together, others part. */
  async #giveCredential(stream: Stream): Promise<void> {
    const session = this.#session;
    const answered = await askHolders(stream);
    if (session === undefined || session !== this.#session) return;
    this.#flush();
    // All its holders may have left it for streams of their own.
    const holders = [...stream.subscriptions.values()];
    if (holders.length === 0) return;
    const isGiven = holders.some((held) => answered.has(held));
    session.post({
      kind: 'credential',
      stream: stream.number,
      credential: isGiven ? stream.credential : undefined,
    });
  }

  #observe(): () => void {
    this.#options.handover.arrive();
    return observeLifecycle(this.#options.lifecycle, (event) =>
      fenced('the life-cycle', () => this.#onLifecycle(event), this.#report),
    );
  }

  #onLifecycle(event: LifecycleEvent): void {
    const { handover } = this.#options;
    if (event === 'pagehide') handover.leave(this.#streams.all);
    if (event === 'freeze') sayFrozen(this.#streams.all.map(({ config }) => config));
    for (const { config, position, wasOpen } of this.#streams.all) {
      // Back from the cache: this page goes on from what it holds, and what it left behind would only grow old.
      if (event === 'pageshow' && (position !== undefined || wasOpen)) handover.take(config);
    }
    if (event === 'visible' || event === 'hidden') this.#start();
    // At once: a page that goes away runs no further task.
    this.#flush();
    this.#session?.post({ kind: 'lifecycle', event });
    // A worker may have been killed while nobody looked; browsers do not say so.
    if (event === 'visible' || event === 'resume' || event === 'pageshow') this.#session?.probe();
  }
}
