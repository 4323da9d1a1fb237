/**
 * What the worker's program talks through: a worker's global scope, or one end of a `MessageChannel` when it runs in
 * the page. Untyped on purpose: each side narrows what it receives.
 */
export interface WorkerScope {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
