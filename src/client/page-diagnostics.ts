/** Diagnostics where the worker has none: it never started, died, or does not answer. */
import type { Trying } from '../protocol/connection-status.js';
import type { Diagnostics } from '../protocol/diagnostics.js';
import type { Stream } from './stream.js';

/** `stream` is `undefined` for an element that is not set up; `now` is ms since the epoch. */
export function pageDiagnostics(
  stream: Stream | undefined,
  now: number,
): Omit<Diagnostics, 'version' | 'workerRoute' | 'failedRoutes'> {
  const { kind, since } = stream?.state.connection ?? { kind: 'idle', since: now };
  const { cause }: Partial<Trying> = stream?.state.connection ?? {};
  return {
    state: kind,
    since,
    cause,
    endpointHost: stream === undefined ? '' : new URL(stream.config.endpoint).host,
    topic: stream === undefined ? '' : `${stream.config.namespace}/${stream.config.topic}`,
    storage: { kind: 'opening' },
    sharing: { kind: 'alone', reason: 'no worker' },
    lastMessageId: stream?.position,
    lastPublishTime: stream?.state.lastMessageAt,
    lagMs: undefined,
    clockSkewMs: undefined,
    counts: undefined,
    continuity: undefined,
    lastError: stream?.lastError,
  };
}
