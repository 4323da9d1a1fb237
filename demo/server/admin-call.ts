/**
 * Owns what the admin calls share: a call, the answers that need no words, and retention policies as JSON.
 */

import { reasonReply, type Reply } from './http-reply.js';
import type { RetentionPolicy } from './retention.js';

export interface AdminCall {
  readonly method: string;
  /** The path after `/admin/v2/`, split at its slashes, not decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

export const DONE: Reply = { status: 204 };
export const NOT_FOUND = reasonReply(404, 'HTTP 404 Not Found');
export const NO_NAMESPACE = reasonReply(404, 'Namespace not found');
export const WRONG_METHOD = reasonReply(405, 'HTTP 405 Method Not Allowed');

export function withPolicy(body: string, set: (policy: RetentionPolicy) => void): Reply {
  const value = parseJson(body);
  // Pulsar's fields are Java's ints: what is not there is 0.
  const { retentionTimeInMinutes: time = 0, retentionSizeInMB: size = 0 } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Record<string, unknown>;
  if (typeof value !== 'object' || !Number.isInteger(time) || !Number.isInteger(size)) {
    return reasonReply(400, 'Invalid retention policy: both limits must be whole numbers');
  }
  if ((time === 0) !== (size === 0)) {
    return reasonReply(
      400,
      'Invalid retention policy: Setting a single time or size limit to 0 is invalid when one of the limits has a ' +
        'non-zero value. Use the value of -1 instead of 0 to ignore a specific limit. To disable retention both ' +
        'limits must be set to 0.',
    );
  }
  set({ retentionTimeInMinutes: time as number, retentionSizeInMB: size as number });
  return DONE;
}

/** What was set, or 200 without a body. */
export function policyReply(policy: RetentionPolicy | undefined): Reply {
  return policy === undefined ? { status: 200 } : { status: 200, body: policy };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
