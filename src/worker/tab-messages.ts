/**
 * What tabs say to each other about one stream (docs/protocol.md, "Tabs"), and the check at the door: every script of
 * the origin can post on the channel. Frames are not looked into here; each is judged where a socket's frames are
 * (`frame.ts`). No message has a place for a key.
 */
import { FROZEN, type Frozen } from '../protocol/tabs.js';
import { RING_FRAMES } from './frame-ring.js';
import { beginsAsMessage } from './frame.js';

export type TabMessage =
  | Frozen
  /** To the leader: send me everything after this place. */
  | { readonly kind: 'attach'; readonly from: string; readonly after: string }
  /** To the leader: are you there? */
  | { readonly kind: 'ping' }
  /** To the leader: is the service there? */
  | { readonly kind: 'ask' }
  /** From the leader, when it begins, has its first frame, or is asked; `next` numbers the next frame that it relays. */
  | { readonly kind: 'leader'; readonly session: string; readonly isReady: boolean; readonly next: number }
  /** From the leader to one tab: these, and from `next` on what is relayed. */
  | {
      readonly kind: 'attached';
      readonly session: string;
      readonly to: string;
      readonly next: number;
      readonly frames: readonly unknown[];
      /** Where `latest` is: the newest message that the leader's socket has brought, if it has brought one. */
      readonly last?: unknown;
    }
  /** From the leader to one tab: some of that is not here any more. */
  | { readonly kind: 'elsewhere'; readonly session: string; readonly to: string }
  /** From the leader to all: what the socket has brought; `next` numbers the first of them. */
  | {
      readonly kind: 'frames';
      readonly session: string;
      readonly next: number;
      readonly frames: readonly unknown[];
    }
  /** From the leader to all: its socket was closed, or never opened. */
  | { readonly kind: 'over'; readonly session: string; readonly code: number; readonly reason: string };

export type ToLeader = Extract<TabMessage, { kind: 'attach' | 'ping' | 'ask' }>;
export type FromLeader = Exclude<TabMessage, ToLeader | Frozen>;

const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= 300;

const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  from: isShort,
  after: isShort,
  session: isShort,
  to: isShort,
  reason: isShort,
  next: Number.isSafeInteger,
  code: Number.isSafeInteger,
  isReady: (value) => typeof value === 'boolean',
  last: (value) => value === undefined || beginsAsMessage(value),
  frames: (value) => Array.isArray(value) && value.length <= RING_FRAMES,
};

const SHAPES: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['attach', ['from', 'after']],
  ['ping', []],
  ['ask', []],
  ['leader', ['session', 'isReady', 'next']],
  ['attached', ['session', 'to', 'next', 'frames', 'last']],
  ['elsewhere', ['session', 'to']],
  ['frames', ['session', 'next', 'frames']],
  [FROZEN.kind, []],
  ['over', ['session', 'code', 'reason']],
]);

/** `undefined` for whatever is no message of ours. */
export function readTabMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  const fields = data as Readonly<Record<string, unknown>>;
  const isWhole = SHAPES.get(data.kind)?.every((name) => FIELDS[name]?.(fields[name]));
  return isWhole === true ? (data as TabMessage) : undefined;
}
