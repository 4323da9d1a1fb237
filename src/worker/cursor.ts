/**
 * Where reading stands on a topic: what was taken in, the last of it, and how far an earlier visit had read. Owns the
 * comparisons with it; what a message says about it is `running-proof.ts`.
 */
import type { Position } from '../protocol/connection-status.js';
import { HighWater } from './high-water.js';
import { compareMessageIds, parseMessageId, type MessageId } from './message-id.js';
import type { RecentIds } from './recent-ids.js';

/** What may come again is the window of 1000 that was not answered. */
const REMEMBERED = 1_000;

/** What was taken in before the place was lost. */
interface Before {
  readonly takenIn: HighWater | RecentIds;
  /** Of the last of it: what was published later is none of it, though a broker that was emptied gives it the same ids. */
  readonly publishTime: number;
}

/** Where reading stands, to be looked at. */
export type Standing = Pick<Cursor, 'last' | 'shown' | 'isOnScreen' | 'hasPlace'>;

export class Cursor {
  /** What was taken in, and is a copy when it comes again. */
  readonly #takenIn: HighWater | RecentIds;
  readonly #before: Before | undefined;
  /** The latest of it, in a ring. */
  readonly #latest: Position[] = [];
  #taken = 0;
  #last: Position | undefined;
  /** Up to here everything was seen before this page was loaded. */
  #seen: MessageId | undefined;
  /** The same as a position, where an earlier visit has left it. */
  #earlier: Position | undefined;
  #isOnScreen = false;
  #hasPlace = false;

  constructor(takenIn: HighWater | RecentIds = new HighWater(), before?: Before) {
    this.#takenIn = takenIn;
    this.#before = before;
  }

  /** The place is lost, and reading begins anew. What the page has had until now is no news where it comes again. */
  anew(): Cursor {
    const { publishTime } = this.#last ?? {};
    const isKnown = this.#isOnScreen && publishTime !== undefined;
    return new Cursor(new HighWater(), isKnown ? { takenIn: this.#takenIn, publishTime } : this.#before);
  }

  /** The last message known, taken in by this session or stored by an earlier one. */
  get last(): Position | undefined {
    return this.#last;
  }

  /**
   * The last message that the page has had, once this session has brought one. While the window of an earlier visit is
   * read again that is still the one which that visit ended with: a page that is left meanwhile has had it all.
   */
  get shown(): Position | undefined {
    if (!this.#isOnScreen) return undefined;
    const id = parseMessageId(this.#last?.messageId ?? '');
    return id !== undefined && this.wasSeen(id) ? this.#earlier : this.#last;
  }

  /** Whether {@link last} was taken in by this session. */
  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  /** Whether reading goes on right after {@link last}, whatever the page's start rule. */
  get hasPlace(): boolean {
    return this.#hasPlace;
  }

  /** Neither this visit nor an earlier one has had anything. */
  get isNew(): boolean {
    return this.#seen === undefined && !this.#isOnScreen;
  }

  /** What an earlier visit left. */
  restore(last: Position | undefined): void {
    this.#last = last;
    this.#earlier = last;
    this.#seen = last === undefined ? undefined : parseMessageId(last.messageId);
  }

  /** Reading began right after this message, which is another tab's. */
  standAfter(id: MessageId, position: Position): void {
    this.#takenIn.add(id, position.publishTime);
    this.#last = position;
    this.#seen = id;
    this.#hasPlace = true;
  }

  /** The page has had everything up to here by itself. */
  pass(id: MessageId): void {
    this.#takenIn.add(id, Number.NaN);
  }

  /** @param publishTime as the frame gives it */
  has(id: MessageId, publishTime: number): boolean {
    return this.#takenIn.has(id, publishTime);
  }

  /** Whether the page has had the message, before the place was lost. */
  hadBefore(id: MessageId, publishTime: number): boolean {
    const before = this.#before;
    return before !== undefined && publishTime <= before.publishTime && before.takenIn.has(id, publishTime);
  }

  /** Whether this very message was taken in lately: another topic may have one with its id. */
  remembers({ messageId, publishTime }: Position): boolean {
    return this.#latest.some((known) => known.messageId === messageId && known.publishTime === publishTime);
  }

  /** Partitions are read side by side: how far one was seen says nothing about another. */
  wasSeen(id: MessageId): boolean {
    const seen = this.#seen;
    return seen !== undefined && seen.partition === id.partition && compareMessageIds(id, seen) <= 0;
  }

  /**
   * @param publishTime as the frame gives it
   * @param isLast false for what comes later than its neighbours
   */
  take(id: MessageId, publishTime: number, position: Position, isLast: boolean): void {
    this.#takenIn.add(id, publishTime);
    this.#latest[this.#taken++ % REMEMBERED] = position;
    this.#isOnScreen = this.#hasPlace = true;
    if (isLast) this.#last = position;
  }

  /** What an earlier visit has seen is not on this topic. */
  forgetVisit(): void {
    this.#seen = undefined;
  }
}
