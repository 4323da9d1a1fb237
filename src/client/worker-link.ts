/**
 * A running worker as the client sees it: somewhere to post, something that calls back, something that can end. Owns
 * the difference between a `Worker` and a `MessagePort`, and the narrowing of what comes in. The other end is of the
 * same build (its version is compared at the start), so messages are narrowed by their kind alone.
 */
import type { WorkerRoute } from '../protocol/diagnostics.js';
import type { PageToWorker, WorkerToPage } from '../protocol/messages.js';

/** What both kinds of worker have in common. */
export interface WorkerPort {
  postMessage(message: PageToWorker): void;
  /** At most one listener; a later call replaces it. */
  listen(listener: PortListener): void;
  /** Ends it, at once and for good: no callback comes after. */
  end(): void;
}

export interface PortListener {
  readonly onMessage: (message: WorkerToPage) => void;
  /** It stopped, or something in it was not caught, which leaves it in no known state. */
  readonly onFailure: (reason: string) => void;
}

export interface WorkerLink {
  readonly route: WorkerRoute;
  readonly port: WorkerPort;
}

const NOBODY: PortListener = { onMessage: () => undefined, onFailure: () => undefined };

export function workerPort(worker: Worker): WorkerPort {
  const port = portOver(worker, () => worker.terminate());
  worker.onerror = (event: Event) => {
    // Else the page's own `window.onerror` hears of it.
    event.preventDefault();
    port.fail(errorReason(event));
  };
  return port;
}

/** What has been posted before `end` still arrives at the other end, which cannot be terminated. */
export function channelPort(port: MessagePort): FailingPort {
  return portOver(port, () => port.close());
}

type FailingPort = WorkerPort & { fail(reason: string): void };

function portOver(target: Worker | MessagePort, end: () => void): FailingPort {
  let listener = NOBODY;
  const fail = (reason: string): void => listener.onFailure(reason);
  target.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isWorkerMessage(data)) listener.onMessage(data);
  };
  target.onmessageerror = () => fail('a message could not be read');
  return {
    postMessage: (message) => target.postMessage(message),
    listen: (next) => {
      listener = next;
    },
    fail,
    end: () => {
      listener = NOBODY;
      end();
    },
  };
}

/** A wrong file at `worker-url` may post anything; a kind that this build does not know is left alone. */
function isWorkerMessage(data: unknown): data is WorkerToPage {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  return data.kind === 'ready' || data.kind === 'update' || data.kind === 'diagnostics';
}

/**
 * A file that is missing and a policy that forbids it look the same on purpose: a plain `Event` without a message.
 * An exception's own words are left out, since they may carry what the worker was reading.
 */
function errorReason(event: Event): string {
  const message = 'message' in event && typeof event.message === 'string' ? event.message : '';
  if (message === '') return 'refused by the browser: Content-Security-Policy or a missing file';
  const name = /\b[A-Z]\w*Error\b/.exec(message)?.[0];
  return name === undefined ? 'stopped by an error' : `stopped by ${name}`;
}
