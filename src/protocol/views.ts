/**
 * What the worker hands to the page: rows to draw and numbers to draw, small whatever the event rate. All times are
 * ms since the epoch by the *service's* clock; the page adds `clockSkewMs` to compare them with its own.
 */
import type { Gap } from './connection-status.js';
import type { CallerLabel, QueueRef, Sentence } from './sentence.js';
import type { AgentStatusCode, Direction, EventPhase, Media, ReasonCode } from './stream-event.js';

/** Meaning of a row or state; each has a colour, an icon and a word. */
export type Tone = 'neutral' | 'good' | 'ring' | 'busy' | 'hold' | 'away' | 'warn' | 'bad' | 'off';

export type IconName =
  | Media
  | 'queue'
  | 'ring'
  | 'talk'
  | 'missed'
  | 'leave'
  | 'timeout'
  | 'hold'
  | 'mute'
  | 'recording'
  | 'wrap-up'
  | 'done'
  | 'end'
  | 'transfer'
  | 'people'
  | 'status'
  | 'skill'
  | 'gap'
  | 'dot';

/** How callers are shown: `all` masks names and numbers, `numbers` numbers only. */
export type Mask = 'all' | 'numbers' | 'none';

export interface AgentStatusView {
  readonly agentId: string;
  readonly status: AgentStatusCode;
  readonly since: number;
  readonly reason: ReasonCode | undefined;
  readonly tone: Tone;
}

/** Phases of an interaction, in the order of the phase strip. */
export type PhaseName = 'wait' | 'ring' | 'talk' | 'hold' | 'wrap-up';

/** Time spent in each phase so far, ms, without the running one; `undefined` = never entered or not known. */
export type PhaseDurations = Readonly<Record<PhaseName, number | undefined>>;

/** The state word of a card. */
export type LiveState = 'waiting' | 'ringing' | 'calling' | 'on-call' | 'on-hold' | 'wrap-up';

/** One open interaction. */
export interface LiveCard {
  readonly guid: string;
  readonly state: LiveState;
  readonly tone: Tone;
  readonly media: Media | undefined;
  readonly direction: Direction | undefined;
  readonly caller: CallerLabel | undefined;
  readonly queue: QueueRef | undefined;
  readonly priority: number | undefined;
  /** When the present phase began. */
  readonly phaseSince: number;
  /** When the caller began to wait, the agent was offered, or the call was made: the start of the total. */
  readonly startedAt: number;
  readonly phase: PhaseName;
  readonly durations: PhaseDurations;
  /** Set while ringing: how long the agent has to answer. */
  readonly ringLimitMs: number | undefined;
  readonly isMuted: boolean;
  readonly isRecording: boolean;
}

/** One line of an opened row. */
export interface Step {
  readonly at: number;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly sentence: Sentence;
}

interface RowBase {
  /** Stable and unique within a view: the list is keyed by it. */
  readonly id: string;
  /** When it happened: an interaction when it ended, a status when it began. Rows stand in this order. */
  readonly at: number;
  /** Of its newest event. */
  readonly phase: EventPhase;
}

/** All events of one ended interaction; an open one is a {@link LiveCard}. */
export interface InteractionRow extends RowBase {
  readonly kind: 'interaction';
  readonly guid: string;
  readonly media: Media | undefined;
  readonly direction: Direction | undefined;
  readonly caller: CallerLabel | undefined;
  readonly queue: QueueRef | undefined;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly outcome: Sentence;
  readonly totalMs: number | undefined;
  readonly durations: PhaseDurations;
  /** Sent only for rows that the page has opened (`FeedRequest.expanded`). */
  readonly steps: readonly Step[] | undefined;
}

/** An agent status, a skill change, or (with `group="none"`) any single event. */
export interface EventRow extends RowBase {
  readonly kind: 'event';
  readonly icon: IconName;
  readonly tone: Tone;
  readonly sentence: Sentence;
  /** How long the state lasted, once the next one came. */
  readonly durationMs: number | undefined;
}

/** Events that are lost, in their place. */
export interface GapRow extends RowBase {
  readonly kind: 'gap';
  readonly gap: Gap;
}

export type FeedRow = InteractionRow | EventRow | GapRow;

export interface FeedView {
  readonly kind: 'feed';
  /** `undefined` until the stream has said something about the agent. */
  readonly status: AgentStatusView | undefined;
  /** Oldest ringing first, then by start. */
  readonly live: readonly LiveCard[];
  /** Newest first, at most `maxItems`. */
  readonly rows: readonly FeedRow[];
  /** Rows that would be new at the top were the view not held. */
  readonly heldRows: number;
  /** Rows whose newest event came while no page was there. */
  readonly missedRows: number;
}

/** What a number rests on: since when the queue has been watched without a hole. */
export interface Coverage {
  /** `undefined` while nothing has been read. */
  readonly since: number | undefined;
  /** The window reaches further back than `since`, so visits may be missing. */
  readonly isPartial: boolean;
}

/** Definitions and formulas: docs/metrics.md. `undefined` is "unknown" and is drawn as a dash, never as 0. */
export interface TileView {
  readonly kind: 'tile';
  readonly queue: QueueRef;
  /** Queued or offered, not yet accepted. */
  readonly waiting: number | undefined;
  /** Of which offered to an agent now. */
  readonly ringing: number | undefined;
  /** When the longest waiting visit entered the queue; `undefined` when nobody waits. The page ticks. */
  readonly longestWaitSince: number | undefined;
  /** Accepted within the threshold, of entries without short abandons; 0 to 1. */
  readonly serviceLevel: number | undefined;
  readonly entered: number | undefined;
  readonly answered: number | undefined;
  readonly abandoned: number | undefined;
  readonly shortAbandoned: number | undefined;
  /** Abandoned of entered, 0 to 1. */
  readonly abandonRate: number | undefined;
  /** Visits that ended in the window: below 5 a service level has too few calls to be coloured. */
  readonly finished: number;
  /** Waiting, sampled at the end of each of the last 30 minutes, oldest first; `undefined` before coverage. */
  readonly sparkline: readonly (number | undefined)[];
  readonly coverage: Coverage;
}

export type View = FeedView | TileView;

/** Why a feed's rows stand still: the reader asked (`paused`), or is reading further down (`reading`). */
export type Hold = 'none' | 'paused' | 'reading';

export interface FeedRequest {
  readonly kind: 'feed';
  /** Whose status the chip shows; `undefined` shows the agent of the newest status event. */
  readonly agentId: string | undefined;
  /** Most rows in the view. */
  readonly maxItems: number;
  readonly group: 'interaction' | 'none';
  readonly mask: Mask;
  readonly hold: Hold;
  /** Ids of rows whose steps are wanted. */
  readonly expanded: readonly string[];
  /** Whether the element has `emit-events`. */
  readonly wantsEvents: boolean;
}

export interface TileRequest {
  readonly kind: 'tile';
  readonly queueId: string;
  readonly windowMs: number;
  readonly slaThresholdMs: number;
  readonly shortAbandonMs: number;
  readonly mask: Mask;
  readonly wantsEvents: boolean;
}

export type ViewRequest = FeedRequest | TileRequest;
