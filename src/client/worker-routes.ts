/**
 * The three ways to run the worker's program, best first: a worker from a file of the page's own origin (`worker-url`, for
 * pages whose policy forbids blobs, and would report one that is tried), a worker from a blob (no file to host), and in the
 * page (always possible, for pages that allow no worker at all). Owns how each is made; `start-worker.ts` owns which one
 * is taken.
 */
import type { WorkerRoute } from '../protocol/diagnostics.js';
import type { WorkerScope } from '../protocol/worker-scope.js';
import { scriptUrlTruster, type TrustScriptUrl } from './trusted-types.js';
import { channelPort, stoppedBy, workerPort, type WorkerPort } from './worker-link.js';

/** A way to run the program. */
export interface Route {
  readonly route: WorkerRoute;
  /** Throws when the browser refuses at once; `undefined` where the page does not offer this way, which is no failure. */
  readonly open: () => OpenedRoute | undefined;
}

export interface OpenedRoute {
  readonly port: WorkerPort;
  /** Called once the worker has answered or failed. */
  readonly settled?: () => void;
}

export interface RouteOptions {
  /** The worker's whole program as one self-contained function. */
  readonly program: (scope: WorkerScope) => void;
  /** Asked first, and once more when a blob has failed: a later element may have given it meanwhile. */
  readonly workerUrl: () => string | undefined;
  readonly trustScriptUrl?: TrustScriptUrl;
}

export function workerRoutes(options: RouteOptions): readonly Route[] {
  const { program, workerUrl, trustScriptUrl = scriptUrlTruster() } = options;
  const workerFrom = (url: string): WorkerPort =>
    workerPort(new Worker(trustScriptUrl(url), { name: 'x8-widgets' }));
  let tried: string | undefined;
  const openFile = (): OpenedRoute | undefined => {
    const url = workerUrl();
    if (url === tried) return undefined;
    tried = url;
    return url === undefined ? undefined : openUrl(url, workerFrom);
  };
  return [
    {
      route: 'url',
      open: () => {
        tried = undefined;
        return openFile();
      },
    },
    { route: 'inline', open: () => openInline(program, workerFrom) },
    { route: 'url', open: openFile },
    { route: 'page', open: () => openInPage(program) },
  ];
}

function openInline(program: RouteOptions['program'], workerFrom: (url: string) => WorkerPort): OpenedRoute {
  const text = `"use strict";(${program.toString()})(self);`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const settled = (): void => URL.revokeObjectURL(url);
  try {
    return { port: workerFrom(url), settled };
  } catch (error) {
    settled();
    throw error;
  }
}

function openUrl(workerUrl: string, workerFrom: (url: string) => WorkerPort): OpenedRoute {
  const { protocol, origin, href } = new URL(workerUrl, document.baseURI);
  // The attribute names a file of the host. A script inside an address is what Trusted Types are there to stop.
  if (/^(blob|data|javascript):/.test(protocol)) throw new Error('worker-url must be the address of a file');
  // Chromium and WebKit throw here, Firefox reports a bare error event: one clear reason for all three.
  // Not `location.origin`, which is "null" in a frame written by `srcdoc`.
  if (origin !== self.origin) throw new Error("worker-url must be on the page's own origin");
  return { port: workerFrom(href) };
}

function openInPage(program: RouteOptions['program']): OpenedRoute {
  const { port1: pageEnd, port2: workerEnd } = new MessageChannel();
  const port = channelPort(pageEnd);
  program({
    postMessage: (message) => workerEnd.postMessage(message),
    addEventListener: (type, listener) => {
      workerEnd.addEventListener(type, (event) => {
        try {
          listener(event);
        } catch (error) {
          // Uncaught, it would be the host page's `window.onerror`.
          port.fail(stoppedBy(error instanceof Error ? error.name : undefined));
        }
      });
    },
  });
  workerEnd.start();
  return { port };
}
