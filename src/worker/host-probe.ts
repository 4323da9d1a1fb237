/**
 * Asks whether a host answers at all, without the key and without reading the answer. Owns the request and its limit;
 * what the answer means is `auth-suspicion.ts`.
 */
import type { HostAnswer } from '../protocol/connection-status.js';

const PROBE_LIMIT_MS = 5_000;
/** Chromium tells of a violation only after it has rejected the request. */
const VIOLATION_DELAY_MS = 100;

/** `endpoint` is the base of the WebSocket service. Never rejects. */
export async function probeHost(endpoint: string): Promise<HostAnswer> {
  const { host, origin } = new URL(endpoint.replace(/^ws/, 'http'));
  let isForbidden = false;
  // The address may quote a WebSocket's URL, and with it the key: compared here, kept nowhere.
  const onViolation = (event: Event): void => {
    isForbidden ||= 'blockedURI' in event && String(event.blockedURI).includes(host);
  };
  addEventListener('securitypolicyviolation', onViolation);
  try {
    // Any answer will do, so it stays unread (opaque). With `redirect: 'manual'` every `no-cors` request is rejected.
    await fetch(origin, {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    });
    return 'reachable';
  } catch {
    await new Promise((resolve) => setTimeout(resolve, VIOLATION_DELAY_MS));
    return isForbidden ? 'unknown' : 'unreachable';
  } finally {
    removeEventListener('securitypolicyviolation', onViolation);
  }
}
