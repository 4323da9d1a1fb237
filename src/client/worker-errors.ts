/** What is said when there is no worker: for the widget's box, `x8-error` and diagnostics. */
import type { FailedRoute } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';

export function workerStopped(reason: string): WidgetError {
  return widgetError('internal', `The worker stopped and is started again: ${reason}.`);
}

export function noWorker(failed: readonly FailedRoute[]): WidgetError {
  // The latest three: one round of all routes.
  const tried = failed.slice(-3).map(({ route, reason }) => `${route}: ${reason}`);
  return widgetError('worker-unavailable', `No worker could be started (${tried.join('; ')}).`);
}
