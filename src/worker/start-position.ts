/**
 * Where a dial starts, as a decision: from the rule of the page, what is stored, and what this session has taken in.
 * Pure. The answer is what goes into the reader's `messageId` parameter, and what there is to prove.
 */
import type { Position } from '../protocol/connection-status.js';
import type { StartRule } from '../protocol/stream-config.js';
import type { Proof } from './continuity.js';
import {
  compareMessageIds,
  formatMessageId,
  parseMessageId,
  predecessor,
  type MessageId,
} from './message-id.js';
import { entryBefore, type PositionIndex } from './position-index.js';

export interface Start {
  /** `latest`, `earliest`, or a base64 id. */
  readonly messageId: string;
  readonly proof: Proof;
  /** From when on everything published is read, by the broker's clock; `undefined`: from the first message that comes. */
  readonly coversFrom: 'now' | number | undefined;
  /** What must come first for `coversFrom` to hold; when retention has taken it, less is covered. */
  readonly first: MessageId | undefined;
  /** The page has had everything up to here by itself: it comes again for the proof only. */
  readonly after?: MessageId;
}

export interface Known {
  readonly rule: StartRule;
  /** False once the service has refused, or may be refusing, to start at a position. */
  readonly mayCarryPosition: boolean;
  /** The last message taken in: in this session, else the stored one. */
  readonly last: Position | undefined;
  /** Whether `last` was taken in since the page was loaded: then its window is on screen already. */
  readonly isOnScreen: boolean;
  readonly index: PositionIndex;
  /** How far back the views on this stream look. */
  readonly windowMs: number;
  /** Now by the broker's clock. */
  readonly now: number;
}

/** So far may the clocks of two producers be apart. */
const CLOCKS_MS = 60_000;

const SETTLED: Proof = { kind: 'settled' };
const LATEST: Start = { messageId: 'latest', proof: SETTLED, coversFrom: 'now', first: undefined };
/** Where the broker's subscription stands, which only the broker knows. */
export const SUBSCRIBED: Start = { messageId: '', proof: SETTLED, coversFrom: undefined, first: undefined };

export function startPosition(known: Known): Start {
  const start = startOf(known);
  if (start.proof.kind === 'settled') return start;
  const publishTime = start.after === undefined ? known.last?.publishTime : undefined;
  // A time that is not whole is a guess (`resume-point.ts`).
  const lastAt = publishTime !== undefined && Number.isInteger(publishTime) ? publishTime : known.now;
  return { ...start, proof: { ...start.proof, publishTime, pastEndsAt: lastAt + CLOCKS_MS } };
}

function startOf(known: Known): Start {
  const { rule } = known;
  const last = known.mayCarryPosition ? known.last : undefined;
  const lastId = last === undefined ? undefined : parseMessageId(last.messageId);
  if (last !== undefined && lastId !== undefined && known.isOnScreen)
    return justBefore(lastId, lastId, last.publishTime);
  // Without its position, what is on screen would be read twice by any rule that looks back.
  if (known.isOnScreen) return LATEST;
  switch (rule.kind) {
    case 'resume':
      return last === undefined || lastId === undefined
        ? LATEST
        : windowBefore(known, last, lastId, known.windowMs);
    case 'latest':
      return LATEST;
    case 'earliest':
      return earliest(lastId);
    case 'message-id':
      return known.mayCarryPosition ? after(rule.messageId) : LATEST;
    case 'since':
      return since(known, lastId, rule.durationMs);
    default:
      return rule satisfies never;
  }
}

/**
 * Whether a dial can start at this position. On a partitioned topic Pulsar takes none (docs/protocol.md, "Resume", 4); one
 * partition, read under its own name, is a topic like any other.
 */
export function canStartAt(position: Position | undefined, topic: string): boolean {
  const id = parseMessageId(position?.messageId ?? '');
  return id !== undefined && (id.partition < 0 || topic.endsWith(`-partition-${id.partition}`));
}

/** From before the window, if the index reaches so far, so that what the page showed is shown again. */
function windowBefore(known: Known, last: Position, lastId: MessageId, windowMs: number): Start {
  const entry = entryBefore(known.index, known.now - windowMs);
  const entryId = entry === undefined ? undefined : parseMessageId(entry.messageId);
  return entry === undefined || entryId === undefined || compareMessageIds(entryId, lastId) > 0
    ? justBefore(lastId, lastId, last.publishTime)
    : justBefore(entryId, lastId, entry.publishTime);
}

/** A time is no position in Pulsar: without an index entry that old, everything is read and the old is left out. */
function since(known: Known, lastId: MessageId | undefined, durationMs: number): Start {
  const from = known.now - durationMs;
  const entry = entryBefore(known.index, from);
  const entryId = entry === undefined ? undefined : parseMessageId(entry.messageId);
  if (entry === undefined || entryId === undefined || lastId === undefined) return earliest(lastId);
  return entry.publishTime > from || compareMessageIds(entryId, lastId) > 0
    ? earliest(lastId)
    : justBefore(entryId, lastId, from);
}

/** Right after a message that the page names. */
function after(messageId: string): Start {
  const id = parseMessageId(messageId);
  // Before the first message of a ledger nothing lies that could come again.
  if (id === undefined || id.entry < 0) {
    return { messageId, proof: SETTLED, coversFrom: undefined, first: undefined };
  }
  const start = predecessor(id);
  const proof = awaiting(id, start);
  return { messageId: formatMessageId(start), proof, coversFrom: undefined, first: undefined, after: id };
}

function earliest(last: MessageId | undefined): Start {
  return { messageId: 'earliest', proof: awaiting(last, undefined), coversFrom: undefined, first: undefined };
}

function justBefore(id: MessageId, last: MessageId, coversFrom: number): Start {
  const start = predecessor(id);
  return { messageId: formatMessageId(start), proof: awaiting(last, start), coversFrom, first: id };
}

function awaiting(last: MessageId | undefined, start: MessageId | undefined): Proof {
  return last === undefined ? SETTLED : { kind: 'awaiting', last, start };
}
