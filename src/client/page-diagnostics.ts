/** Diagnostics where the worker has none: it never started, died, or does not answer. */
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import type { Stream } from './stream.js';

const NO_COUNTS: StreamDiagnostics['counts'] = {
  received: 0,
  acknowledged: 0,
  delivered: 0,
  duplicates: 0,
  rejected: 0,
  reconnects: 0,
  gaps: 0,
};

/** `stream` is `undefined` for an element that is not set up; `now` is ms since the epoch. */
export function pageDiagnostics(stream: Stream | undefined, now: number): StreamDiagnostics {
  return {
    state: stream?.state.connection.kind ?? 'idle',
    since: stream?.state.connection.since ?? now,
    endpointHost: stream === undefined ? '' : new URL(stream.config.endpoint).host,
    topic: stream === undefined ? '' : `${stream.config.namespace}/${stream.config.topic}`,
    storage: { kind: 'opening' },
    lastMessageId: stream?.position,
    lastPublishTime: stream?.state.lastMessageAt,
    lagMs: undefined,
    clockSkewMs: undefined,
    counts: NO_COUNTS,
    continuity: undefined,
    lastError: stream?.lastError,
  };
}
