/**
 * Takes messages in: once, in order, proven or with a gap, each answered. The one place between the socket's frames
 * and the models. Owns dedupe, the running proof, phases, and what was counted; refuses to own sockets and timers.
 */
import type { Gap, GapKind, Position } from '../protocol/connection-status.js';
import type { StreamCounts } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { EventPhase, StreamEvent } from '../protocol/stream-event.js';
import { judge, type Proof } from './continuity.js';
import type { ClockSkew } from './clock-skew.js';
import { readFrame, type DataFrame } from './frame.js';
import { HighWater } from './high-water.js';
import type { IntakeEffects } from './intake-effects.js';
import { compareMessageIds, parseMessageId, type MessageId } from './message-id.js';
import { readPayload } from './payload.js';
import { RecentIds } from './recent-ids.js';
import type { Start } from './start-position.js';
import type { SubscriptionRules } from './subscription-rules.js';

/** What a frame carried: no message, a message taken in before, or one that is new. */
export type Taken = 'nothing' | 'copy' | 'news';

export type Normalise = (payload: Readonly<Record<string, unknown>>, publishTime: number) => StreamEvent;

export class Intake {
  readonly #effects: IntakeEffects;
  readonly #normalise: Normalise;
  readonly #skew: ClockSkew;
  /** `undefined` for a reader. */
  readonly #rules: SubscriptionRules | undefined;
  /** What was taken in, and is a copy when it comes again. */
  #takenIn: HighWater | RecentIds;
  #proof: Proof = { kind: 'settled' };
  /** The position that the running proof looks for. */
  #sought: Position | undefined;
  /** Up to here everything was seen before this page was loaded. */
  #seen: MessageId | undefined;
  /** The same as a position, where an earlier visit has left it. */
  #earlier: Position | undefined;
  #last: Position | undefined;
  #isOnScreen = false;
  #hasPlace = false;
  #isCaughtUp = false;
  /** By the broker's clock, as far as it is known. */
  #openedAt = Infinity;
  /** What lies between `#seen` and now. */
  #behind: EventPhase = 'replayed';
  #coversFrom: Start['coversFrom'];
  /** What must come first for the coverage promised to hold. */
  #first: MessageId | undefined;
  #notBefore = -Infinity;
  #hasBegun = false;
  readonly #counts = { received: 0, delivered: 0, duplicates: 0, redelivered: 0, rejected: 0, gaps: 0 };

  constructor(effects: IntakeEffects, normalise: Normalise, skew: ClockSkew, rules?: SubscriptionRules) {
    this.#effects = effects;
    this.#normalise = normalise;
    this.#skew = skew;
    this.#rules = rules;
    this.#takenIn = rules === undefined ? new HighWater() : new RecentIds();
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
    return id !== undefined && this.#wasSeen(id) ? this.#earlier : this.#last;
  }

  /** Whether {@link last} was taken in by this session. */
  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  /** Whether reading goes on right after {@link last}, whatever the page's start rule. */
  get hasPlace(): boolean {
    return this.#hasPlace;
  }

  get mustProve(): boolean {
    return this.#proof.kind === 'awaiting';
  }

  counts(acknowledged: number, reconnects: number): StreamCounts {
    return { ...this.#counts, acknowledged, reconnects };
  }

  /** Before the first dial: what an earlier session left. Events before `notBefore` are read and not shown. */
  restore(last: Position | undefined, notBefore: number): void {
    this.#last = last;
    this.#earlier = last;
    this.#seen = last === undefined ? undefined : parseMessageId(last.messageId);
    this.#notBefore = notBefore;
  }

  /** A socket is open; reading begins at `start`. */
  begin(start: Start, now: number): void {
    const wasReading = this.#hasBegun;
    this.#hasBegun = true;
    this.#isCaughtUp = false;
    this.#openedAt = now;
    // History that nobody has seen before is no absence: with no earlier visit there is no "while you were away".
    // What a subscription holds, nobody on it has had.
    const isHistory = this.#seen === undefined && !this.#isOnScreen && this.#rules === undefined;
    this.#behind = isHistory ? 'replayed' : 'missed';
    this.#proof = start.proof;
    this.#sought = this.#last;
    if (start.coversFrom === 'now' && wasReading) {
      // Dropped before anything came: there was no place to resume from, and nobody can tell what was missed.
      this.#gap('no-cursor', undefined, undefined, now);
    }
    if (!this.#hasPlace) {
      this.#coversFrom = start.coversFrom;
      this.#first = start.first;
      if (start.coversFrom !== undefined)
        this.#effects.coverFrom(start.coversFrom === 'now' ? now : start.coversFrom);
    }
  }

  /**
   * Reading began at the end, which is right after this message. It is another tab's, so it is neither shown nor saved,
   * but a place to resume from until there is one of one's own.
   */
  standAfter(data: unknown): void {
    const frame = readFrame(data);
    if (this.#isOnScreen || frame.kind !== 'message') return;
    const { messageId, publishTime } = frame;
    const id = parseMessageId(messageId);
    if (id === undefined || Number.isNaN(publishTime)) return;
    this.#takenIn.add(id);
    this.#last = { messageId, publishTime };
    this.#seen = id;
    this.#hasPlace = true;
  }

  /** Silence has shown that the position is not on this topic, or the service refuses it. */
  forsake(kind: 'position-unknown' | 'position-refused', now: number): void {
    const from = kind === 'position-unknown' ? this.#sought : this.#last;
    // What has come on this socket is on this topic, even where the position sought is not.
    if (kind === 'position-unknown' && this.#last !== from) this.#seen = undefined;
    else this.#forget();
    // The next dial starts afresh: this gap is its gap.
    if (kind === 'position-refused') this.#hasBegun = false;
    this.#gap(kind, from, undefined, now);
    this.#effects.coverFrom(now);
  }

  /** What comes from now on is live. */
  caughtUp(): void {
    this.#isCaughtUp = true;
  }

  /** Takes in one frame. */
  take(data: unknown, receivedAt: number): Taken {
    const frame = readFrame(data);
    switch (frame.kind) {
      case 'message':
        return this.#takeMessage(frame, receivedAt);
      case 'end-of-topic':
        this.#effects.endOfTopic(frame.isEnded);
        return 'nothing';
      case 'control':
        return 'nothing';
      case 'unreadable':
        this.#counts.received++;
        this.#rejectNameless(frame.error, '');
        return 'news';
      default:
        return frame satisfies never;
    }
  }

  #takeMessage(frame: DataFrame, receivedAt: number): Taken {
    this.#counts.received++;
    const { messageId } = frame;
    const publishTime = Number.isNaN(frame.publishTime) ? receivedAt : frame.publishTime;
    const id = parseMessageId(messageId);
    if (id === undefined) {
      this.#rejectNameless(
        widgetError('frame-not-a-message', 'An event was skipped: its message id cannot be read.'),
        messageId,
      );
      return 'news';
    }
    if (frame.isRedelivered) this.#counts.redelivered++;
    this.#checkCover(id, publishTime);
    if (this.#proof.kind === 'awaiting') this.#prove(id, messageId, publishTime);
    if (this.#takenIn.has(id)) {
      this.#counts.duplicates++;
      this.#effects.acknowledge(messageId);
      return 'copy';
    }
    // The age of what comes again is no skew.
    if (!frame.isRedelivered) this.#observe(publishTime, receivedAt);
    const payload = readPayload(frame.payload, messageId);
    const fault =
      payload.kind === 'unreadable' ? payload.error : this.#deliver(payload.value, id, frame, publishTime);
    if (fault !== undefined) {
      this.#reject(fault);
      if (this.#rules?.sendsBack(id, fault) === true) {
        this.#effects.sendBack(messageId);
        return 'news';
      }
    }
    this.#effects.acknowledge(messageId);
    this.#takenIn.add(id);
    this.#isOnScreen = this.#hasPlace = true;
    // A subscription delivers late what another consumer gave back.
    if (this.#rules === undefined || publishTime >= (this.#last?.publishTime ?? 0))
      this.#last = { messageId, publishTime };
    this.#effects.taken({ messageId, publishTime });
    return 'news';
  }

  /** A fault of ours costs one event, not the stream, and is returned. */
  #deliver(
    payload: Readonly<Record<string, unknown>>,
    id: MessageId,
    { messageId, isRedelivered }: DataFrame,
    publishTime: number,
  ): WidgetError | undefined {
    if (publishTime < this.#notBefore) return undefined;
    try {
      const event = this.#normalise(payload, publishTime);
      if (this.#coversFrom === undefined && this.#rules?.bringsEverything !== false) {
        // What is published late is still of its own time, as far back as reading was asked to go.
        this.#coversFrom = Math.max(this.#notBefore, Math.min(publishTime, event.at));
        this.#effects.coverFrom(this.#coversFrom);
      }
      // What comes again is late: another consumer had it for a while.
      const phase = isRedelivered ? 'missed' : this.#phase(id);
      this.#effects.deliver(event, messageId, publishTime, phase);
      this.#counts.delivered++;
      return undefined;
    } catch {
      // The event's text may be personal, so it is not quoted.
      return widgetError(
        'internal',
        'An event was skipped: the widget could not make sense of it.',
        messageId,
      );
    }
  }

  #wasSeen(id: MessageId): boolean {
    return this.#seen !== undefined && compareMessageIds(id, this.#seen) <= 0;
  }

  #phase(id: MessageId): EventPhase {
    if (this.#wasSeen(id)) return 'replayed';
    return this.#isCaughtUp ? 'live' : this.#behind;
  }

  #observe(publishTime: number, receivedAt: number): void {
    this.#skew.observe(receivedAt, publishTime, this.#isCaughtUp);
    if (this.#isCaughtUp || this.#proof.kind === 'awaiting') return;
    // Published since this socket opened: whatever comes from here on, nobody was away for.
    if (publishTime >= this.#openedAt) this.#effects.caughtUp();
  }

  /** Retention may have taken the beginning of a window without a word; then less is covered than was asked for. */
  #checkCover(id: MessageId, publishTime: number): void {
    if (this.#first === undefined) return;
    const order = compareMessageIds(id, this.#first);
    if (order < 0) return;
    this.#first = undefined;
    if (order > 0 && typeof this.#coversFrom === 'number' && publishTime > this.#coversFrom)
      this.#effects.coverFrom(publishTime);
  }

  #prove(id: MessageId, messageId: string, publishTime: number): void {
    if (this.#proof.kind !== 'awaiting') return;
    const judgement = judge(this.#proof, id);
    switch (judgement) {
      case 'before':
        return;
      case 'continuous':
        this.#proof = { kind: 'settled' };
        this.#effects.settled({ kind: 'continuous' });
        return;
      case 'history-expired':
      case 'position-unknown': {
        const from = this.#last;
        if (judgement === 'position-unknown') this.#forget();
        this.#gap(judgement, from, { messageId, publishTime }, publishTime);
        this.#effects.coverFrom(publishTime);
        return;
      }
      default:
        judgement satisfies never;
    }
  }

  #gap(kind: GapKind, from: Position | undefined, to: Position | undefined, at: number): void {
    this.#proof = { kind: 'settled' };
    this.#counts.gaps++;
    const gap: Gap = { kind, from, to };
    this.#effects.gap(gap, at, this.#isCaughtUp ? 'live' : 'missed');
    this.#effects.settled({ kind: 'gap', gap });
  }

  /** The ids known belong to another topic or another life of this one. */
  #forget(): void {
    this.#takenIn = new HighWater();
    this.#last = undefined;
    this.#seen = undefined;
    this.#isOnScreen = this.#hasPlace = false;
  }

  /**
   * A frame without a readable id may have been a message. A reader answers it: an answer too many only widens the window
   * by one. A consumer's session would end over an id that names nothing, so there the broker keeps the message.
   */
  #rejectNameless(error: WidgetError, messageId: string): void {
    this.#reject(error);
    if (this.#rules === undefined) this.#effects.acknowledge(messageId);
  }

  #reject(error: WidgetError): void {
    this.#counts.rejected++;
    this.#effects.rejected(error);
  }
}
