/** The connection in words, for the line at the foot of the feed and of the tile. Pure. */
import type { Wording } from '../i18n/wording.js';
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Tone } from '../protocol/views.js';
import type { icon } from './parts/icons.js';

/** Below this a live stream says how old its newest message is, above it how long it has been quiet. */
const QUIET_AFTER_MS = 60_000;

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

export interface ConnectionWords {
  readonly icon: Parameters<typeof icon>[0];
  readonly tone: Tone;
  readonly state: string;
  /** What changes by the second: drawn, but kept from screen readers. */
  readonly detail: string | undefined;
  readonly action: 'retry' | 'connect' | undefined;
}

export function connectionWords(facts: ConnectionFacts, wording: Wording): ConnectionWords {
  const { connection } = facts;
  const words = wording.messages.connection;
  switch (connection.kind) {
    case 'idle':
      return of('no-entry', 'off', words.idle, undefined, 'connect');
    case 'connecting':
      return of('connecting', 'neutral', words.connecting);
    case 'catching-up':
      return facts.isPaused
        ? paused(facts, wording)
        : of('connecting', 'busy', words.catchingUp(wording.number(connection.taken)));
    case 'live':
      return facts.isPaused ? paused(facts, wording) : of('live', 'good', words.live, age(facts, wording));
    case 'reconnecting':
    case 'unstable':
    case 'cannot-connect': {
      const attempt = words.attempt(connection.attempt, wait(connection.retryAt, facts, wording));
      return connection.kind === 'cannot-connect'
        ? of('offline', 'bad', words.cannotConnect, attempt, 'retry')
        : of('connecting', 'warn', words[connection.kind], attempt, 'retry');
    }
    case 'failed':
      return of('offline', 'bad', words.failed, undefined, 'retry');
    case 'offline':
      return of('offline', 'warn', words.offlineSince(wording.clock(connection.since)), undefined, 'retry');
    case 'ended':
      return of('no-entry', 'off', words.ended);
    default: {
      const unheardOf: never = connection;
      return unheardOf;
    }
  }
}

function of(
  icon: ConnectionWords['icon'],
  tone: Tone,
  state: string,
  detail?: string,
  action?: ConnectionWords['action'],
): ConnectionWords {
  return { icon, tone, state, detail, action };
}

function paused({ held }: ConnectionFacts, wording: Wording): ConnectionWords {
  const words = wording.messages.connection;
  return of(
    'pause',
    'busy',
    held > 0 ? `${words.paused} · ${words.held(wording.number(held))}` : words.paused,
  );
}

function age({ lastMessageAt, now }: ConnectionFacts, wording: Wording): string | undefined {
  if (lastMessageAt === undefined) return undefined;
  const words = wording.messages.connection;
  const ageMs = Math.max(0, now - lastMessageAt);
  return ageMs < QUIET_AFTER_MS ? words.ago(wording.roughly(ageMs)) : words.quietFor(wording.roughly(ageMs));
}

/** Rounded up: "in 0 s" is no time to wait. */
function wait(
  retryAt: number | undefined,
  { browserNow }: ConnectionFacts,
  wording: Wording,
): string | undefined {
  return retryAt === undefined || retryAt <= browserNow
    ? undefined
    : wording.roughly(Math.ceil((retryAt - browserNow) / 1000) * 1000);
}
