/**
 * Every situation that the connection can be in and everything that can happen to it, by the names of
 * docs/connection-states.md. The records are typed by the reducer's own unions, so that a state or an event that is
 * forgotten here does not compile.
 */
import { nextDeadline } from '../../../src/worker/connection-deadlines.js';
import { UNSTABLE_AFTER } from '../../../src/worker/connection-state.js';
import type { ConnectionEvent, ConnectionState, Step, Trail } from '../../../src/worker/connection-state.js';

/** All situations are looked at in this moment. */
export const NOW = 1_000_000;

export interface Situation<S extends ConnectionState = ConnectionState> {
  readonly state: S;
  /** When a data frame last came. */
  readonly lastDataAt: number;
  /** Later than the last data while answers are held back. */
  readonly silentSince?: number;
  /** The socket has brought something new: the usual case of an open one. */
  readonly hasNews?: boolean;
  /** The browser itself holds dials back. */
  readonly heldUntil?: number;
}

type Kind = ConnectionState['kind'];
type Open = Extract<ConnectionState, { kind: 'open' }>;

const trail: Trail = {
  since: NOW - 20_000,
  attempts: 2,
  hasOpened: true,
  position: 'carry',
  refusals: 0,
  isOffline: false,
  isTakingOver: false,
  drops: 0,
  tooBig: 0,
  unproven: 0,
  cause: { kind: 'closed', code: 1006, reason: '' },
};
const idle = { kind: 'idle', since: 0, isOffline: false } as const;
const BLOCKED = { kind: 'blocked', by: 'policy', source: 'wss://relay.example' } as const;
const dialing = { ...trail, kind: 'dialing', giveUpAt: NOW + 5_000 } as const;
const away = { ...trail, kind: 'away' } as const;
const waiting = { ...trail, kind: 'waiting', retryAt: NOW + 5_000, dueAt: NOW + 5_000 } as const;
const live: Open = {
  ...trail,
  kind: 'open',
  openedAt: NOW - 20_000,
  answeredAt: NOW - 20_000,
  askedAt: NOW - 20_000,
  listeningSince: NOW - 20_000,
  isCaughtUp: true,
  keepalive: { kind: 'quiet' },
  proveBy: undefined,
};
const asked = { kind: 'asked', askedAt: NOW - 2_000, replyBy: NOW + 8_000 } as const;
const proving = { ...live, isCaughtUp: false, proveBy: NOW - 10_000 } as const;

export const SITUATIONS: {
  readonly [K in Kind]: Readonly<Record<string, Situation<Extract<ConnectionState, { kind: K }>>>>;
} = {
  idle: {
    idle: { state: idle, lastDataAt: -Infinity },
    'idle, offline': { state: { ...idle, isOffline: true }, lastDataAt: -Infinity },
  },
  dialing: {
    dialing: { state: dialing, lastDataAt: NOW - 60_000 },
    'dialing, third refusal near': { state: { ...dialing, refusals: 2 }, lastDataAt: NOW - 60_000 },
    'dialing, offline': { state: { ...dialing, isOffline: true }, lastDataAt: NOW - 60_000 },
    'dialing, taking over': { state: { ...dialing, isTakingOver: true }, lastDataAt: NOW - 60_000 },
    'dialing, held back': { state: dialing, lastDataAt: NOW - 60_000, heldUntil: NOW + 30_000 },
    probe: { state: { ...dialing, position: 'probe' }, lastDataAt: NOW - 60_000 },
    confirm: { state: { ...dialing, position: 'confirm' }, lastDataAt: NOW - 60_000 },
    without: { state: { ...dialing, position: 'without' }, lastDataAt: NOW - 60_000 },
  },
  waiting: {
    waiting: { state: waiting, lastDataAt: NOW - 60_000 },
    'waiting, then probe': { state: { ...waiting, position: 'probe' }, lastDataAt: NOW - 60_000 },
    'waiting for room': {
      state: { ...waiting, retryAt: Infinity, dueAt: Infinity, cause: { kind: 'no-room' } },
      lastDataAt: NOW - 60_000,
    },
    'waiting, held': { state: { ...waiting, retryAt: NOW + 300_000 }, lastDataAt: NOW - 60_000 },
    'waiting, offline': { state: { ...waiting, isOffline: true }, lastDataAt: NOW - 60_000 },
    'waiting, blocked': { state: { ...waiting, cause: BLOCKED }, lastDataAt: NOW - 60_000 },
    'waiting, blocked, offline': {
      state: { ...waiting, cause: BLOCKED, isOffline: true },
      lastDataAt: NOW - 60_000,
    },
  },
  away: {
    away: { state: away, lastDataAt: NOW - 60_000 },
    'away, offline': { state: { ...away, isOffline: true }, lastDataAt: NOW - 60_000 },
  },
  open: {
    'proving, asked': {
      state: {
        ...proving,
        openedAt: NOW - 2_000,
        answeredAt: NOW - 2_000,
        proveBy: NOW + 8_000,
        keepalive: asked,
      },
      lastDataAt: NOW - 60_000,
    },
    proving: {
      state: { ...proving, openedAt: NOW - 2_000, answeredAt: NOW - 1_000, proveBy: NOW + 8_000 },
      lastDataAt: NOW - 60_000,
    },
    'proving, taking over': {
      state: {
        ...proving,
        isTakingOver: true,
        openedAt: NOW - 100,
        answeredAt: NOW - 100,
        proveBy: NOW + 9_900,
      },
      lastDataAt: NOW - 60_000,
    },
    'proving, nothing came': {
      state: { ...proving, answeredAt: NOW - 100, askedAt: NOW - 200 },
      lastDataAt: NOW - 60_000,
    },
    'proving, nothing came twice': {
      state: { ...proving, answeredAt: NOW - 100, askedAt: NOW - 200, unproven: 1 },
      lastDataAt: NOW - 60_000,
    },
    'proving, silence answered': {
      state: { ...proving, answeredAt: NOW - 100, askedAt: NOW - 200 },
      lastDataAt: NOW - 15_000,
    },
    'catching-up': { state: { ...live, isCaughtUp: false }, lastDataAt: NOW - 100 },
    'catching-up, silence answered': {
      state: { ...live, isCaughtUp: false, answeredAt: NOW - 50, askedAt: NOW - 90 },
      lastDataAt: NOW - 600,
    },
    'catching-up, nothing yet': {
      state: { ...live, isCaughtUp: false, openedAt: NOW - 1_000, answeredAt: NOW - 1_000 },
      lastDataAt: NOW - 60_000,
    },
    live: { state: live, lastDataAt: NOW - 1_000 },
    'live, offline': { state: { ...live, isOffline: true }, lastDataAt: NOW - 1_000 },
    'live, asked': { state: { ...live, keepalive: asked }, lastDataAt: NOW - 30_000 },
    'live, asked on wake-up': {
      state: { ...live, keepalive: { ...asked, replyBy: NOW + 3_000 } },
      lastDataAt: NOW - 30_000,
    },
    'live, silent for ten minutes': {
      state: {
        ...live,
        openedAt: NOW - 700_000,
        answeredAt: NOW - 25_000,
        listeningSince: NOW - 700_000,
      },
      lastDataAt: NOW - 600_000,
    },
    'live, silent for a sleep of ten minutes': {
      state: {
        ...live,
        openedAt: NOW - 700_000,
        answeredAt: NOW - 600_000,
        listeningSince: NOW - 700_000,
      },
      lastDataAt: NOW - 600_000,
    },
    'live, quiet from the start': {
      state: {
        ...live,
        openedAt: NOW - 700_000,
        answeredAt: NOW - 25_000,
        listeningSince: NOW - 700_000,
      },
      lastDataAt: NOW - 700_000,
      hasNews: false,
    },
    'live, held back': {
      state: { ...live, openedAt: NOW - 60_000, answeredAt: NOW - 25_000 },
      lastDataAt: NOW - 25_000,
      silentSince: NOW,
    },
    'catching-up, held back': {
      state: { ...live, isCaughtUp: false, openedAt: NOW - 60_000, answeredAt: NOW - 25_000 },
      lastDataAt: NOW - 25_000,
      silentSince: NOW,
    },
    unstable: {
      state: { ...live, openedAt: NOW - 200, answeredAt: NOW - 200, drops: 3 },
      lastDataAt: NOW - 100,
    },
    'live, too big before': {
      state: { ...live, tooBig: 3 },
      lastDataAt: NOW - 1_000,
    },
    'live, asked, data since': { state: { ...live, keepalive: asked }, lastDataAt: NOW - 1_000 },
  },
  failed: {
    failed: {
      state: { kind: 'failed', since: NOW - 1_000, cause: { kind: 'closed', code: 1009, reason: '' } },
      lastDataAt: NOW - 2_000,
    },
  },
  ended: {
    ended: { state: { ...trail, kind: 'ended', openedAt: NOW - 20_000 }, lastDataAt: NOW - 2_000 },
  },
};

type EventMaker = (situation: Situation) => ConnectionEvent;

const closed =
  (hadPosition: boolean, code = 1006): EventMaker =>
  ({ lastDataAt }) => ({
    kind: 'closed',
    now: NOW,
    chance: 0.5,
    cause: { kind: 'closed', code, reason: '' },
    hadPosition,
    lastDataAt,
  });

const clock =
  (offsetMs: number): EventMaker =>
  ({ state, lastDataAt, silentSince = lastDataAt, hasNews = true, heldUntil = 0 }) => {
    const traffic = { lastDataAt, lastFrameAt: lastDataAt, silentSince, hasNews, heldUntil };
    const due = nextDeadline(state, traffic) ?? NOW + 1_000_000;
    return {
      kind: 'clock',
      now: offsetMs < 0 ? due + offsetMs : Math.max(due, NOW),
      chance: 0.5,
      traffic,
    };
  };

export const EVENTS: Readonly<Record<ConnectionEvent['kind'], Readonly<Record<string, EventMaker>>>> = {
  start: { start: () => ({ kind: 'start', now: NOW }) },
  opened: {
    'opened, must prove': () => ({ kind: 'opened', now: NOW, mustProve: true, isAtLatest: false }),
    'opened, nothing to prove': () => ({ kind: 'opened', now: NOW, mustProve: false, isAtLatest: false }),
    'opened at latest': () => ({ kind: 'opened', now: NOW, mustProve: false, isAtLatest: true }),
  },
  closed: {
    'closed, dial with position': closed(true),
    'closed, dial without': closed(false),
    'closed, too big': closed(true, 1009),
  },
  handover: { 'handed over': () => ({ kind: 'handover', now: NOW, chance: 0.5, lastDataAt: NOW }) },
  proven: { proven: () => ({ kind: 'proven', now: NOW }) },
  'caught-up': { 'caught up': () => ({ kind: 'caught-up', now: NOW }) },
  'end-of-topic': {
    'end of topic: no': () => ({ kind: 'end-of-topic', now: NOW, isEnded: false }),
    'end of topic: yes': () => ({ kind: 'end-of-topic', now: NOW, isEnded: true }),
  },
  news: { news: () => ({ kind: 'news', now: NOW }) },
  clock: { 'clock, early': clock(-1), 'clock, due': clock(0) },
  'no-room': { 'no room': () => ({ kind: 'no-room', now: NOW }) },
  room: { room: () => ({ kind: 'room', now: NOW }) },
  retry: { retry: () => ({ kind: 'retry', now: NOW }) },
  credential: { credential: () => ({ kind: 'credential', now: NOW }) },
  'renewed-key': { 'renewed key': () => ({ kind: 'renewed-key', now: NOW }) },
  hold: {
    hold: () => ({ kind: 'hold', now: NOW, until: NOW + 300_000 }),
    'hold set back': () => ({ kind: 'hold', now: NOW, until: NOW }),
  },
  wake: { wake: () => ({ kind: 'wake', now: NOW }) },
  slept: { slept: () => ({ kind: 'slept', now: NOW, since: NOW - 15_000 }) },
  online: { online: () => ({ kind: 'online', now: NOW }) },
  offline: { offline: () => ({ kind: 'offline', now: NOW }) },
  leave: { leave: ({ lastDataAt }) => ({ kind: 'leave', now: NOW, lastDataAt }) },
  stop: { stop: () => ({ kind: 'stop', now: NOW }) },
};

/** One cell of the table: where the step leads, and what it asks for. */
export function describeStep(before: ConnectionState, { state, effects }: Step): string {
  if (state === before) return effects.length === 0 ? '–' : 'a no-op with effects';
  const asks = effects.map((effect) =>
    effect.kind === 'dial' ? `dial ${effect.carriesPosition ? 'with' : 'without'} position` : effect.kind,
  );
  return [nameOf(state), ...asks].join('; ');
}

function nameOf(state: ConnectionState): string {
  switch (state.kind) {
    case 'idle':
      return named('idle', state.isOffline && 'offline');
    case 'failed':
    case 'ended':
      return state.kind;
    case 'away':
      return named('away', state.isOffline && 'offline', state.drops >= UNSTABLE_AFTER && 'unstable');
    case 'dialing':
      return named(
        state.position === 'carry' ? 'dialing' : state.position,
        state.isOffline && 'offline',
        state.isTakingOver && 'taking over',
      );
    case 'waiting':
      return named(
        'waiting',
        state.retryAt === Infinity && 'for room',
        state.retryAt > state.dueAt && 'held',
        state.isOffline && 'offline',
        state.position !== 'carry' && `then ${state.position}`,
        state.attempts === 1 && 'count cleared',
        state.drops >= UNSTABLE_AFTER && 'unstable',
      );
    case 'open': {
      const phase = state.isCaughtUp ? 'live' : state.proveBy === undefined ? 'catching-up' : 'proving';
      return named(
        phase,
        state.keepalive.kind === 'asked' && 'asked',
        state.isOffline && 'offline',
        state.isTakingOver && 'taking over',
        state.drops >= UNSTABLE_AFTER && 'unstable',
      );
    }
    default:
      return state satisfies never;
  }
}

function named(name: string, ...conditions: readonly (string | false)[]): string {
  return [name, ...conditions.filter((condition) => condition !== false)].join(', ');
}
