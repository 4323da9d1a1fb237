/**
 * Where reading stands, and whether nothing is missing between there and what comes: the cursor, the proof that runs on
 * this socket, and what its verdict does to both. What one message says about a position is `continuity.ts`.
 */
import type { Gap, GapKind, Position, Verdict } from '../protocol/connection-status.js';
import { judge, wasRight, type Awaiting, type Judgement, type Proof } from './continuity.js';
import { Cursor } from './cursor.js';
import type { DataFrame } from './frame.js';
import { compareMessageIds, type MessageId } from './message-id.js';
import type { RecentIds } from './recent-ids.js';
import type { Start } from './start-position.js';

interface Doubt {
  readonly cursor: Cursor;
  readonly proof: Proof;
  readonly owed: Owed | undefined;
}

/** A proof that a lost socket has left over, and the position that it looks for. */
interface Owed {
  readonly proof: Awaiting;
  readonly sought: Position | undefined;
}

export interface RunningProofEffects {
  /** @param at where its row stands, and counting begins anew */
  gap(gap: Gap, at: number): void;
  /** The position is known: proven, or a gap was found. */
  settled(verdict: Verdict): void;
  /** The position that silence spoke against is on this topic: it is to be read from again. */
  positionFound(): void;
  /** What came proves nothing: the same is to be read once more. */
  readAgain(): void;
}

export class RunningProof {
  readonly #effects: RunningProofEffects;
  #cursor: Cursor;
  /** What silence spoke against: the next message of this socket may show that it was right. */
  #doubted: Doubt | undefined;
  #proof: Proof = { kind: 'settled' };
  /** Comes after the running one: what was read on the way to a position makes a newer place, and proves nothing of it. */
  #owed: Owed | undefined;
  /** The position that the running proof looks for; `undefined` where it is a message that the page names. */
  #sought: Position | undefined;
  /** The last message known when the socket opened. */
  #lastBefore: Position | undefined;
  /** Nothing has come since the last gap. */
  #isGapOpen = false;
  /** Something came on this socket that nobody can read: it may have been the position. */
  #hasUnreadable = false;
  /** Once is enough: then it was not the position, or never comes whole. */
  #wasReadAgain = false;

  constructor(effects: RunningProofEffects, takenIn?: RecentIds) {
    this.#effects = effects;
    this.#cursor = new Cursor(takenIn);
  }

  get cursor(): Cursor {
    return this.#cursor;
  }

  get isAwaiting(): boolean {
    return this.#proof.kind === 'awaiting';
  }

  /** A socket is open; reading begins at `start`. */
  begin({ proof, after }: Start): void {
    if (proof.kind === 'settled') this.#owed = undefined;
    else if (this.#proof.kind === 'awaiting' && compareMessageIds(this.#proof.last, proof.last) !== 0)
      this.#owed ??= { proof: this.#proof, sought: this.#sought };
    this.#proof = proof;
    this.#lastBefore = this.#cursor.last;
    this.#sought = after === undefined ? this.#cursor.last : undefined;
    this.#doubted = undefined;
    this.#hasUnreadable = false;
    if (after !== undefined) this.#cursor.pass(after);
  }

  /**
   * Dropped before anything came: there was no place to resume from, and nobody can tell what was missed. However often, it
   * is one time without data.
   */
  noCursor(now: number): void {
    if (!this.#isGapOpen) this.#gap('no-cursor', undefined, undefined, now);
  }

  /** Silence has shown that the position is not on this topic. False where it is to be read again first. */
  forsake(now: number): boolean {
    if (this.#readAgain()) return false;
    const from = this.#sought;
    // What has come on this socket is on this topic, even where the position sought is not.
    if (this.#cursor.last === this.#lastBefore) {
      this.#doubted = { cursor: this.#cursor, proof: this.#proof, owed: this.#owed };
      this.#cursor = this.#cursor.anew();
    } else this.#cursor.forgetVisit();
    this.#gap('position-unknown', from, undefined, now);
    return true;
  }

  /**
   * The service refuses to start where the dial asked to.
   *
   * @param from `undefined` where that was a message id of the page's own, of which nothing else is known
   */
  refused(from: Position | undefined, now: number): void {
    this.#cursor = this.#cursor.anew();
    this.#gap('position-refused', from, undefined, now);
  }

  /** The position that was doubted is on this topic: read again from there, it is whole. */
  wasRightAfterAll(id: MessageId, publishTime: number): boolean {
    const doubted = this.#doubted;
    this.#doubted = undefined;
    if (doubted === undefined || !wasRight(doubted.proof, id, publishTime)) return false;
    this.#cursor = doubted.cursor;
    this.#proof = doubted.proof;
    this.#owed = doubted.owed;
    this.#effects.positionFound();
    return true;
  }

  /** A frame that nobody can read. */
  unreadable(): void {
    this.#hasUnreadable = true;
  }

  /** What the next message says; `unread`: it must be read again; `undefined` where nothing is to be proven. */
  hear(id: MessageId, frame: DataFrame, publishTime: number): Judgement | 'unread' | undefined {
    this.#isGapOpen = false;
    if (this.#proof.kind !== 'awaiting') return undefined;
    const judgement = judge(this.#proof, id, frame.publishTime);
    switch (judgement) {
      case 'before':
      case 'too-young':
        return judgement;
      case 'continuous':
        this.#continuous(this.#proof);
        return judgement;
      case 'history-expired':
      case 'position-unknown': {
        // A service that sends again what it had sent before the connection was lost begins before the start too.
        if (judgement === 'position-unknown' && this.#cursor.remembers(frame)) return 'before';
        if (judgement === 'history-expired' && this.#readAgain()) return 'unread';
        const from = this.#cursor.isOnScreen ? this.#cursor.last : this.#sought;
        // The ids known belong to another topic or another life of this one.
        if (judgement === 'position-unknown') this.#cursor = this.#cursor.anew();
        this.#gap(judgement, from, { messageId: frame.messageId, publishTime }, publishTime);
        return judgement;
      }
      default:
        return judgement satisfies never;
    }
  }

  /** What nobody could read may have been the position: read once more, it comes whole. */
  #readAgain(): boolean {
    if (!this.#hasUnreadable || this.#wasReadAgain) return false;
    this.#wasReadAgain = true;
    this.#effects.readAgain();
    return true;
  }

  #continuous({ start }: Awaiting): void {
    this.#wasReadAgain = false;
    const owed = this.#owed;
    if (owed === undefined) {
      this.#proof = { kind: 'settled' };
      this.#effects.settled({ kind: 'continuous' });
      return;
    }
    this.#owed = undefined;
    this.#proof = { ...owed.proof, start };
    this.#sought = owed.sought;
    // The place is on this topic, whatever becomes of the position.
    this.#lastBefore = undefined;
  }

  #gap(kind: GapKind, from: Position | undefined, to: Position | undefined, at: number): void {
    this.#proof = { kind: 'settled' };
    this.#owed = undefined;
    this.#wasReadAgain = false;
    this.#isGapOpen = to === undefined;
    const gap: Gap = { kind, from, to };
    this.#effects.gap(gap, at);
    this.#effects.settled({ kind: 'gap', gap });
  }
}
