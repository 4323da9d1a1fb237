/**
 * The worker's whole program as one self-contained function, made by `vite.config.ts` at build time.
 * Its text becomes the inline worker's blob; called on the page it is the in-page route. One copy serves both.
 */
declare module '*?worker-program' {
  import type { WorkerScope } from '../protocol/worker-scope.js';
  const program: (scope: WorkerScope) => void;
  export default program;
}
