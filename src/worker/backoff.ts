/**
 * How long to wait before the next dial: full jitter (AWS architecture blog, "Exponential Backoff And Jitter"), so
 * that a thousand widgets that lost the same service do not come back in the same second.
 */

export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 30_000;

/** After a session that had proven healthy: the service is probably there, so come back within a second. */
export const FIRST_RETRY_MS = 1000;

/**
 * @param attempt failed tries since the last healthy session, 0 for the first retry
 * @param chance uniform in [0, 1)
 */
export function backoffMs(attempt: number, chance: number): number {
  if (attempt === 0) return chance * FIRST_RETRY_MS;
  return chance * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 10));
}
