/**
 * Whether refused handshakes mean that the service does not take the key. A browser sees no status, so this is a
 * judgement from three facts: how often, for how long, and whether the host answers a request without the key
 * (docs/decisions/0011-auth-is-suspected.md). Owns the judgement; probing and waiting are `refusal-watch.ts`.
 */
import type { HostAnswer } from '../protocol/connection-status.js';

/** Refused handshakes in a row: a load balancer that restarts refuses one or two. */
export const REFUSALS_TO_SUSPECT = 3;
/** A service that has taken this stream before, and refuses behind a proxy that answers, is probably restarting. */
export const RESTART_ALLOWANCE_MS = 120_000;
/** Between dials with a key that is suspected: it may be mended at the service, where nobody tells us. */
const AUTH_RETRY_MS = 300_000;

/** After the fourth refusal, twice as long from the fifth on: six dials in a minute, and at most 30 s between two. */
const PAUSE_MS = 12_000;
/** Widgets that were refused in the same moment do not come back in the same moment. */
const PAUSE_SPREAD = 0.25;

/** Handshakes refused in a row. */
export interface Refusals {
  readonly count: number;
  /** When the first of them was refused. */
  readonly since: number;
  /** The last of them named a message id, which may be the reason. */
  readonly hadPosition: boolean;
  /** The service has taken a handshake of this stream before. */
  readonly hasOpened: boolean;
  /** When the last of them was refused. */
  readonly last: number;
  /** Of the last one, uniform in [0, 1): how it spreads the pause after it. */
  readonly chance: number;
}

export const NO_REFUSALS: Refusals = {
  count: 0,
  since: 0,
  hadPosition: false,
  hasOpened: false,
  last: 0,
  chance: 0,
};

export function oneMore(refusals: Refusals, now: number, chance: number, hadPosition: boolean): Refusals {
  const { count, since, hasOpened } = refusals;
  return { count: count + 1, since: count === 0 ? now : since, hadPosition, hasOpened, last: now, chance };
}

/** One or two refusals tell nothing, whatever the host says. */
export function isWorthProbing({ count }: Refusals): boolean {
  return count >= REFUSALS_TO_SUSPECT;
}

export function isAuthSuspected(refusals: Refusals, host: HostAnswer, now: number): boolean {
  const { since, hadPosition, hasOpened } = refusals;
  if (host !== 'reachable' || !isWorthProbing(refusals) || hadPosition) return false;
  return !hasOpened || now - since >= RESTART_ALLOWANCE_MS;
}

/**
 * Until when a service is left alone that refuses while its host is not known to be away; in the past where it is not. Not
 * after the third refusal: the dial that follows leaves the position out, which may be all that is wrong.
 */
export function leftAloneUntil(refusals: Refusals, host: HostAnswer, isSuspected: boolean): number {
  const { count, last, chance } = refusals;
  if (isSuspected) return last + AUTH_RETRY_MS;
  if (host === 'unreachable') return 0;
  return last + Math.min(2, count - REFUSALS_TO_SUSPECT) * PAUSE_MS * (1 + PAUSE_SPREAD * chance);
}
