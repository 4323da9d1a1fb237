/** The connection in words, for the line at the foot of the feed and of the tile. Pure. */
import type { ConnectionKey } from '../i18n/messages.js';
import type { Wording } from '../i18n/wording.js';
import type { ConnectionStatus, Trying } from '../protocol/connection-status.js';
import type { Tone } from '../protocol/views.js';
import type { icon } from './parts/icons.js';

/** Below this a live stream says how old its newest message is, above it how long it has been quiet. */
const QUIET_AFTER_MS = 60_000;

/** A browser that holds a try back for less is not spoken of. */
const HOLD_WORTH_SAYING_MS = 1_000;

/** A connection is made in less, mostly: its seconds are not worth a flicker. */
const ELAPSED_AFTER_MS = 3_000;

export interface ConnectionFacts {
  readonly connection: ConnectionStatus;
  readonly isPaused: boolean;
  readonly held: number;
  readonly lastMessageAt: number | undefined;
  /** By the service's clock. */
  readonly now: number;
  /** By the browser's clock: the connection's own times are the browser's. */
  readonly browserNow: number;
}

interface Look {
  readonly icon: Parameters<typeof icon>[0];
  readonly tone: Tone;
  /** What the reader can do about it. */
  readonly action?: 'retry' | 'connect';
}

export interface ConnectionWords extends Look {
  readonly state: string;
  /** What changes by the second: drawn, but kept from screen readers. */
  readonly detail: string | undefined;
}

const LOOKS: Readonly<Record<ConnectionKey, Look>> = {
  idle: { icon: 'no-entry', tone: 'off', action: 'connect' },
  'no-worker': { icon: 'warning', tone: 'bad', action: 'retry' },
  connecting: { icon: 'connecting', tone: 'neutral' },
  'catching-up': { icon: 'connecting', tone: 'busy' },
  live: { icon: 'live', tone: 'good' },
  paused: { icon: 'pause', tone: 'busy' },
  reconnecting: { icon: 'connecting', tone: 'warn', action: 'retry' },
  // Nothing to press: another dial would be held back as long.
  held: { icon: 'connecting', tone: 'warn' },
  unstable: { icon: 'connecting', tone: 'warn', action: 'retry' },
  'cannot-connect': { icon: 'offline', tone: 'bad', action: 'retry' },
  'auth-suspected': { icon: 'no-entry', tone: 'bad', action: 'retry' },
  failed: { icon: 'offline', tone: 'bad', action: 'retry' },
  offline: { icon: 'offline', tone: 'warn', action: 'retry' },
  ended: { icon: 'no-entry', tone: 'off' },
};

export function connectionWords(facts: ConnectionFacts, wording: Wording): ConnectionWords {
  const key = keyOf(facts);
  return {
    ...LOOKS[key],
    state: wording.messages.connection.state[key] + amount(key, facts, wording),
    detail: key === 'paused' ? undefined : detail(facts, wording),
  };
}

function keyOf({ connection, isPaused, browserNow }: ConnectionFacts): ConnectionKey {
  const { kind } = connection;
  if (isPaused && (kind === 'live' || kind === 'catching-up')) return 'paused';
  if (kind === 'idle' && connection.reason === 'no-worker') return connection.reason;
  const { heldUntil = 0 }: Partial<Trying> = connection;
  return heldUntil > browserNow + HOLD_WORTH_SAYING_MS ? 'held' : kind;
}

/** What belongs to the state and changes seldom. */
function amount(
  key: ConnectionKey,
  { connection, held, now, browserNow }: ConnectionFacts,
  wording: Wording,
): string {
  const { messages } = wording;
  if (key === 'paused') return held > 0 ? ` · ${messages.connection.held(wording.number(held))}` : '';
  if (connection.kind === 'catching-up') return ` · ${wording.number(connection.taken)}`;
  if (connection.kind !== 'offline') return '';
  // As all times on screen: by the service's clock.
  return ` ${messages.since(wording.clock(connection.since - (browserNow - now)))}`;
}

function detail(
  { connection, lastMessageAt, now, browserNow }: ConnectionFacts,
  wording: Wording,
): string | undefined {
  const words = wording.messages.connection;
  if (connection.kind === 'live' && lastMessageAt !== undefined) {
    const ageMs = now - lastMessageAt;
    return words[ageMs < QUIET_AFTER_MS ? 'ago' : 'quietFor'](wording.roughly(ageMs));
  }
  if (connection.kind === 'connecting') {
    const elapsedMs = browserNow - connection.since;
    return elapsedMs < ELAPSED_AFTER_MS ? undefined : wording.roughly(elapsedMs);
  }
  if (!('attempt' in connection)) return undefined;
  const { attempt, retryAt = 0, heldUntil = 0 } = connection;
  // Rounded up: "in 0 s" is no time to wait.
  const waitMs = Math.ceil((Math.max(retryAt, heldUntil) - browserNow) / 1000) * 1000;
  return words.attempt(attempt, waitMs > 0 ? wording.roughly(waitMs) : undefined);
}
