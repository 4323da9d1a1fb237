/**
 * Keeps one worker running: starts it by the first route that works, notices when it dies, starts it again once and
 * then goes on to the next route. Owns the worker's life; knows nothing of streams.
 */
import type { FailedRoute, WorkerRoute } from '../protocol/diagnostics.js';
import type { PageToWorker, WorkerToPage } from '../protocol/messages.js';
import { timeLimit, type PageTime } from './page-time.js';
import { startWorker } from './start-worker.js';
import type { WorkerLink } from './worker-link.js';
import type { Route } from './worker-routes.js';

/** A worker works in slices of some 10 ms, so one that says nothing for this long is gone or stuck. */
export const ANSWER_LIMIT_MS = 5000;

/** Long enough to let a passing shortage of memory pass, short enough to wait for. */
const RESTART_DELAY_MS = 1000;

/** A worker that ran this long is forgiven an earlier death on the same route. */
const STABLE_MS = 60_000;

/** What diagnostics keep of the routes that failed: all routes three times over. */
const MAX_FAILED_ROUTES = 9;

type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'up'; readonly link: WorkerLink; readonly since: number }
  | { readonly kind: 'waiting'; readonly timer: number }
  | { readonly kind: 'unavailable' };

export interface SupervisorEvents {
  /** A new worker answers; it knows nothing yet. */
  readonly onUp: () => void;
  readonly onMessage: (message: WorkerToPage) => void;
  /** The worker is about to be ended; one that runs in the page still hears what is posted now. */
  readonly onFailing: () => void;
  /** The worker died; another one is on its way. */
  readonly onDown: (reason: string) => void;
  /** No route works. Only `start` tries again. */
  readonly onUnavailable: (failed: readonly FailedRoute[]) => void;
}

export interface SupervisorOptions {
  readonly routes: readonly Route[];
  readonly version: string | undefined;
  readonly time: PageTime;
  readonly events: SupervisorEvents;
}

export class WorkerSupervisor {
  readonly #options: SupervisorOptions;
  #state: State = { kind: 'stopped' };
  /** What was started before a `stop` must not come up after it. */
  #generation = 0;
  /** Routes before this one have failed: a blocked blob would raise a policy report at every start. */
  #firstRoute = 0;
  #deaths = 0;
  #failed: readonly FailedRoute[] = [];
  #callOffAnswer: (() => void) | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#state.kind === 'up';
  }

  get isUnavailable(): boolean {
    return this.#state.kind === 'unavailable';
  }

  /** Changes with every worker: what was said to one means nothing to the next. */
  get generation(): number {
    return this.#generation;
  }

  get route(): WorkerRoute | undefined {
    return this.#state.kind === 'up' ? this.#state.link.route : undefined;
  }

  get failedRoutes(): readonly FailedRoute[] {
    return this.#failed;
  }

  /** Does nothing where a worker runs or is on its way. */
  start(): void {
    const { kind } = this.#state;
    if (kind === 'unavailable') this.#firstRoute = 0;
    if (kind === 'unavailable' || kind === 'stopped') void this.#startFrom(this.#firstRoute);
  }

  stop(): void {
    this.#generation++;
    this.#leave();
    this.#state = { kind: 'stopped' };
  }

  /** Lost where no worker runs: whoever posts keeps what must be said again. */
  post(message: PageToWorker): void {
    if (this.#state.kind === 'up') this.#state.link.port.postMessage(message);
  }

  /** Says that the worker owes an answer: without any message within {@link ANSWER_LIMIT_MS} it counts as dead. */
  expectAnswer(): void {
    if (this.#state.kind !== 'up' || this.#callOffAnswer !== undefined) return;
    this.#callOffAnswer = timeLimit(this.#options.time, ANSWER_LIMIT_MS, () => {
      this.#onFailure(`no answer within ${ANSWER_LIMIT_MS / 1000} s`);
    });
  }

  async #startFrom(first: number): Promise<void> {
    const { routes, time, version, events } = this.#options;
    const generation = ++this.#generation;
    this.#state = { kind: 'starting' };
    const { link, failed } = await startWorker({ routes: routes.slice(first), time, version });
    if (generation !== this.#generation) {
      link?.port.end();
      return;
    }
    this.#remember(failed);
    if (link === undefined) {
      this.#state = { kind: 'unavailable' };
      events.onUnavailable(this.#failed);
      return;
    }
    const index = routes.findIndex((route) => route.route === link.route);
    if (index !== this.#firstRoute) this.#deaths = 0;
    this.#firstRoute = index;
    this.#state = { kind: 'up', link, since: time.now() };
    link.port.listen({
      onMessage: (message) => {
        this.#answered();
        events.onMessage(message);
      },
      onFailure: (reason) => this.#onFailure(reason),
    });
    events.onUp();
  }

  #onFailure(reason: string): void {
    if (this.#state.kind !== 'up') return;
    const { time, routes, events } = this.#options;
    const { link, since } = this.#state;
    this.#remember([{ route: link.route, reason }]);
    events.onFailing();
    this.#leave();
    this.#generation++;
    this.#deaths = time.now() - since >= STABLE_MS ? 1 : this.#deaths + 1;
    // Dying twice is no accident: the next route may have what this one lacks.
    const isRouteGivenUp = this.#deaths > 1;
    const next = isRouteGivenUp ? this.#firstRoute + 1 : this.#firstRoute;
    if (next >= routes.length) {
      this.#state = { kind: 'unavailable' };
      this.#deaths = 0;
      events.onUnavailable(this.#failed);
      return;
    }
    const timer = time.setTimeout(() => void this.#startFrom(next), RESTART_DELAY_MS);
    this.#state = { kind: 'waiting', timer };
    events.onDown(reason);
  }

  #answered(): void {
    this.#callOffAnswer?.();
    this.#callOffAnswer = undefined;
  }

  #leave(): void {
    this.#answered();
    if (this.#state.kind === 'up') this.#state.link.port.end();
    if (this.#state.kind === 'waiting') this.#options.time.clearTimeout(this.#state.timer);
  }

  #remember(failed: readonly FailedRoute[]): void {
    this.#failed = [...this.#failed, ...failed].slice(-MAX_FAILED_ROUTES);
  }
}
