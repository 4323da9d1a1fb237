/**
 * The start routine: tries the routes in order until one answers `ready`, each within a bounded time, and collects
 * why the others did not. A browser says no in three ways, all of which count: it throws, it fires an `error` event
 * without a word, or it does nothing at all.
 */
import type { FailedRoute } from '../protocol/diagnostics.js';
import { quoted } from '../protocol/errors.js';
import { timeLimit, type PageTime } from './page-time.js';
import type { WorkerLink, WorkerPort } from './worker-link.js';
import type { OpenedRoute, Route } from './worker-routes.js';

/** A worker answers within some 50 ms; a file that is not our worker never does. */
export const READY_LIMIT_MS = 3000;

const MAX_REASON_LENGTH = 160;

export interface StartOptions {
  readonly routes: readonly Route[];
  readonly time: PageTime;
  /** What `ready` must say: messages of another build may mean something else. `undefined` compares nothing. */
  readonly version: string | undefined;
  readonly readyLimitMs?: number;
}

export interface StartOutcome {
  /** `undefined` when every route failed. */
  readonly link: WorkerLink | undefined;
  /** In the order tried. */
  readonly failed: readonly FailedRoute[];
}

/** Never rejects. */
export async function startWorker(options: StartOptions): Promise<StartOutcome> {
  const failed: FailedRoute[] = [];
  for (const route of options.routes) {
    try {
      if (!route.applies()) continue;
      const port = await tryRoute(route, options);
      return { link: { route: route.route, port }, failed };
    } catch (error) {
      failed.push({ route: route.route, reason: reasonOf(error) });
    }
  }
  return { link: undefined, failed };
}

async function tryRoute(route: Route, options: StartOptions): Promise<WorkerPort> {
  const opened = route.open();
  try {
    await ready(route, opened, options);
    return opened.port;
  } catch (error) {
    opened.port.end();
    throw error;
  } finally {
    opened.settled();
  }
}

function ready(route: Route, opened: OpenedRoute, options: StartOptions): Promise<void> {
  const { time, version, readyLimitMs = READY_LIMIT_MS } = options;
  return new Promise((resolve, reject) => {
    const callOff = timeLimit(time, readyLimitMs, () => {
      reject(new Error(`no answer within ${readyLimitMs / 1000} s`));
    });
    opened.port.listen({
      onMessage: (message) => {
        if (message.kind !== 'ready') return;
        callOff();
        // The other routes run the program that came with this script.
        const isSameBuild = route.route !== 'url' || version === undefined || message.version === version;
        if (isSameBuild) resolve();
        else reject(new Error(`the file is of version ${quoted(String(message.version))}, not ${version}`));
      },
      onFailure: (reason) => {
        callOff();
        reject(new Error(reason));
      },
    });
  });
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error && error.message !== '' ? error.message : 'refused';
  return text.length > MAX_REASON_LENGTH ? `${text.slice(0, MAX_REASON_LENGTH - 1)}…` : text;
}
