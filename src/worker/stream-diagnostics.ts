/** What a stream says about itself when it is asked: plain data, no key. */
import type { ConnectionStatus, Position, Trying } from '../protocol/connection-status.js';
import type { StorageState, StreamDiagnostics } from '../protocol/diagnostics.js';
import type { StreamConfig } from '../protocol/stream-config.js';

type Told = Pick<StreamDiagnostics, 'sharing' | 'clockSkewMs' | 'counts' | 'continuity' | 'lastError'>;

export interface StreamFacts extends Told {
  readonly config: StreamConfig;
  readonly status: ConnectionStatus;
  /** Where a reader's place is kept; `undefined` until that is known, and for a consumer. */
  readonly storage: StorageState | undefined;
  readonly last: Position | undefined;
  /** The broker's. */
  readonly now: number;
}

export function streamDiagnostics(facts: StreamFacts): StreamDiagnostics {
  const { config, status, storage, last, now, ...told } = facts;
  const { cause, heldUntil }: Partial<Trying> = status;
  return {
    state: status.kind,
    since: status.since,
    cause,
    heldUntil,
    endpointHost: hostOf(config.endpoint),
    topic: `${config.namespace}/${config.topic}`,
    storage: subscriptionOf(config) ?? storage ?? { kind: 'opening' },
    lastMessageId: last?.messageId,
    lastPublishTime: last?.publishTime,
    lagMs: last === undefined ? undefined : now - last.publishTime,
    ...told,
  };
}

function subscriptionOf({ subscription }: StreamConfig): StorageState | undefined {
  if (subscription === undefined) return undefined;
  const { name, parameters } = subscription;
  return { kind: 'subscription', name, type: parameters.subscriptionType };
}

function hostOf(endpoint: string): string {
  try {
    return new URL(endpoint).host;
  } catch {
    // Checked before it came here; a diagnostic must not throw for it.
    return '';
  }
}
