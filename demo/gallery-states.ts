/** Every state of both elements, as data: what the gallery shows side by side and what the tests audit. */
import type { AgentFeedElement } from '../src/elements/agent-feed-element.js';
import type { QueueTileElement } from '../src/elements/queue-tile-element.js';
import type {
  AgentStatusView,
  EventRow,
  FeedRow,
  FeedView,
  InteractionRow,
  LiveCard,
  PhaseDurations,
  Step,
  TileView,
} from '../src/protocol/views.js';
import { widgetError } from '../src/protocol/errors.js';
import type { StillNews, StillState } from './still-source.js';

/** 14:02:31 in London: when the gallery's clock starts. */
export const GALLERY_START = Date.UTC(2026, 4, 12, 13, 2, 31);

const S = 1000;
const MIN = 60 * S;
const ago = (ms: number): number => GALLERY_START - ms;

const NO_PHASES: PhaseDurations = {
  wait: undefined,
  ring: undefined,
  talk: undefined,
  hold: undefined,
  'wrap-up': undefined,
};

const SERVICE = { id: '591', name: 'Customer Service' };
const SUPPORT = { id: '592', name: 'Support' };
const BILLING = { id: '593', name: 'Billing' };

const status = (part: Partial<AgentStatusView>): AgentStatusView => ({
  agentId: 'agAglVJkg0TU28dok9y9UQKg',
  status: 4,
  since: ago(252 * S),
  reason: undefined,
  tone: 'good',
  ...part,
});

const card = (part: Partial<LiveCard>): LiveCard => ({
  guid: 'call-1',
  state: 'on-call',
  tone: 'busy',
  media: 'phone',
  direction: 'inbound',
  caller: { name: 'Ada Byron', number: '+44 •••• ••7 855' },
  queue: SERVICE,
  priority: 50,
  phaseSince: ago(100 * S),
  startedAt: ago(217 * S),
  phase: 'talk',
  durations: { ...NO_PHASES, wait: 72 * S, ring: 7 * S, hold: 38 * S },
  ringLimitMs: undefined,
  isMuted: false,
  isRecording: true,
  ...part,
});

const RINGING = card({
  state: 'ringing',
  tone: 'ring',
  phase: 'ring',
  phaseSince: ago(7.2 * S),
  startedAt: ago(79 * S),
  durations: { ...NO_PHASES, wait: 72 * S },
  ringLimitMs: 30 * S,
  isRecording: false,
});

const CHAT = card({
  guid: 'chat-1',
  media: 'chat',
  caller: { name: 'Guest 4471', number: undefined },
  queue: BILLING,
  phaseSince: ago(475 * S),
  durations: { ...NO_PHASES, wait: 20 * S },
  isRecording: false,
});

const interaction = (id: string, minutesAgo: number, part: Partial<InteractionRow>): InteractionRow => ({
  kind: 'interaction',
  id,
  guid: id,
  at: ago(minutesAgo * MIN),
  phase: 'replayed',
  media: 'phone',
  direction: 'inbound',
  caller: { name: 'A•• B••••', number: '+44 •••• ••7 855' },
  queue: SUPPORT,
  icon: 'done',
  tone: 'neutral',
  outcome: { key: 'ended-by-customer', totalMs: 401 * S },
  totalMs: 401 * S,
  durations: { wait: 58 * S, ring: 6 * S, talk: 285 * S, hold: 0, 'wrap-up': 52 * S },
  steps: undefined,
  ...part,
});

const statusRow = (id: string, minutesAgo: number, part: Partial<EventRow>): EventRow => ({
  kind: 'event',
  id,
  at: ago(minutesAgo * MIN),
  phase: 'replayed',
  icon: 'status',
  tone: 'away',
  sentence: { key: 'agent-status', status: 3, reason: { listId: '801', itemId: '1722' } },
  durationMs: 663 * S,
  ...part,
});

const STEPS: readonly Step[] = [
  { at: ago(33.5 * MIN), icon: 'queue', tone: 'neutral', sentence: { key: 'waiting', queue: BILLING } },
  {
    at: ago(32.9 * MIN),
    icon: 'ring',
    tone: 'ring',
    sentence: { key: 'offered', caller: undefined, queue: undefined, waitedMs: 38 * S },
  },
  { at: ago(32.8 * MIN), icon: 'talk', tone: 'busy', sentence: { key: 'answered', ringMs: 4 * S } },
  { at: ago(25 * MIN), icon: 'hold', tone: 'hold', sentence: { key: 'on-hold' } },
  { at: ago(23.5 * MIN), icon: 'talk', tone: 'busy', sentence: { key: 'off-hold', heldMs: 90 * S } },
  {
    at: ago(21.1 * MIN),
    icon: 'end',
    tone: 'neutral',
    sentence: { key: 'ended-by-customer', totalMs: 740 * S },
  },
  { at: ago(20.4 * MIN), icon: 'done', tone: 'neutral', sentence: { key: 'wrap-up-done', wrapUpMs: 44 * S } },
];

const CALL = interaction('r-1', 6, {});
const MISSED = interaction('r-2', 11, {
  icon: 'missed',
  tone: 'warn',
  outcome: { key: 'missed' },
  totalMs: 30 * S,
  durations: { ...NO_PHASES, wait: 41 * S, ring: 30 * S },
});
const BREAK = statusRow('r-3', 22, {});
const BILLED = interaction('r-4', 33, {
  media: 'chat',
  queue: BILLING,
  caller: { name: 'G•••• 4•••', number: undefined },
  outcome: { key: 'wrap-up-done', wrapUpMs: 44 * S },
  totalMs: 740 * S,
  durations: { wait: 38 * S, ring: 4 * S, talk: 560 * S, hold: 90 * S, 'wrap-up': 44 * S },
});
const OUTBOUND = interaction('r-5', 52, {
  direction: 'outbound',
  queue: undefined,
  outcome: { key: 'failed', reason: 'noanswer' },
  icon: 'end',
  tone: 'warn',
  totalMs: 28 * S,
  durations: { ...NO_PHASES, ring: 28 * S },
});
const DECLINED = interaction('r-6', 74, {
  media: 'video',
  outcome: { key: 'declined' },
  icon: 'missed',
  tone: 'warn',
  totalMs: 9 * S,
  durations: { ...NO_PHASES, wait: 15 * S, ring: 9 * S },
});
const LONG = interaction('r-7', 131, {
  queue: { id: '599', name: 'Complaints, returns and everything else that nobody else takes' },
  caller: { name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Senior', number: '+49 ••• ••• 12' },
  outcome: { key: 'ended-by-agent', totalMs: 5529 * S },
  totalMs: 5529 * S,
});
const AVAILABLE = statusRow('r-8', 290, {
  tone: 'good',
  sentence: { key: 'agent-status', status: 4, reason: undefined },
  durationMs: 9540 * S,
});
const YESTERDAY = interaction('r-9', 60 * 21, {
  media: 'email',
  queue: BILLING,
  outcome: { key: 'ended-by-agent', totalMs: 1810 * S },
  totalMs: 1810 * S,
});
const DAY_BEFORE = statusRow('r-10', 60 * 45, {
  tone: 'off',
  sentence: { key: 'agent-status', status: 1, reason: undefined },
  durationMs: 27 * 3600 * S,
});

const ROWS: readonly FeedRow[] = [
  CALL,
  MISSED,
  BREAK,
  BILLED,
  OUTBOUND,
  DECLINED,
  LONG,
  AVAILABLE,
  YESTERDAY,
  DAY_BEFORE,
];

const gapBetween = (fromMs: number, toMs: number): FeedRow => ({
  kind: 'gap',
  id: 'gap-1',
  at: ago(9 * MIN),
  phase: 'missed',
  gap: {
    kind: 'history-expired',
    from: { messageId: 'a', publishTime: ago(fromMs) },
    to: { messageId: 'b', publishTime: ago(toMs) },
  },
});

export const feedView = (part: Partial<FeedView>): FeedView => ({
  kind: 'feed',
  status: status({}),
  live: [],
  rows: ROWS,
  heldRows: 0,
  missedRows: 0,
  ...part,
});

const openDetails = (feed: AgentFeedElement): void =>
  feed.shadowRoot?.querySelector<HTMLElement>('[aria-controls="details"]')?.click();
const LIVE = { kind: 'live', since: ago(20 * MIN) } as const;
const HANDLING = status({ status: 7, tone: 'busy', since: ago(138 * S) });
const DROPPED = { kind: 'closed', code: 1006, reason: '' } as const;

export interface FeedExample {
  readonly name: string;
  readonly state: Partial<StillState<FeedView>>;
  readonly news?: StillNews<FeedView>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly prepare?: (feed: AgentFeedElement) => void;
}

export const FEED_EXAMPLES: readonly FeedExample[] = [
  {
    name: 'ringing, rows from while you were away',
    state: {
      connection: LIVE,
      lastMessageAt: ago(2 * S),
      view: feedView({
        live: [RINGING],
        rows: ROWS.map((row, index) => (index < 3 ? { ...row, phase: 'missed' } : row)),
        missedRows: 3,
        status: status({ status: 6, tone: 'ring', since: ago(7 * S) }),
      }),
    },
  },
  {
    name: 'on call, a chat beside it, a row open',
    state: {
      connection: LIVE,
      lastMessageAt: ago(4 * S),
      view: feedView({
        status: HANDLING,
        live: [card({}), CHAT],
        rows: ROWS.map((row) =>
          row.id === 'r-4' && row.kind === 'interaction' ? { ...row, steps: STEPS } : row,
        ),
      }),
    },
    prepare: (feed) => feed.shadowRoot?.querySelector<HTMLElement>('[data-row="r-4"] button')?.click(),
  },
  {
    name: 'on hold and muted',
    state: {
      connection: LIVE,
      lastMessageAt: ago(1 * S),
      view: feedView({
        status: HANDLING,
        live: [
          card({
            state: 'on-hold',
            tone: 'hold',
            phase: 'hold',
            phaseSince: ago(38 * S),
            durations: { ...NO_PHASES, wait: 72 * S, ring: 7 * S, talk: 100 * S },
            isMuted: true,
            priority: 80,
          }),
        ],
      }),
    },
  },
  {
    name: 'wrap-up',
    state: {
      connection: LIVE,
      lastMessageAt: ago(12 * S),
      view: feedView({
        status: status({ status: 8, tone: 'hold', since: ago(21 * S) }),
        live: [
          card({
            state: 'wrap-up',
            tone: 'hold',
            phase: 'wrap-up',
            phaseSince: ago(21 * S),
            durations: { ...NO_PHASES, wait: 72 * S, ring: 7 * S, talk: 285 * S, hold: 38 * S },
            isRecording: false,
          }),
        ],
      }),
    },
  },
  {
    name: 'available, quiet',
    state: { connection: LIVE, lastMessageAt: ago(12 * MIN), view: feedView({}) },
  },
  {
    name: 'on break with a reason',
    state: {
      connection: LIVE,
      lastMessageAt: ago(31 * S),
      view: feedView({
        status: status({
          status: 3,
          tone: 'away',
          since: ago(18 * MIN),
          reason: { listId: '801', itemId: '1722' },
        }),
      }),
    },
  },
  {
    name: 'paused, 12 held',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({ heldRows: 12 }) },
    prepare: (feed) => feed.pause(),
  },
  {
    name: 'reading further down, 4 new',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({ heldRows: 4 }) },
  },
  {
    name: 'a gap in its place',
    state: {
      connection: LIVE,
      lastMessageAt: ago(3 * S),
      view: feedView({
        rows: [CALL, gapBetween(10 * MIN, 7 * MIN), ...ROWS.slice(1)],
      }),
    },
  },
  {
    name: 'a gap in its place, opened',
    state: {
      connection: LIVE,
      lastMessageAt: ago(3 * S),
      view: feedView({ rows: [CALL, gapBetween(10 * MIN, 7 * MIN), ...ROWS.slice(1)] }),
    },
    prepare: (feed) => feed.shadowRoot?.querySelector<HTMLElement>('.row.gap button')?.click(),
  },
  {
    name: 'a gap over a night',
    state: {
      connection: LIVE,
      lastMessageAt: ago(3 * S),
      view: feedView({
        rows: [
          CALL,
          gapBetween(1200 * MIN, 9 * MIN),
          ...ROWS.slice(1).map((row) => ({ ...row, at: row.at - 1200 * MIN })),
        ],
      }),
    },
  },
  { name: 'connecting', state: { connection: { kind: 'connecting', since: ago(S) } } },
  {
    name: 'connecting for a while, details open',
    state: { connection: { kind: 'connecting', since: ago(32 * S) } },
    prepare: openDetails,
  },
  {
    name: 'catching up',
    state: { connection: { kind: 'catching-up', since: ago(2 * S), taken: 240 }, view: feedView({}) },
  },
  {
    name: 'live, empty',
    state: { connection: LIVE, lastMessageAt: ago(5 * MIN), view: feedView({ rows: [] }) },
  },
  {
    name: 'live, nothing for ten minutes',
    state: { connection: LIVE, view: feedView({ rows: [], status: undefined }) },
  },
  {
    name: 'reconnecting',
    state: {
      connection: {
        kind: 'reconnecting',
        since: ago(9 * S),
        attempt: 3,
        retryAt: ago(-4 * S),
        cause: DROPPED,
      },
      lastMessageAt: ago(10 * S),
      view: feedView({ status: HANDLING, live: [card({})] }),
    },
  },
  {
    name: 'the browser holds the try back, details open',
    state: {
      connection: {
        kind: 'reconnecting',
        since: ago(50 * S),
        attempt: 10,
        retryAt: undefined,
        heldUntil: ago(-12 * S),
        cause: { kind: 'never-opened' },
      },
      lastMessageAt: ago(60 * S),
      view: feedView({}),
    },
    prepare: openDetails,
  },
  {
    name: 'offline',
    state: {
      connection: { kind: 'offline', since: ago(40 * S), retryAt: undefined },
      lastMessageAt: ago(60 * S),
      view: feedView({}),
    },
  },
  {
    name: 'cannot connect',
    state: {
      connection: {
        kind: 'cannot-connect',
        since: ago(50 * S),
        attempt: 5,
        retryAt: ago(-8 * S),
        cause: { kind: 'never-opened' },
      },
    },
  },
  {
    name: 'the service can’t be reached, details open',
    state: {
      connection: {
        kind: 'reconnecting',
        since: ago(50 * S),
        attempt: 5,
        retryAt: ago(-8 * S),
        cause: { kind: 'never-opened', host: 'unreachable' },
      },
      view: feedView({}),
    },
    prepare: openDetails,
  },
  {
    name: 'access refused',
    state: {
      connection: {
        kind: 'auth-suspected',
        since: ago(50 * S),
        attempt: 4,
        retryAt: ago(-288 * S),
        cause: { kind: 'never-opened', host: 'reachable' },
      },
    },
  },
  {
    name: 'live, details open',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({}) },
    prepare: openDetails,
  },
  {
    name: 'live without a worker, details open',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({}), workerRoute: 'page' },
    prepare: openDetails,
  },
  {
    name: 'blocked by the page’s policy',
    state: {
      connection: {
        kind: 'cannot-connect',
        since: ago(50 * S),
        attempt: 2,
        retryAt: ago(-8 * S),
        cause: { kind: 'blocked', by: 'policy', source: 'wss://pulsar-ws-euw2.8x8.com' },
      },
    },
  },
  {
    name: 'an https page and a ws: endpoint',
    state: {
      connection: {
        kind: 'cannot-connect',
        since: ago(50 * S),
        attempt: 2,
        retryAt: ago(-250 * S),
        cause: { kind: 'blocked', by: 'mixed-content', source: 'ws://relay.example' },
      },
    },
  },
  {
    name: 'disconnected by the page, details open',
    state: { connection: { kind: 'idle', since: ago(50 * S), reason: 'disconnected' }, view: feedView({}) },
    prepare: openDetails,
  },
  {
    name: 'disconnected by the page on an empty day',
    state: {
      connection: { kind: 'idle', since: ago(50 * S), reason: 'disconnected' },
      view: feedView({ rows: [] }),
    },
  },
  {
    name: 'no worker could be started',
    state: { connection: { kind: 'idle', since: ago(5 * S), reason: 'no-worker' } },
    news: {
      errors: [
        widgetError(
          'worker-unavailable',
          'No worker could be started (inline: blocked; page: stopped). The next try is in 1 min.',
        ),
      ],
    },
  },
  {
    name: 'reconnecting on an empty day',
    state: {
      connection: {
        kind: 'reconnecting',
        since: ago(3 * S),
        attempt: 1,
        retryAt: ago(-2 * S),
        cause: { kind: 'lifecycle' },
      },
      view: feedView({ rows: [] }),
    },
  },
  {
    name: 'ended',
    state: { connection: { kind: 'ended', since: ago(50 * S) }, view: feedView({ rows: [] }) },
  },
  {
    name: 'not set up',
    state: {
      setup: { kind: 'unconfigured', missing: ['region or endpoint', 'tenant', 'agent-id or topic'] },
    },
  },
  {
    name: 'set up wrongly',
    state: {
      setup: {
        kind: 'invalid',
        error: widgetError(
          'unknown-region',
          'Region “uk9” is not known: use uk3, us1 or us2, or give an endpoint.',
        ),
      },
    },
  },
  {
    name: 'storage on memory',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({}) },
    news: { errors: [widgetError('storage-unavailable', 'IndexedDB is not available here.')] },
  },
  {
    name: 'a wrong attribute, a message that could not be read',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: feedView({}) },
    attributes: { 'max-items': '-1' },
  },
];

export const tileView = (part: Partial<TileView>): TileView => ({
  kind: 'tile',
  queue: SUPPORT,
  waiting: 7,
  ringing: 2,
  longestWaitSince: ago(161 * S),
  serviceLevel: 0.82,
  entered: 103,
  answered: 41,
  abandoned: 2,
  shortAbandoned: 1,
  abandonRate: 0.039,
  finished: 44,
  sparkline: [0, 0, 1, 1, 2, 2, 3, 3, 4, 6, 6, 7, 9, 8, 8, 6, 5, 5, 4, 3, 3, 2, 2, 3, 4, 5, 5, 6, 8, 7],
  coverage: { since: ago(290 * MIN), isPartial: true },
  ...part,
});

const CALM = tileView({
  waiting: 0,
  ringing: 0,
  longestWaitSince: undefined,
  serviceLevel: 0.94,
  coverage: { since: ago(290 * MIN), isPartial: false },
  sparkline: [1, 0, 0, 1, 1, 0, 0, 2, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0],
});

export interface TileExample {
  readonly name: string;
  readonly state: Partial<StillState<TileView>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly prepare?: (tile: QueueTileElement) => void;
}

export const TILE_EXAMPLES: readonly TileExample[] = [
  { name: 'over target', state: { connection: LIVE, lastMessageAt: ago(2 * S), view: tileView({}) } },
  {
    name: 'calm',
    state: { connection: LIVE, lastMessageAt: ago(2 * S), view: CALM },
    attributes: { 'sla-threshold': '60' },
  },
  {
    name: 'near target',
    state: {
      connection: LIVE,
      lastMessageAt: ago(2 * S),
      view: tileView({ waiting: 3, serviceLevel: 0.74, longestWaitSince: ago(50 * S) }),
    },
    attributes: { 'sla-threshold': '60' },
  },
  {
    name: 'few calls',
    state: {
      connection: LIVE,
      lastMessageAt: ago(2 * S),
      view: tileView({
        waiting: 1,
        ringing: 1,
        finished: 2,
        answered: 2,
        abandoned: 0,
        abandonRate: 0,
        serviceLevel: 1,
        longestWaitSince: ago(6 * S),
      }),
    },
  },
  {
    name: 'nothing known yet',
    state: {
      connection: LIVE,
      lastMessageAt: ago(2 * S),
      view: tileView({
        waiting: undefined,
        ringing: undefined,
        longestWaitSince: undefined,
        serviceLevel: undefined,
        entered: undefined,
        answered: undefined,
        abandoned: undefined,
        abandonRate: undefined,
        finished: 0,
        sparkline: [],
        coverage: { since: undefined, isPartial: true },
      }),
    },
  },
  {
    name: 'reconnecting',
    state: {
      connection: {
        kind: 'reconnecting',
        since: ago(5 * S),
        attempt: 2,
        retryAt: ago(-3 * S),
        cause: DROPPED,
      },
      view: tileView({}),
    },
  },
  {
    name: 'old numbers',
    state: { connection: { kind: 'offline', since: ago(80 * S), retryAt: undefined }, view: tileView({}) },
  },
  { name: 'connecting', state: { connection: { kind: 'connecting', since: ago(12 * S) } } },
  {
    name: 'unstable',
    state: {
      connection: {
        kind: 'unstable',
        since: ago(80 * S),
        attempt: 4,
        retryAt: ago(-28 * S),
        cause: DROPPED,
      },
      view: tileView({}),
    },
  },
  { name: 'nothing for ten minutes', state: { connection: { kind: 'live', since: ago(10 * MIN) } } },
  { name: 'ended', state: { connection: { kind: 'ended', since: ago(80 * S) }, view: CALM } },
  {
    name: 'disconnected by the page',
    state: { connection: { kind: 'idle', since: ago(80 * S), reason: 'disconnected' }, view: CALM },
  },
  {
    name: 'access refused',
    state: {
      connection: {
        kind: 'auth-suspected',
        since: ago(80 * S),
        attempt: 4,
        retryAt: ago(-288 * S),
        cause: { kind: 'never-opened', host: 'reachable' },
      },
    },
  },
  { name: 'no queue', state: { connection: LIVE }, attributes: { 'queue-id': '' } },
  {
    name: 'set up wrongly',
    state: {
      setup: { kind: 'invalid', error: widgetError('invalid-tenant', 'Tenant “a/b” may not contain “/”.') },
    },
  },
];
