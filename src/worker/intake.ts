/**
 * Takes messages in: once, in order, proven or with a gap, each answered. The one place between the socket's frames
 * and the models. Owns the order of these steps, phases, and what was counted; the proof is `running-proof.ts`.
 */
import type { Gap, Position } from '../protocol/connection-status.js';
import type { StreamCounts } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { StreamEvent } from '../protocol/stream-event.js';
import type { ClockSkew } from './clock-skew.js';
import { Coverage } from './coverage.js';
import { readFrame, type DataFrame } from './frame.js';
import type { Standing } from './cursor.js';
import type { IntakeEffects } from './intake-effects.js';
import { MAX_ID_CHARACTERS, parseMessageId, type MessageId } from './message-id.js';
import { readPayload } from './payload.js';
import { Phases } from './phases.js';
import { RecentIds } from './recent-ids.js';
import { RunningProof } from './running-proof.js';
import type { Start } from './start-position.js';
import type { SubscriptionRules } from './subscription-rules.js';

/**
 * What a frame carried: no message, a message taken in before, or one that is new. `aside`: new, and nothing of the past that
 * must come before the proof.
 */
export type Taken = 'nothing' | 'copy' | 'news' | 'aside';

export type Normalise = (payload: Readonly<Record<string, unknown>>, publishTime: number) => StreamEvent;

export class Intake {
  readonly #effects: IntakeEffects;
  readonly #normalise: Normalise;
  readonly #phases: Phases;
  readonly #coverage: Coverage;
  readonly #proof: RunningProof;
  /** `undefined` for a reader. */
  readonly #rules: SubscriptionRules | undefined;
  #notBefore = -Infinity;
  #hasBegun = false;
  readonly #counts = { received: 0, delivered: 0, duplicates: 0, redelivered: 0, rejected: 0, gaps: 0 };

  constructor(effects: IntakeEffects, normalise: Normalise, skew: ClockSkew, rules?: SubscriptionRules) {
    this.#effects = effects;
    this.#normalise = normalise;
    this.#phases = new Phases(skew);
    this.#coverage = new Coverage((at) => effects.coverFrom(at), skew);
    this.#rules = rules;
    const gap = (gap: Gap, at: number): void => {
      this.#counts.gaps++;
      this.#coverage.broken();
      effects.gap(gap, at, this.#phases.ofGap);
    };
    this.#proof = new RunningProof({ ...effects, gap }, rules && new RecentIds());
  }

  /** Where reading stands now. */
  get cursor(): Standing {
    return this.#proof.cursor;
  }

  counts(acknowledged: number, reconnects: number): StreamCounts {
    return { ...this.#counts, acknowledged, reconnects };
  }

  /**
   * Before the first dial: what an earlier session left. Events before `notBefore` are read and not shown.
   *
   * @param hasBegun the page has been reading: to begin without a place would leave out what came meanwhile
   */
  restore(last: Position | undefined, notBefore: number, hasBegun = false): void {
    this.#proof.cursor.restore(last);
    this.#notBefore = notBefore;
    this.#hasBegun = hasBegun;
  }

  /** A socket is open; reading begins at `start`. */
  begin(start: Start, now: number): void {
    const wasReading = this.#hasBegun;
    this.#hasBegun = true;
    // What a subscription holds, nobody on it has had.
    this.#phases.begin(now, this.#proof.cursor.isNew && this.#rules === undefined);
    this.#proof.begin(start);
    if (start.coversFrom === 'now' && wasReading) this.#proof.noCursor(now);
    if (!this.#proof.cursor.hasPlace) this.#coverage.begin(start, now);
  }

  /**
   * Reading began at the end, which is right after this message. It is another tab's, so it is neither shown nor saved,
   * but a place to resume from until there is one of one's own.
   */
  standAfter(data: unknown): void {
    const frame = readFrame(data);
    if (this.#proof.cursor.isOnScreen || frame.kind !== 'message') return;
    const { messageId, publishTime } = frame;
    const id = parseMessageId(messageId);
    if (id === undefined || Number.isNaN(publishTime)) return;
    this.#proof.cursor.standAfter(id, { messageId, publishTime });
  }

  /** Silence has shown that the position is not on this topic. False where it is to be read again first. */
  forsake(now: number): boolean {
    return this.#proof.forsake(now);
  }

  /**
   * The service refuses to start where the dial asked to.
   *
   * @param from `undefined` where that was a message id of the page's own, of which nothing else is known
   */
  refused(from: Position | undefined, now: number): void {
    // The next dial starts afresh: this gap is its gap.
    this.#hasBegun = false;
    this.#proof.refused(from, now);
  }

  /** What comes first from now on was published while the computer slept. */
  slept(now: number): void {
    this.#phases.slept(now);
  }

  /** What comes from now on is live. */
  caughtUp(): void {
    this.#phases.caughtUp();
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
    if (this.#proof.wasRightAfterAll(id, publishTime)) return 'nothing';
    if (frame.isRedelivered) this.#counts.redelivered++;
    this.#coverage.check(id, publishTime);
    const heard = this.#proof.hear(id, frame, publishTime);
    if (heard === 'unread') return 'nothing';
    const taken = heard === 'too-young' ? 'aside' : 'news';
    const position = { messageId, publishTime };
    const hadBefore = this.#proof.cursor.hadBefore(id, frame.publishTime);
    if (hadBefore || this.#proof.cursor.has(id, frame.publishTime)) {
      this.#counts.duplicates++;
      this.#effects.acknowledge(messageId);
      if (hadBefore) this.#keep(id, frame, position, receivedAt);
      return 'copy';
    }
    // The age of what comes again is no skew.
    const isOver =
      !frame.isRedelivered && this.#phases.observe(publishTime, receivedAt, this.#proof.isAwaiting);
    this.#coverage.timed();
    if (isOver) this.#effects.caughtUp();
    const payload = readPayload(frame.payload, messageId);
    const fault =
      payload.kind === 'unreadable' ? payload.error : this.#deliver(payload.value, id, frame, publishTime);
    if (fault !== undefined) {
      this.#reject(fault);
      if (this.#rules?.sendsBack(id, frame.publishTime, fault) === true) {
        this.#effects.sendBack(messageId);
        return taken;
      }
    }
    this.#effects.acknowledge(messageId);
    this.#keep(id, frame, position, receivedAt);
    return taken;
  }

  /** Reading stands at this message now. */
  #keep(id: MessageId, frame: DataFrame, position: Position, receivedAt: number): void {
    const { cursor } = this.#proof;
    // A subscription delivers late what another consumer gave back.
    const isLast = this.#rules === undefined || position.publishTime >= (cursor.last?.publishTime ?? 0);
    cursor.take(id, frame.publishTime, position, isLast);
    this.#effects.taken(position, receivedAt);
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
      // What is published late is still of its own time, as far back as reading was asked to go.
      if (this.#rules?.bringsEverything !== false)
        this.#coverage.observe(Math.max(this.#notBefore, Math.min(publishTime, event.at)));
      // What comes again is late: another consumer had it for a while.
      const phase = isRedelivered ? 'missed' : this.#phases.of(this.#proof.cursor.wasSeen(id), publishTime);
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

  /**
   * A frame without a readable id may have been a message. A reader answers it: an answer too many only widens the window
   * by one. A consumer's session would end over an id that names nothing, so there the broker keeps the message.
   * The proxy counts a reader's answers and reads no id in them, so none is lost where one is not said back: longer than any
   * id, it could make an answer larger than the proxy takes (1 MiB), and end the session.
   */
  #rejectNameless(error: WidgetError, messageId: string): void {
    this.#proof.unreadable();
    this.#reject(error);
    if (this.#rules !== undefined) return;
    this.#effects.acknowledge(messageId.length > MAX_ID_CHARACTERS ? '' : messageId);
  }

  #reject(error: WidgetError): void {
    this.#counts.rejected++;
    this.#effects.rejected(error);
  }
}
