/**
 * The start routine: tries the routes in order until one answers `ready`, each within a bounded time, and collects
 * why the others did not. A browser says no in three ways, all of which count: it throws, it fires an `error` event
 * without a word, or it does nothing at all.
 */
import type { FailedRoute } from '../protocol/diagnostics.js';
import { quoted } from '../protocol/errors.js';
import { timeLimit, type PageTime } from './page-time.js';
import type { WorkerLink, WorkerPort } from './worker-link.js';
import type { Route } from './worker-routes.js';

/** A worker answers within some 50 ms; a file that is not our worker never does. */
const READY_LIMIT_MS = 3000;

const MAX_REASON_LENGTH = 160;

export interface StartOptions {
  readonly routes: readonly Route[];
  readonly time: PageTime;
  /** What `ready` must say: messages of another build may mean something else. `undefined` compares nothing. */
  readonly version: string | undefined;
  readonly readyLimitMs?: number;
  /** Nobody wants a worker any more: the one on its way is ended, and no other route is tried. */
  readonly signal?: AbortSignal;
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
  for (const { route, open } of options.routes) {
    if (options.signal?.aborted) break;
    try {
      const opened = open();
      if (opened === undefined) continue;
      const { port, settled } = opened;
      // The other routes run the program that came with this script.
      try {
        await ready(port, { ...options, version: route === 'url' ? options.version : undefined });
      } finally {
        settled?.();
      }
      return { link: { route, port }, failed };
    } catch (error) {
      const reason = (error instanceof Error && error.message) || 'refused';
      failed.push({ route, reason: reason.slice(0, MAX_REASON_LENGTH) });
    }
  }
  return { link: undefined, failed };
}

/** Ends what does not get ready. */
function ready(
  port: WorkerPort,
  { time, version, readyLimitMs = READY_LIMIT_MS, signal }: StartOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onFailure = (reason: string): void => {
      callOff();
      port.end();
      reject(new Error(reason));
    };
    const onAbort = (): void => onFailure('not wanted any more');
    const callOffLimit = timeLimit(time, readyLimitMs, () =>
      onFailure(`no answer within ${readyLimitMs / 1000} s`),
    );
    const callOff = (): void => {
      callOffLimit();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort);
    port.listen({
      onMessage: (message) => {
        if (message.kind !== 'ready') return;
        callOff();
        if (version === undefined || message.version === version) resolve();
        else onFailure(`the file is of version ${quoted(String(message.version))}, not ${version}`);
      },
      onFailure,
    });
  });
}
