/**
 * The vocabulary of the connection: its states, what happens to it, what it asks for, and its numbers. The two questions
 * that a state answers are `connection-deadlines.ts` (when is the clock due) and `connection-shown.ts` (what does the user
 * see); the moves between states are `connection-reducer.ts`.
 */
import type { DropCause } from '../protocol/connection-status.js';

/** 8x8's connection guide recommends 45 s. They begin when the browser has probably let the dial go. */
export const CONNECT_TIMEOUT_MS = 45_000;
/** Pulsar's proxy ends a session that was idle for 300 s, load balancers often after 60 s. */
export const KEEPALIVE_AFTER_MS = 25_000;
export const KEEPALIVE_REPLY_MS = 10_000;
/** After a wake-up the socket is suspect, so the question comes at once and waits less. */
export const PROBE_REPLY_MS = 5_000;
/** The last message is delivered again at once; a topic that says nothing for so long does not have it. */
export const PROOF_TIMEOUT_MS = 10_000;
/** The longest that it becomes where a service was silent for so long and had the message after all. */
export const MAX_PROOF_TIMEOUT_MS = 160_000;
/**
 * Sockets in a row over which a position is silent before it is called unknown: one reader of a service may be stuck
 * while its proxy answers questions, and another is then fed at once.
 */
export const UNPROVEN_SOCKETS = 2;
/** An open socket that lived so long, and delivered something, clears the count of failed tries. */
export const HEALTHY_AFTER_MS = 10_000;
/** Silence after a message that ends catching up when the clocks cannot tell. */
export const QUIET_MS = 500;
/** Failed dials in a row with a position before one is tried without it. */
export const POSITION_SUSPECT_AFTER = 3;
/**
 * A reader can be there, answer questions and be fed nothing more. Only a stream that had something to say on this
 * socket is suspected, so that a quiet topic costs one handshake after its last message and none after that.
 */
export const MAX_SILENCE_MS = 600_000;
/** Awake, one hears something every 35 s or gives the socket up; hidden pages' timers may add a minute. */
export const MAX_AWAKE_SILENCE_MS = 120_000;
/** Sessions in a row that opened and were lost before they had lasted, or were never heard of. */
export const UNSTABLE_AFTER = 3;
/** Retries after "message too big" (1009), which says that the next try meets the same message. */
export const MAX_TOO_BIG = 3;
/** How long a hand-over may take before the user is told that something is missing. */
export const HANDOVER_LIMIT_MS = 5_000;
/** A lead that changes hands faster than this is a fault, and waits as after any other. */
export const HANDOVER_AFTER_MS = 250;
/** Failed dials before "connecting" becomes "can't connect". */
export const CANNOT_CONNECT_AFTER = 3;

/**
 * Whether dials carry the saved position. `probe`: the service refused it {@link POSITION_SUSPECT_AFTER} times, one
 * dial without it shows whether the position is the reason. `confirm`: the probe opened, so the position gets a last
 * dial of its own. `without`: that failed, so once more without it; only when that opens is the position dropped. A
 * service that comes and goes between two dials would otherwise cost a false gap.
 */
export type PositionUse = 'carry' | 'probe' | 'confirm' | 'without';

export interface Trail {
  /** When the state that the user sees began; the reducer keeps it. */
  readonly since: number;
  /** Failed tries since the last healthy session. */
  readonly attempts: number;
  readonly hasOpened: boolean;
  readonly position: PositionUse;
  /** Dials in a row that carried the position and never opened. */
  readonly refusals: number;
  readonly isOffline: boolean;
  /** Was live, and takes the stream up where another tab left it. */
  readonly isTakingOver: boolean;
  /** Sessions in a row that were lost within {@link HEALTHY_AFTER_MS}, or in which nothing was heard. */
  readonly drops: number;
  /** Sessions in a row that ended with 1009. */
  readonly tooBig: number;
  /** Sockets in a row that answered and brought nothing, where the position's own message had to come. */
  readonly unproven: number;
  readonly cause: DropCause;
}

export type Keepalive =
  { readonly kind: 'quiet' } | { readonly kind: 'asked'; readonly askedAt: number; readonly replyBy: number };

export interface DialingState extends Trail {
  readonly kind: 'dialing';
  readonly giveUpAt: number;
}

export interface OpenState extends Trail {
  readonly kind: 'open';
  readonly openedAt: number;
  /** When a question was last answered, the opening itself counted; when data last came, the event tells. */
  readonly answeredAt: number;
  /** When that question had been put. */
  readonly askedAt: number;
  /** When it opened, or the computer awoke: who slept heard nothing, whatever the service said. */
  readonly listeningSince: number;
  readonly isCaughtUp: boolean;
  readonly keepalive: Keepalive;
  /** When the overlap must have been proven, `undefined` once it is or where there is nothing to prove. */
  readonly proveBy: number | undefined;
}

export interface WaitingState extends Trail {
  readonly kind: 'waiting';
  readonly retryAt: number;
  /** By the wait's own length: a `hold` puts `retryAt` off, and may be set back. */
  readonly dueAt: number;
}

/** The page is frozen or cached, and holds nothing that the broker would wait for. */
export interface AwayState extends Trail {
  readonly kind: 'away';
}

/** The topic was terminated. The socket stays for a while: who deletes the topic and makes it anew is heard on it. */
export interface EndedState extends Trail {
  readonly kind: 'ended';
  readonly openedAt: number;
}

export interface IdleState {
  readonly kind: 'idle';
  readonly since: number;
  readonly isOffline: boolean;
}

export type ConnectionState =
  | IdleState
  | DialingState
  | OpenState
  | WaitingState
  | AwayState
  | { readonly kind: 'failed'; readonly since: number; readonly cause: DropCause }
  | EndedState;

/** What the frames of this socket say about the service, and the failures before it about the browser. */
export interface Traffic {
  /** `-Infinity`: none has come. */
  readonly lastDataAt: number;
  /** Of any kind, also an answer that says nothing of what is on its way. */
  readonly lastFrameAt: number;
  /** Silence counts from here: a service whose answers are held back is silent because of us. */
  readonly silentSince: number;
  /** This socket has brought something that no other had, and that another one can go on after. */
  readonly hasNews: boolean;
  /** Until when the browser itself probably holds dials back; in the past where it does not, or no longer. */
  readonly heldUntil: number;
}

export type ConnectionEvent =
  | { readonly kind: 'start'; readonly now: number }
  /** `mustProve`: this dial started one message before the last one known. */
  | {
      readonly kind: 'opened';
      readonly now: number;
      readonly mustProve: boolean;
      /** How long the proof may take; default {@link PROOF_TIMEOUT_MS}. */
      readonly proofMs?: number | undefined;
      readonly isAtLatest: boolean;
    }
  /**
   * `hadPosition`: the URL of this dial named a message id; `lastDataAt`: when a data frame last came.
   */
  | {
      readonly kind: 'closed';
      readonly now: number;
      readonly chance: number;
      readonly cause: DropCause;
      readonly hadPosition: boolean;
      readonly lastDataAt: number;
    }
  /** Another tab leads, or this one shall: the next dial finds the stream where it was. `lastDataAt` as above. */
  | {
      readonly kind: 'handover';
      readonly now: number;
      readonly chance: number;
      readonly lastDataAt: number;
    }
  /** The topic's position is known: the overlap came, or a gap was found. */
  | { readonly kind: 'proven'; readonly now: number }
  | { readonly kind: 'caught-up'; readonly now: number }
  | { readonly kind: 'end-of-topic'; readonly now: number; readonly isEnded: boolean }
  /** A message came after the end of the topic: another topic has taken its name. */
  | { readonly kind: 'news'; readonly now: number }
  /** A deadline passed, or time jumped. */
  | { readonly kind: 'clock'; readonly now: number; readonly chance: number; readonly traffic: Traffic }
  /** No more can wait for the page: what comes now is left with the service. */
  | { readonly kind: 'no-room'; readonly now: number }
  /** The page has taken up what waited for it. */
  | { readonly kind: 'room'; readonly now: number }
  /** Try now: the user. */
  | { readonly kind: 'retry'; readonly now: number }
  /** Another key: a dial with the old one is given up. */
  | { readonly kind: 'credential'; readonly now: number }
  /** The page has made a new key in the place of one that it made: it ends a wait, and a dial that is under way goes on. */
  | { readonly kind: 'renewed-key'; readonly now: number }
  /** No dial by itself before `until`, instead of whatever an earlier one said. */
  | { readonly kind: 'hold'; readonly now: number; readonly until: number }
  /** The page came back: visible, shown again, awake. */
  | { readonly kind: 'wake'; readonly now: number }
  /** The computer slept until now, whatever the page says or does not say. */
  | { readonly kind: 'slept'; readonly now: number; readonly since: number }
  /** What the browser says of the network; it may be wrong. */
  | { readonly kind: 'online'; readonly now: number }
  | { readonly kind: 'offline'; readonly now: number }
  /** The page is about to be frozen or cached; a `wake` follows, if it comes back. */
  | { readonly kind: 'leave'; readonly now: number; readonly lastDataAt: number }
  | { readonly kind: 'stop'; readonly now: number };

/** What each state answers in its own way. */
export type LivingEvent = Exclude<ConnectionEvent, { kind: 'online' | 'leave' | 'stop' }>;

export type ConnectionEffect =
  | { readonly kind: 'dial'; readonly carriesPosition: boolean }
  /** The open socket is the one to read from; its frames follow. */
  | { readonly kind: 'begin' }
  /** Let go of the socket without waiting for its `close`, which may take a minute on a dead peer. */
  | { readonly kind: 'hang-up' }
  /** Send `{"type":"isEndOfTopic"}`. */
  | { readonly kind: 'ask' }
  /** The position is not on this topic. */
  | { readonly kind: 'position-unknown' }
  /** The service refuses to start at the position. */
  | { readonly kind: 'position-refused' }
  /** What comes from now on is live. */
  | { readonly kind: 'caught-up' }
  /** What comes first was published while the computer slept. */
  | { readonly kind: 'slept' };

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

export function initialState(now: number): ConnectionState {
  return { kind: 'idle', since: now, isOffline: false };
}
