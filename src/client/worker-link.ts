/**
 * A running worker as the client sees it: somewhere to post, something that calls back, something that can end. Owns
 * the difference between a `Worker` and a `MessagePort`. The other end is of the same build (its version is compared
 * at the start), so messages are taken for what they say they are.
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

type FailingPort = WorkerPort & { fail(reason: string): void };

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

/** An exception's own words are left out, since they may carry what the worker was reading. */
export function stoppedBy(name = 'an error'): string {
  return `stopped by ${name}`;
}

function portOver(target: Worker | MessagePort, end: () => void): FailingPort {
  let listener: PortListener | undefined;
  const fail = (reason: string): void => listener?.onFailure(reason);
  target.onmessage = ({ data }: MessageEvent<unknown>) => {
    // A wrong file at `worker-url` may post anything until its `ready` is missed.
    if (typeof data === 'object' && data !== null && 'kind' in data)
      listener?.onMessage(data as WorkerToPage);
  };
  target.onmessageerror = () => fail('a message could not be read');
  return {
    postMessage: (message) => target.postMessage(message),
    listen: (next) => {
      listener = next;
    },
    fail,
    end: () => {
      listener = undefined;
      end();
    },
  };
}

/** A file that is missing and a policy that forbids it look the same on purpose: a plain `Event` without a message. */
function errorReason(event: Event): string {
  const { message } = event as Partial<ErrorEvent>;
  if (!message) return 'refused by the browser: Content-Security-Policy or a missing file';
  return stoppedBy(/\b[A-Z]\w*Error\b/.exec(message)?.[0]);
}
