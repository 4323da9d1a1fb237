/**
 * Keeps one worker running: starts it by the first route that works, and when it dies starts it again once and then
 * goes on to the next route. When no route is left it begins anew after a while: nobody sits before every feed to ask for
 * it. Owns the order of lives; what a worker does while it lives is the session's.
 */
import type { FailedRoute, WorkerRoute } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import { startWorker, type StartOptions } from './start-worker.js';
import type { WorkerPort } from './worker-link.js';
import type { Route } from './worker-routes.js';
import type { Death } from './worker-session.js';

/** Long enough to let a passing shortage of memory pass, short enough to wait for. */
const RESTART_DELAY_MS = 1000;

/** A worker that ran this long is forgiven an earlier death on the same route. */
const STABLE_MS = 60_000;

/** Pause before all routes are tried again, doubled with each round in vain: each may cost the host page a policy report. */
const REVIVAL_MS = 60_000;
const MAX_REVIVAL_MS = 16 * REVIVAL_MS;

/** What diagnostics keep of the routes that failed: all routes three times over. */
const MAX_FAILED_ROUTES = 9;

export interface SupervisorOptions extends StartOptions {
  /** Works with a new worker, which knows nothing yet; resolves once it has died. */
  readonly serve: (port: WorkerPort) => Promise<Death>;
  /** Without a worker: `connecting` while another one is on its way, `idle` when no route works for now. */
  readonly onDown: (next: 'connecting' | 'idle', ...errors: readonly WidgetError[]) => void;
}

export class WorkerSupervisor {
  readonly #options: SupervisorOptions;
  /** Without the page once a worker has hung twice, until somebody asks: what hangs a worker would hang the host page. */
  #routes: readonly Route[];
  #state: 'stopped' | 'running' | 'unavailable' = 'stopped';
  /** Aborted by `stop`: what was started before it must not come up after it. */
  #run = new AbortController();
  /** Routes before this one have failed: a blocked blob would raise a policy report at every start. */
  #firstRoute = 0;
  /** In which no route worked, since a worker ran well. */
  #roundsInVain = 0;
  #callOffPause: (() => void) | undefined;
  #route: WorkerRoute | undefined;
  #failed: readonly FailedRoute[] = [];

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#routes = options.routes;
  }

  get isUnavailable(): boolean {
    return this.#state === 'unavailable';
  }

  get route(): WorkerRoute | undefined {
    return this.#route;
  }

  get failedRoutes(): readonly FailedRoute[] {
    return this.#failed;
  }

  /** Does nothing where a worker runs or is on its way. */
  start(): void {
    if (this.#state === 'running') return;
    if (this.#state === 'unavailable') this.#routes = this.#options.routes;
    this.#begin();
  }

  stop(): void {
    this.#callOffPause?.();
    this.#state = 'stopped';
    this.#route = undefined;
    this.#run.abort();
  }

  #begin(): void {
    this.#callOffPause?.();
    this.#state = 'running';
    this.#run = new AbortController();
    void this.#keepRunning(this.#run.signal);
  }

  async #keepRunning(signal: AbortSignal): Promise<void> {
    const { time, serve, onDown } = this.#options;
    let deaths = 0;
    for (;;) {
      const { link, failed } = await startWorker({
        ...this.#options,
        routes: this.#routes.slice(this.#firstRoute),
        signal,
      });
      if (signal.aborted) {
        link?.port.end();
        return;
      }
      this.#remember(...failed);
      if (link === undefined) break;
      const { route, port } = link;
      if (failed.length > 0) deaths = 0;
      this.#firstRoute = this.#routes.findIndex((candidate) => candidate.route === route);
      this.#route = route;
      const startedAt = time.monotonic();
      const { reason, isHung } = await serve(port);
      this.#route = undefined;
      this.#remember({ route, reason });
      const wasStable = time.monotonic() - startedAt >= STABLE_MS;
      deaths = wasStable ? 1 : deaths + 1;
      if (wasStable) this.#roundsInVain = 0;
      // Dying twice is no accident: the next route may have what this one lacks.
      if (deaths > 1) {
        deaths = 0;
        this.#firstRoute++;
        if (isHung) this.#routes = this.#routes.filter((candidate) => candidate.route !== 'page');
      }
      if (this.#firstRoute >= this.#routes.length) break;
      onDown('connecting', widgetError('internal', `The worker stopped and is started again: ${reason}.`));
      await new Promise<void>((resolve) => {
        this.#callOffPause = time.after(RESTART_DELAY_MS, resolve);
      });
    }
    this.#state = 'unavailable';
    this.#firstRoute = 0;
    const pauseMs = Math.min(REVIVAL_MS * 2 ** this.#roundsInVain++, MAX_REVIVAL_MS);
    this.#callOffPause = time.after(pauseMs, () => {
      onDown('connecting');
      this.#begin();
    });
    // The latest three: one round of all routes.
    const tried = this.#failed.slice(-3).map(({ route, reason }) => `${route}: ${reason}`);
    onDown(
      'idle',
      widgetError(
        'worker-unavailable',
        `No worker could be started (${tried.join('; ')}). The next try is in ${pauseMs / 60_000} min.`,
      ),
    );
  }

  #remember(...failed: readonly FailedRoute[]): void {
    this.#failed = [...this.#failed, ...failed].slice(-MAX_FAILED_ROUTES);
  }
}
