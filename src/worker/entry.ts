/** Binds the worker's program to whatever it talks through: a worker's global scope, or a port in the page. */
import type { PageToWorker } from '../protocol/messages.js';
import type { WorkerScope } from '../protocol/worker-scope.js';
import { Hub } from './hub.js';
import { realPlatform } from './platform.js';

declare const __X8_VERSION__: string;

export function serve(scope: WorkerScope): void {
  const hub = new Hub(realPlatform, (message) => scope.postMessage(message));
  // Only the page that made the worker holds the other end, and both ends are of one build.
  scope.addEventListener('message', (event) => hub.receive(event.data as PageToWorker));
  scope.postMessage({ kind: 'ready', version: __X8_VERSION__ });
}
