/**
 * How long to wait before the next dial: full jitter (AWS architecture blog, "Exponential Backoff And Jitter"), so
 * that a thousand widgets that lost the same service do not come back in the same second.
 */

export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 30_000;

/** After a session that had proven healthy: the service is probably there, so come back within a second. */
export const FIRST_RETRY_MS = 1000;

/** A service that says that it goes away says so to everybody in the same second. */
export const GOING_AWAY_SPREAD_MS = 8_000;

/** A service that accepts and drops is there, and does not want us now: asked again within the minute, at most twice. */
export const UNSTABLE_WAIT_MS = 30_000;

/** A page's policy does not change, and each dial is one more violation report, in which browsers quote the address. */
export const BLOCKED_RETRY_MS = 300_000;

/** `steady`: the last session was lost for a reason that says nothing about the service. */
export type Prospect = 'steady' | 'going-away' | 'unstable' | 'blocked';

/**
 * @param attempt failed tries since the last healthy session, 0 for the first retry
 * @param chance uniform in [0, 1)
 */
export function backoffMs(attempt: number, chance: number, prospect: Prospect): number {
  if (prospect === 'blocked') return BLOCKED_RETRY_MS;
  if (prospect === 'unstable') return UNSTABLE_WAIT_MS * (1 + chance);
  const growing = attempt === 0 ? FIRST_RETRY_MS : BACKOFF_BASE_MS * 2 ** attempt;
  const least = prospect === 'going-away' ? GOING_AWAY_SPREAD_MS : 0;
  return chance * Math.min(BACKOFF_CAP_MS, Math.max(growing, least));
}
