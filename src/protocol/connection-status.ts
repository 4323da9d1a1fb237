/**
 * The connection as the page sees it, and the continuity verdict. Owns the vocabulary; the reducer that moves between
 * these states is the worker's (`src/worker/connection-state.ts`).
 */

/** A place in a topic. */
export interface Position {
  readonly messageId: string;
  /** ms since the epoch, by the broker's clock. */
  readonly publishTime: number;
}

/**
 * Why continuity could not be proven (docs/protocol.md, "Resume"):
 * `no-cursor` dropped before the first message; `history-expired` the service no longer has what came after `from`;
 * `position-unknown` the saved position is not on this topic; `position-refused` the service refuses to start there;
 * `dropped` the widget itself gave messages up.
 */
export type GapKind = 'no-cursor' | 'history-expired' | 'position-unknown' | 'position-refused' | 'dropped';

export interface Gap {
  readonly kind: GapKind;
  /** Last position known before the gap; `undefined` when there was none. */
  readonly from: Position | undefined;
  /** First position known after the gap; `undefined` while nothing has come. */
  readonly to: Position | undefined;
}

export type Verdict = { readonly kind: 'continuous' } | { readonly kind: 'gap'; readonly gap: Gap };

/**
 * Whether the host answers a request without the key: `unknown` until it was asked, and where the page's policy forbids
 * to ask.
 */
export type HostAnswer = 'unknown' | 'reachable' | 'unreachable';

/** Why the last socket went away: facts a browser can see, never a guess about the reason. */
export type DropCause =
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  /** Refused, closed or lost before it was open: a browser is told no more. */
  | { readonly kind: 'never-opened'; readonly host?: HostAnswer }
  /** `credentials()` failed, so nothing was dialed. */
  | { readonly kind: 'no-credential' }
  | { readonly kind: 'connect-timeout' }
  | { readonly kind: 'keepalive-timeout' }
  /** The page's policy, or its being an https page, does not let `source` be connected to. */
  | { readonly kind: 'blocked'; readonly by: 'policy' | 'mixed-content'; readonly source: string }
  /** Open and answering, and nothing came for so long that another socket was tried. */
  | { readonly kind: 'silence' }
  /** The page takes nothing up, and no more can wait for it. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'lifecycle' };

/** What every state tells in which the widget goes on trying. */
export interface Trying {
  readonly since: number;
  readonly attempt: number;
  /** `undefined` while a dial is under way. */
  readonly retryAt: number | undefined;
  /**
   * About until when the browser itself holds each dial back, whoever else waits, as Firefox does after failures. An
   * estimate, no browser says so; in the past where it does not, or no longer.
   */
  readonly heldUntil?: number | undefined;
  readonly cause: DropCause;
}

/** All times are ms since the epoch by the browser's clock; `since` is when this state began. */
export type ConnectionStatus =
  /** Nothing is read. `no-worker`: none could be started; the page tries again by itself. */
  | { readonly kind: 'idle'; readonly since: number; readonly reason?: 'disconnected' | 'no-worker' }
  | { readonly kind: 'connecting'; readonly since: number }
  /** Open and reading what lies before now; `taken` counts messages since the socket opened. */
  | { readonly kind: 'catching-up'; readonly since: number; readonly taken: number }
  | { readonly kind: 'live'; readonly since: number }
  /** Was open before, lost, trying again. */
  | ({ readonly kind: 'reconnecting' } & Trying)
  /** Opens and drops, again and again; goes on trying, seldom. Also while a socket is open that has not lasted yet. */
  | ({ readonly kind: 'unstable' } & Trying)
  /** Never opened, after repeated tries; goes on trying. */
  | ({ readonly kind: 'cannot-connect' } & Trying)
  /** Refused, again and again, by a host that answers: the key is probably not accepted. Goes on trying, seldom. */
  | ({ readonly kind: 'auth-suspected' } & Trying)
  /** The browser says that there is no network, and no socket works. */
  | { readonly kind: 'offline'; readonly since: number; readonly retryAt: number | undefined }
  /** Trying again would end the same way; only a retry that somebody asks for dials again. */
  | { readonly kind: 'failed'; readonly since: number; readonly cause: DropCause }
  /** The topic was terminated: nothing more will come. */
  | { readonly kind: 'ended'; readonly since: number };

export type ConnectionStatusKind = ConnectionStatus['kind'];
