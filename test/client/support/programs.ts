/**
 * Tiny stand-ins for the worker's program. Each must be self-contained: its text becomes a worker.
 */
import type { WorkerScope } from '../../../src/protocol/worker-scope.js';

/** Says `ready`, then answers every message with how it was started and what it heard. */
export function echoProgram(scope: WorkerScope): void {
  scope.addEventListener('message', (event) => {
    const diagnostics = {
      heard: event.data,
      isStrict: (function (this: unknown) {
        return this === undefined;
      })(),
    };
    scope.postMessage({ kind: 'diagnostics', request: 1, diagnostics });
  });
  scope.postMessage({ kind: 'ready', version: 'test' });
}

export function silentProgram(scope: WorkerScope): void {
  scope.addEventListener('message', () => undefined);
}

export function chattyProgram(scope: WorkerScope): void {
  scope.postMessage('hello');
  scope.postMessage({ kind: 'something-else' });
  scope.postMessage(null);
  scope.postMessage({ kind: 'diagnostics', request: 1, diagnostics: {} });
}

export function throwingProgram(): void {
  throw new TypeError('canary-in-the-exception');
}

/** Answers for a moment, then ends without a word, as a worker does that the browser kills. */
export function mortalProgram(scope: WorkerScope): void {
  scope.addEventListener('message', ({ data }) => {
    const { kind, request } = data as { readonly kind: string; readonly request: unknown };
    if (kind === 'diagnose') scope.postMessage({ kind: 'diagnostics', request, diagnostics: {} });
    if (kind === 'watch') setTimeout(() => self.close(), 500);
  });
  scope.postMessage({ kind: 'ready', version: 'test' });
}

/** Runs well until it is spoken to. */
export function fragileProgram(scope: WorkerScope): void {
  scope.addEventListener('message', () => {
    throw new RangeError('canary-in-the-exception');
  });
  scope.postMessage({ kind: 'ready', version: 'test' });
}
