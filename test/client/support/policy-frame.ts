/** Runs inside a frame with a policy of its own: starts the routine and tells the test what came of it. */
import { pageTime } from '../../../src/client/page-time.js';
import { startWorker } from '../../../src/client/start-worker.js';
import { workerRoutes } from '../../../src/client/worker-routes.js';
import { echoProgram } from './programs.js';

const workerUrl = document.documentElement.dataset['workerUrl'];
const copies = Number(document.documentElement.dataset['copies'] ?? '1');

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));

const errors: string[] = [];
addEventListener('error', (event) => errors.push(event.message));

const runs = [];
for (let copy = 0; copy < copies; copy++) {
  const startedAt = performance.now();
  // Each call of `workerRoutes` has a policy of its own, as each copy of the script has.
  const { link, failed } = await startWorker({
    routes: workerRoutes({ program: echoProgram, workerUrl: () => workerUrl }),
    time: pageTime,
    version: 'test',
  });
  const isAnswered =
    link !== undefined &&
    (await new Promise<boolean>((resolve) => {
      link.port.listen({ onMessage: () => resolve(true), onFailure: () => resolve(false) });
      link.port.postMessage({ kind: 'lifecycle', event: 'visible' });
    }));
  runs.push({ route: link?.route, failed, isAnswered, tookMs: performance.now() - startedAt });
  link?.port.end();
}
parent.postMessage({ policyFrame: { runs, violations, errors } }, self.origin);
