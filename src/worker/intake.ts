/**
 * Takes messages in: once, in order, proven or with a gap, each answered. The one place between the socket's frames
 * and the models. Owns dedupe, the running proof, phases, and what was counted; refuses to own sockets and timers.
 */
import type { Gap, GapKind, Position, Verdict } from '../protocol/connection-status.js';
import type { StreamCounts } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { EventPhase, StreamEvent } from '../protocol/stream-event.js';
import { judge, type Proof } from './continuity.js';
import type { ClockSkew } from './clock-skew.js';
import { readFrame, type DataFrame } from './frame.js';
import { HighWater } from './high-water.js';
import { compareMessageIds, parseMessageId, type MessageId } from './message-id.js';
import { readPayload } from './payload.js';
import type { Start } from './start-position.js';

/** What intake makes happen. */
export interface IntakeEffects {
  /** Answer one message; the broker counts answers, one frees one place in its window. */
  acknowledge(messageId: string): void;
  deliver(event: StreamEvent, messageId: string, publishTime: number, phase: EventPhase): void;
  /** The message is in, or has been refused for good. */
  taken(position: Position): void;
  coverFrom(at: number): void;
  gap(gap: Gap, at: number, phase: EventPhase): void;
  /** The position is known: proven, or a gap was found. */
  settled(verdict: Verdict): void;
  caughtUp(): void;
  endOfTopic(isEnded: boolean): void;
  rejected(error: WidgetError): void;
}

/** What a frame carried: no message, a message taken in before, or one that is new. */
export type Taken = 'nothing' | 'copy' | 'news';

export type Normalise = (payload: Readonly<Record<string, unknown>>, publishTime: number) => StreamEvent;

export class Intake {
  readonly #effects: IntakeEffects;
  readonly #normalise: Normalise;
  readonly #skew: ClockSkew;
  readonly #highWater = new HighWater();
  #proof: Proof = { kind: 'settled' };
  /** The position that the running proof looks for. */
  #sought: Position | undefined;
  /** Up to here everything was seen before this page was loaded. */
  #seen: MessageId | undefined;
  #last: Position | undefined;
  #isOnScreen = false;
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
  #received = 0;
  #delivered = 0;
  #duplicates = 0;
  #rejected = 0;
  #gaps = 0;

  constructor(effects: IntakeEffects, normalise: Normalise, skew: ClockSkew) {
    this.#effects = effects;
    this.#normalise = normalise;
    this.#skew = skew;
  }

  /** The last message known, taken in by this session or stored by an earlier one. */
  get last(): Position | undefined {
    return this.#last;
  }

  /** Whether {@link last} was taken in by this session. */
  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  get mustProve(): boolean {
    return this.#proof.kind === 'awaiting';
  }

  counts(acknowledged: number, reconnects: number): StreamCounts {
    return {
      received: this.#received,
      acknowledged,
      delivered: this.#delivered,
      duplicates: this.#duplicates,
      rejected: this.#rejected,
      reconnects,
      gaps: this.#gaps,
    };
  }

  /** Before the first dial: what an earlier session left. Events before `notBefore` are read and not shown. */
  restore(last: Position | undefined, notBefore: number): void {
    this.#last = last;
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
    this.#behind = this.#seen === undefined && !this.#isOnScreen ? 'replayed' : 'missed';
    this.#proof = start.proof;
    this.#sought = this.#last;
    if (start.coversFrom === 'now' && wasReading) {
      // Dropped before anything came: there was no place to resume from, and nobody can tell what was missed.
      this.#gap('no-cursor', undefined, undefined, now);
    }
    if (!this.#isOnScreen) {
      this.#coversFrom = start.coversFrom;
      this.#first = start.first;
      if (start.coversFrom !== undefined)
        this.#effects.coverFrom(start.coversFrom === 'now' ? now : start.coversFrom);
    }
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
        // It may have been a message, so it is answered: an answer too many only widens the window by one.
        this.#received++;
        this.#reject(frame.error, '');
        return 'news';
      default:
        return frame satisfies never;
    }
  }

  #takeMessage(frame: DataFrame, receivedAt: number): Taken {
    this.#received++;
    const { messageId } = frame;
    const publishTime = Number.isNaN(frame.publishTime) ? receivedAt : frame.publishTime;
    const id = parseMessageId(messageId);
    if (id === undefined) {
      this.#reject(
        widgetError('frame-not-a-message', 'An event was skipped: its message id cannot be read.'),
        messageId,
      );
      return 'news';
    }
    this.#checkCover(id, publishTime);
    if (this.#proof.kind === 'awaiting') this.#prove(id, messageId, publishTime);
    if (!this.#highWater.rise(id)) {
      this.#duplicates++;
      this.#effects.acknowledge(messageId);
      return 'copy';
    }
    this.#observe(publishTime, receivedAt);
    const payload = readPayload(frame.payload, messageId);
    if (payload.kind === 'unreadable') {
      this.#reject(payload.error, messageId);
    } else {
      this.#deliver(payload.value, id, messageId, publishTime);
      this.#effects.acknowledge(messageId);
    }
    this.#last = { messageId, publishTime };
    this.#isOnScreen = true;
    this.#effects.taken(this.#last);
    return 'news';
  }

  #deliver(
    payload: Readonly<Record<string, unknown>>,
    id: MessageId,
    messageId: string,
    publishTime: number,
  ): void {
    if (publishTime < this.#notBefore) return;
    try {
      const event = this.#normalise(payload, publishTime);
      if (this.#coversFrom === undefined) {
        // What is published late is still of its own time, as far back as reading was asked to go.
        this.#coversFrom = Math.max(this.#notBefore, Math.min(publishTime, event.at));
        this.#effects.coverFrom(this.#coversFrom);
      }
      this.#effects.deliver(event, messageId, publishTime, this.#phase(id));
      this.#delivered++;
    } catch {
      // A fault of ours must cost one event, not the stream. The event's text may be personal, so it is not quoted.
      this.#rejected++;
      this.#effects.rejected(
        widgetError('internal', 'An event was skipped: the widget could not make sense of it.', messageId),
      );
    }
  }

  #phase(id: MessageId): EventPhase {
    if (this.#seen !== undefined && compareMessageIds(id, this.#seen) <= 0) return 'replayed';
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
    this.#gaps++;
    const gap: Gap = { kind, from, to };
    this.#effects.gap(gap, at, this.#isCaughtUp ? 'live' : 'missed');
    this.#effects.settled({ kind: 'gap', gap });
  }

  /** The ids known belong to another topic or another life of this one. */
  #forget(): void {
    this.#highWater.reset();
    this.#last = undefined;
    this.#seen = undefined;
    this.#isOnScreen = false;
  }

  #reject(error: WidgetError, messageId: string): void {
    this.#rejected++;
    this.#effects.rejected(error);
    this.#effects.acknowledge(messageId);
  }
}
