/** Diagnostics where the worker has none: it never started, died, or does not answer. */
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import type { Stream } from './stream.js';

/** `stream` is `undefined` for an element that is not set up; `now` is ms since the epoch. */
export function pageDiagnostics(stream: Stream | undefined, now: number): StreamDiagnostics {
  const { kind = 'idle', since = now } = stream?.state.connection ?? {};
  return {
    state: kind,
    since,
    cause: undefined,
    endpointHost: stream === undefined ? '' : new URL(stream.config.endpoint).host,
    topic: stream === undefined ? '' : `${stream.config.namespace}/${stream.config.topic}`,
    storage: { kind: 'opening' },
    sharing: { kind: 'alone', reason: 'no worker' },
    lastMessageId: stream?.position,
    lastPublishTime: stream?.state.lastMessageAt,
    lagMs: undefined,
    clockSkewMs: undefined,
    counts: {
      received: 0,
      acknowledged: 0,
      delivered: 0,
      duplicates: 0,
      redelivered: 0,
      rejected: 0,
      reconnects: 0,
      gaps: 0,
    },
    continuity: undefined,
    lastError: stream?.lastError,
  };
}
