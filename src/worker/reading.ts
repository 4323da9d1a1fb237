/**
 * One topic read: where reading begins, what is taken in, how it is answered, what is kept of its place. Ties line, intake,
 * answers and positions together and owns the order in which they hear of things; each of them decides for
 * itself. What becomes of the events is the model's, what the page hears of it `stream.ts`'s.
 */
import { normalise } from '../domain/normalise.js';
import { MAX_PENDING, type StreamModel } from '../domain/stream-model.js';
import type { ConnectionStatus, Verdict } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { LifecycleEvent } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import { Answers } from './answers.js';
import { ClockSkew } from './clock-skew.js';
import { consumerDial, readerDial, type Dial } from './dial.js';
import { Intake, type Taken } from './intake.js';
import { Line } from './line.js';
import type { Platform } from './platform.js';
import type { PositionStore } from './position-store.js';
import type { Before, Place, ReadingHost } from './reading-host.js';
import { Receipts } from './receipts.js';
import { ReaderPlace } from './reader-place.js';
import type { Start } from './start-position.js';
import type { StreamFacts } from './stream-diagnostics.js';
import { SubscriptionRules } from './subscription-rules.js';

/** Events or notices waiting for the page beyond which answers are held back: with the window's 1000 it stays below the model's 2000. */
const CONGESTED_AT = 500;

export class Reading {
  readonly #config: StreamConfig;
  readonly #platform: Platform;
  readonly #model: StreamModel;
  readonly #host: ReadingHost;
  readonly #skew = new ClockSkew((now) => this.#heldBackUntil(now));
  readonly #line: Line;
  readonly #intake: Intake;
  readonly #answers: Answers;
  readonly #receipts = new Receipts();
  readonly #place: ReaderPlace;
  #start: Start | undefined;
  #continuity: Verdict | undefined;
  #isClosed = false;

  constructor(
    config: StreamConfig,
    credential: Credential,
    platform: Platform,
    model: StreamModel,
    host: ReadingHost,
  ) {
    this.#config = config;
    this.#platform = platform;
    this.#model = model;
    this.#host = host;
    this.#place = new ReaderPlace(config, platform, () => this.serviceTime);
    this.#line = new Line(config, credential, platform, {
      credentialWanted: () => host.credentialWanted(),
      dial: (carriesPosition, newest) => this.#dial(carriesPosition, newest),
      begin: () => this.#begin(),
      standAfter: (last) => this.#intake.standAfter(last),
      heldBackUntil: (now) => this.#heldBackUntil(now),
      canGoOn: () => this.#place.canGoOn(this.#intake.cursor),
      frame: (data, receivedAt) => this.#frame(data, receivedAt),
      positionUnknown: () => this.#positionUnknown(),
      positionRefused: () => this.#positionRefused(),
      caughtUp: () => this.#intake.caughtUp(),
      slept: () => this.#intake.slept(this.serviceTime),
      changed: () => this.#changed(),
    });
    this.#answers = new Answers(platform, (text) => this.#line.send(text));
    this.#intake = this.#makeIntake();
  }

  get status(): ConnectionStatus {
    return this.#line.status;
  }

  /** Added to the broker's times, gives this computer's. */
  get clockCorrection(): number {
    return this.#skew.correction;
  }

  /** The broker's time now: what views and windows are reckoned in. */
  get serviceTime(): number {
    return this.#platform.now() - this.#skew.correction;
  }

  /** When the place is to be saved. */
  get savesAt(): number | undefined {
    return this.#place.savesAt;
  }

  /** Reads what an earlier visit left, then dials. */
  async open(opening: Promise<PositionStore> | undefined, before: Before): Promise<void> {
    if (opening !== undefined) {
      const { last, notBefore } = await this.#place.recall(opening, before, () => this.#sayStorage());
      if (this.#isClosed) return;
      this.#intake.restore(last, notBefore, before.wasOpen);
      this.#sayStorage();
    }
    this.#line.dispatch({ kind: 'start', now: this.#platform.now() });
  }

  /** An update goes out with all that was taken in. */
  handOver(): Place {
    const { cursor } = this.#intake;
    this.#receipts.sent();
    return { lastMessageAt: cursor.last?.publishTime, position: this.#place.handOver(cursor) };
  }

  /** It has gone: there is room for more. */
  makeRoom(now: number): void {
    this.#answers.release(now);
    this.#line.dispatch({ kind: 'room', now });
  }

  /** It is on screen. */
  consumed(now: number): void {
    for (const { messageId, isNegative } of this.#receipts.consumed(now))
      this.#answers.give(messageId, false, isNegative);
    this.#place.consumed(now);
  }

  save(now: number): void {
    this.#place.save(now);
  }

  /** `undefined`: the page was asked and has none. */
  changeCredential(credential: Credential | undefined): void {
    this.#line.changeCredential(credential);
  }

  retry(): void {
    this.#line.retry();
  }

  lifecycle(event: LifecycleEvent): void {
    const now = this.#platform.now();
    const isGoing = event === 'freeze' || event === 'pagehide';
    if (isGoing || event === 'hidden') this.save(now);
    // What was pushed to a page that does nothing would wait there, or end as a dead letter.
    if (isGoing && this.#config.subscription !== undefined) this.#answers.flush();
    this.#line.lifecycle(event);
  }

  /** The clock went on by so much without us. */
  woke(lateMs: number): void {
    this.#skew.jumped(lateMs);
    this.#line.woke(lateMs);
  }

  close(): void {
    this.#isClosed = true;
    const now = this.#platform.now();
    this.#line.dispatch({ kind: 'stop', now });
    this.#answers.drop();
    this.#place.save(now);
  }

  /** All but what went wrong last. */
  facts(): Omit<StreamFacts, 'lastError'> {
    return {
      config: this.#config,
      status: this.status,
      storage: this.#place.storage,
      sharing: this.#line.sharing,
      last: this.#intake.cursor.last,
      now: this.serviceTime,
      clockSkewMs: this.#skew.estimate,
      counts: this.#intake.counts(this.#answers.sent, this.#line.reconnects),
      continuity: this.#continuity,
    };
  }

  /** A store may fail at any time. */
  #sayStorage(): void {
    const complaint = this.#place.complaint();
    if (complaint !== undefined) this.#host.failed(complaint);
  }

  #makeIntake(): Intake {
    const model = this.#model;
    const { subscription } = this.#config;
    return new Intake(
      {
        acknowledge: (messageId) => {
          const isCongested = model.pending >= CONGESTED_AT;
          if (isCongested) this.#host.pressed();
          if (subscription === undefined) this.#answers.give(messageId, isCongested);
          else this.#receipts.add({ messageId, isNegative: false });
        },
        sendBack: (messageId) => this.#receipts.add({ messageId, isNegative: true }),
        deliver: (event, messageId, publishTime, phase) =>
          model.take({ event, messageId, publishTime, phase }),
        taken: (position, receivedAt) => this.#place.taken(position, receivedAt - this.#skew.correction),
        coverFrom: (at) => model.coverFrom(at),
        gap: (gap, at, phase) => {
          // Ids of another topic, or of another life of this one, must not be compared with what follows.
          if (gap.kind === 'position-unknown' && gap.from !== undefined)
            this.#place.startOver(gap.from, this.#intake.cursor.last);
          model.gap(gap, at, phase);
          this.#host.gap(gap);
        },
        settled: (verdict) => {
          this.#continuity = verdict;
          this.#line.dispatch({ kind: 'proven', now: this.#platform.now() });
        },
        positionFound: () => {
          model.takeBackGap();
          this.#place.takeBack(this.#intake.cursor);
          this.#line.redial();
        },
        readAgain: () => this.#line.redial(),
        caughtUp: () => this.#line.dispatch({ kind: 'caught-up', now: this.#platform.now() }),
        endOfTopic: (isEnded) =>
          this.#line.dispatch({ kind: 'end-of-topic', now: this.#platform.now(), isEnded }),
        rejected: (error) => this.#host.failed(error),
      },
      normalise,
      this.#skew,
      subscription && new SubscriptionRules(subscription.parameters),
    );
  }

  #dial(carriesPosition: boolean, credential: Credential): Dial {
    const start = this.#place.start(this.#intake.cursor, carriesPosition, this.#host.windowMs());
    this.#start = start;
    const { subscription } = this.#config;
    return subscription === undefined
      ? readerDial(this.#config, start, carriesPosition, this.#place.proofMs, credential)
      : consumerDial(this.#config, subscription, credential);
  }

  #begin(): void {
    this.#answers.drop();
    this.#receipts.drop();
    // Not asked again, it is refused all the same.
    if (this.#place.isPartitioned && this.#intake.cursor.last !== undefined) this.#positionRefused();
    if (this.#start !== undefined) this.#intake.begin(this.#start, this.serviceTime);
  }

  #frame(data: unknown, receivedAt: number): Taken {
    this.#host.arriving(receivedAt);
    if (this.#model.pending >= MAX_PENDING || this.#receipts.isOverfull) {
      // Each new socket may bring a window more. What is not taken in comes again when there is room.
      this.#line.dispatch({ kind: 'no-room', now: receivedAt });
      return 'nothing';
    }
    const taken = this.#intake.take(data, receivedAt);
    if (taken !== 'nothing') this.#host.changed(receivedAt);
    return taken;
  }

  #positionUnknown(): void {
    if (!this.#intake.forsake(this.serviceTime)) return;
    this.#changed();
    // `latest` is where a reader with a position beyond the end stands anyway; only a window must be asked for again.
    if (!this.#intake.cursor.isOnScreen && this.#place.isWindowed) this.#line.redial();
  }

  #positionRefused(): void {
    const { cursor } = this.#intake;
    const from = this.#place.isOfPage(cursor) ? undefined : cursor.last;
    this.#intake.refused(from, this.serviceTime);
    this.#place.refused(cursor);
    this.#changed();
  }

  #heldBackUntil(now: number): number {
    return Math.max(this.#answers.heldBackUntil(now), this.#receipts.fullUntil(now));
  }

  #changed(): void {
    this.#host.changed(this.#platform.now());
  }
}
