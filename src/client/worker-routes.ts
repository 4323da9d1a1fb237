/**
 * The three ways to run the worker's program, best first: a worker from a blob (no file to host), a worker from a file
 * of the page's own origin (`worker-url`, for pages whose policy forbids blobs), and in the page (always possible, for
 * pages that allow no worker at all). Owns how each is made; `start-worker.ts` owns which one is taken.
 */
import type { WorkerRoute } from '../protocol/diagnostics.js';
import type { WorkerScope } from '../protocol/worker-scope.js';
import { scriptUrlTruster, type TrustScriptUrl } from './trusted-types.js';
import { channelPort, workerPort, type WorkerPort } from './worker-link.js';

/** A way to run the program. `open` throws when the browser refuses at once. */
export interface Route {
  readonly route: WorkerRoute;
  /** Not every page gives a `worker-url`; a route that does not apply is no failure. */
  readonly applies: () => boolean;
  readonly open: () => OpenedRoute;
}

export interface OpenedRoute {
  readonly port: WorkerPort;
  /** Called once the worker has answered or failed. */
  readonly settled: () => void;
}

export interface RouteOptions {
  /** The worker's whole program as one self-contained function. */
  readonly program: (scope: WorkerScope) => void;
  /** Asked when its turn comes: a later element may have given it. */
  readonly workerUrl: () => string | undefined;
  readonly trustScriptUrl?: TrustScriptUrl;
}

const WORKER_NAME = 'x8-widgets';

export function workerRoutes(options: RouteOptions): readonly Route[] {
  const { program, workerUrl, trustScriptUrl = scriptUrlTruster() } = options;
  return [
    { route: 'inline', applies: () => true, open: () => openInline(program, trustScriptUrl) },
    {
      route: 'url',
      applies: () => workerUrl() !== undefined,
      open: () => openUrl(workerUrl() ?? '', trustScriptUrl),
    },
    { route: 'page', applies: () => true, open: () => openInPage(program) },
  ];
}

function openInline(program: RouteOptions['program'], trust: TrustScriptUrl): OpenedRoute {
  const text = `"use strict";(${program.toString()})(self);`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const settled = (): void => URL.revokeObjectURL(url);
  try {
    return { port: workerPort(new Worker(trust(url), { name: WORKER_NAME })), settled };
  } catch (error) {
    settled();
    throw error;
  }
}

function openUrl(workerUrl: string, trust: TrustScriptUrl): OpenedRoute {
  const url = new URL(workerUrl, document.baseURI);
  // The attribute names a file of the host. A script inside an address is what Trusted Types are there to stop.
  if (url.protocol === 'blob:' || url.protocol === 'data:' || url.protocol === 'javascript:') {
    throw new Error('worker-url must be the address of a file');
  }
  // Chromium and WebKit throw here, Firefox reports a bare error event: one clear reason for all three.
  // Not `location.origin`, which is "null" in a frame written by `srcdoc`.
  if (url.origin !== self.origin) throw new Error("worker-url must be on the page's own origin");
  return { port: workerPort(new Worker(trust(url.href), { name: WORKER_NAME })), settled: () => undefined };
}

function openInPage(program: RouteOptions['program']): OpenedRoute {
  const { port1: pageEnd, port2: workerEnd } = new MessageChannel();
  const port = channelPort(pageEnd);
  const scope: WorkerScope = {
    postMessage: (message) => workerEnd.postMessage(message),
    addEventListener: (type, listener) => {
      workerEnd.addEventListener(type, (event) => {
        try {
          listener(event);
        } catch (error) {
          // Uncaught, it would be the host page's `window.onerror`.
          port.fail(error instanceof Error ? `stopped by ${error.name}` : 'stopped by an error');
        }
      });
    },
  };
  program(scope);
  workerEnd.start();
  return { port, settled: () => undefined };
}
