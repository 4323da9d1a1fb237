/**
 * One topic, read for all the views on it: ties connection, intake, model, positions and updates together. Owns the
 * order in which they hear of things; each of them decides for itself.
 */
import { normalise } from '../domain/normalise.js';
import { MAX_PENDING_EVENTS, StreamModel } from '../domain/stream-model.js';
import type { ConnectionStatus, Gap, Verdict } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import type { LifecycleEvent, WorkerToPage } from '../protocol/messages.js';
import { positionKey, type StartRule, type StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import { Answers } from './answers.js';
import { ClockSkew } from './clock-skew.js';
import { Connection } from './connection.js';
import { CredentialDesk } from './credential-desk.js';
import { consumerDial, readerDial, type Dial } from './dial.js';
import { ErrorBudget } from './error-budget.js';
import { Intake, type Taken } from './intake.js';
import type { Platform } from './platform.js';
import { PositionKeeper } from './position-keeper.js';
import type { PositionStore } from './position-store.js';
import { Receipts } from './receipts.js';
import { RefusalWatch } from './refusal-watch.js';
import { resumePoint } from './resume-point.js';
import { Sharing } from './sharing.js';
import { startPosition, SUBSCRIBED, type Start } from './start-position.js';
import { streamDiagnostics } from './stream-diagnostics.js';
import { SubscriptionRules } from './subscription-rules.js';
import { UpdateSchedule } from './update-schedule.js';
import { ViewRequests } from './view-requests.js';

/** Events waiting for the page beyond which answers are held back: with the window's 1000 it stays below the model's 2000. */
const CONGESTED_AT = 500;

export class Stream {
  readonly #number: number;
  readonly #config: StreamConfig;
  readonly #platform: Platform;
  readonly #post: (message: WorkerToPage) => void;
  readonly #model: StreamModel;
  readonly #skew = new ClockSkew();
  readonly #errors = new ErrorBudget();
  readonly #views: ViewRequests;
  readonly #connection: Connection;
  readonly #sharing: Sharing;
  readonly #intake: Intake;
  readonly #answers: Answers;
  readonly #receipts = new Receipts();
  readonly #credentials: CredentialDesk;
  readonly #refusals: RefusalWatch;
  readonly #schedule: UpdateSchedule;
  #rule: StartRule;
  /** Of a reader, once its storage is open. */
  #keeper: PositionKeeper | undefined;
  #start: Start | undefined;
  #continuity: Verdict | undefined;
  #gaps: Gap[] = [];
  #isClosed = false;

  constructor(
    number: number,
    config: StreamConfig,
    credential: Credential,
    platform: Platform,
    post: (message: WorkerToPage) => void,
    model = new StreamModel(),
  ) {
    this.#model = model;
    this.#number = number;
    this.#config = config;
    this.#views = new ViewRequests(config);
    this.#credentials = new CredentialDesk(credential, () =>
      post({ kind: 'credential-wanted', stream: number }),
    );
    this.#refusals = new RefusalWatch(platform, config.endpoint, {
      hold: (until) => this.#connection.dispatch({ kind: 'hold', now: platform.now(), until }),
      changed: () => this.#touch(),
    });
    this.#rule = config.start;
    this.#platform = platform;
    this.#post = post;
    this.#sharing = new Sharing(platform, config, () => this.retry());
    const isExclusive = config.subscription?.parameters.subscriptionType === 'Exclusive';
    this.#connection = new Connection(platform, {
      credential: (then) => this.#credentials.obtain(then),
      // Not the key: another reader may hold the subscription, and will let it go.
      refused: (hadPosition) => this.#refusals.refused(hadPosition || isExclusive),
      dial: (carriesPosition) => this.#dial(carriesPosition),
      openSocket: (dial) => this.#sharing.openSocket(dial),
      begin: () => this.#begin(),
      heldBackUntil: (now) => Math.max(this.#answers.heldBackUntil(now), this.#receipts.fullUntil(now)),
      frame: (data, receivedAt) => this.#frame(data, receivedAt),
      positionUnknown: () => this.#forsake('position-unknown'),
      positionRefused: () => this.#forsake('position-refused'),
      caughtUp: () => {
        this.#intake.caughtUp();
        this.#sharing.caughtUp();
      },
      changed: () => this.#touch(),
    });
    this.#answers = new Answers(platform, (text) => this.#connection.send(text));
    this.#intake = this.#makeIntake();
    this.#schedule = new UpdateSchedule(platform, {
      savesAt: () => this.#keeper?.dueAt,
      save: (now) => this.#keeper?.save(now),
      changesAt: () => {
        const changesAt = model.nextDue();
        return changesAt === undefined ? undefined : changesAt + this.#skew.correction;
      },
      send: (now) => this.#send(now),
      rang: () => this.#sayStorage(),
    });
  }

  /**
   * Reads what an earlier visit left, then dials. The page's `watch` messages of the same task have arrived by then.
   *
   * @param opening `undefined` where the broker keeps the place of a subscription: two truths would fight
   */
  async open(opening: Promise<PositionStore> | undefined, handover: string | undefined): Promise<void> {
    if (opening !== undefined) await this.#recall(await opening, handover);
    if (!this.#isClosed) this.#connection.dispatch({ kind: 'start', now: this.#platform.now() });
  }

  async #recall(store: PositionStore, handover: string | undefined): Promise<void> {
    const key = positionKey(this.#config);
    const stored = await store.load(key);
    if (this.#isClosed) return;
    this.#keeper = new PositionKeeper(store, key, stored.index);
    const rule = this.#rule;
    const notBefore = rule.kind === 'since' ? this.#serviceTime() - rule.durationMs : -Infinity;
    const last =
      store.state.kind === 'memory' ? undefined : resumePoint(stored.last, handover, this.#platform.now());
    this.#intake.restore(last, notBefore);
    this.#sayStorage();
  }

  watch(view: number, wanted: ViewRequest): void {
    this.#model.watch(view, this.#views.add(view, wanted));
    this.#touch();
  }

  unwatch(view: number): void {
    this.#views.remove(view);
    this.#model.unwatch(view);
  }

  clear(view: number): void {
    this.#model.clear(view);
    this.#touch();
  }

  consumed(costMs: number): void {
    const now = this.#platform.now();
    for (const { messageId, isNegative } of this.#receipts.consumed(now))
      this.#answers.give(messageId, false, isNegative);
    this.#keeper?.consumed(now);
    this.#schedule.consumed(costMs, now);
  }

  /** `undefined`: the page was asked and has none. */
  changeCredential(credential: Credential | undefined): void {
    this.#credentials.take(credential, () => {
      // A key that is made anew for each dial is no other key: else a wrong one would be dialed without end.
      if (credential?.isAsked !== true) this.#refusals.forget();
      this.#connection.dispatch({ kind: 'credential', now: this.#platform.now() });
    });
  }

  retry(): void {
    this.#connection.dispatch({ kind: 'retry', now: this.#platform.now() });
  }

  lifecycle(event: LifecycleEvent): void {
    const now = this.#platform.now();
    switch (event) {
      case 'hidden':
        this.#keeper?.save(now);
        return;
      case 'freeze':
      case 'pagehide':
        this.#keeper?.save(now);
        this.#sharing.leave();
        return;
      case 'offline':
        this.#connection.dispatch({ kind: 'offline', now });
        return;
      case 'resume':
      case 'pageshow':
        this.#sharing.comeBack();
        this.#connection.dispatch({ kind: 'wake', now });
        return;
      case 'visible':
      case 'online':
        this.#connection.dispatch({ kind: 'wake', now });
        return;
      default:
        event satisfies never;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#schedule.end();
    const now = this.#platform.now();
    this.#connection.dispatch({ kind: 'stop', now });
    this.#answers.drop();
    this.#keeper?.save(now);
  }

  diagnostics(): StreamDiagnostics {
    return streamDiagnostics({
      config: this.#config,
      status: this.#status,
      storage: this.#keeper?.storage,
      sharing: this.#sharing.state,
      last: this.#intake.last,
      now: this.#serviceTime(),
      clockSkewMs: this.#skew.estimate,
      counts: this.#intake.counts(this.#answers.sent, this.#connection.reconnects),
      continuity: this.#continuity,
      lastError: this.#errors.last,
    });
  }

  get #status(): ConnectionStatus {
    return this.#refusals.describe(this.#connection.status);
  }

  #makeIntake(): Intake {
    const model = this.#model;
    const { subscription } = this.#config;
    return new Intake(
      {
        acknowledge: (messageId) => {
          const isCongested = model.pendingEvents >= CONGESTED_AT;
          if (isCongested) this.#schedule.press();
          if (subscription === undefined) this.#answers.give(messageId, isCongested);
          else this.#receipts.add({ messageId, isNegative: false });
        },
        sendBack: (messageId) => this.#receipts.add({ messageId, isNegative: true }),
        deliver: (event, messageId, publishTime, phase) =>
          model.take({ event, messageId, publishTime, phase }),
        taken: (position) => this.#keeper?.taken(position),
        coverFrom: (at) => model.coverFrom(at),
        gap: (gap, at, phase) => {
          // Ids of another topic, or of another life of this one, must not be compared with what follows.
          if (gap.kind === 'position-unknown' || gap.kind === 'position-refused') this.#startOverSaving();
          model.gap(gap, at, phase);
          this.#gaps.push(gap);
        },
        settled: (verdict) => {
          this.#continuity = verdict;
          this.#connection.dispatch({ kind: 'proven', now: this.#platform.now() });
        },
        caughtUp: () => this.#connection.dispatch({ kind: 'caught-up', now: this.#platform.now() }),
        endOfTopic: (isEnded) =>
          this.#connection.dispatch({ kind: 'end-of-topic', now: this.#platform.now(), isEnded }),
        rejected: (error) => this.#report(error),
      },
      normalise,
      this.#skew,
      subscription && new SubscriptionRules(subscription.parameters),
    );
  }

  #dial(carriesPosition: boolean): Dial {
    const credential = this.#credentials.current;
    const { subscription } = this.#config;
    if (subscription !== undefined) {
      this.#start = SUBSCRIBED;
      return consumerDial(this.#config, subscription, credential);
    }
    this.#start = startPosition({
      rule: this.#rule,
      last: this.#intake.last,
      mayCarryPosition: carriesPosition,
      isOnScreen: this.#intake.isOnScreen,
      index: this.#keeper?.index ?? [],
      windowMs: this.#views.windowMs,
      now: this.#serviceTime(),
    });
    return readerDial(this.#config, this.#start, carriesPosition, credential);
  }

  #begin(): void {
    this.#refusals.opened();
    this.#answers.drop();
    this.#receipts.drop();
    if (this.#start !== undefined) this.#intake.begin(this.#start, this.#serviceTime());
  }

  #frame(data: unknown, receivedAt: number): Taken {
    if (this.#model.pendingEvents >= MAX_PENDING_EVENTS) {
      // Each new socket may bring a window more. What is not taken in comes again when there is room.
      this.#connection.dispatch({ kind: 'no-room', now: receivedAt });
      return 'nothing';
    }
    const taken = this.#intake.take(data, receivedAt);
    if (taken !== 'nothing') this.#schedule.touch(receivedAt);
    return taken;
  }

  #forsake(kind: 'position-unknown' | 'position-refused'): void {
    // What is on screen must not be read again from the start, and a position of the page's own not be tried again.
    if (kind === 'position-refused' && (this.#intake.isOnScreen || this.#rule.kind === 'message-id'))
      this.#rule = { kind: 'latest' };
    this.#intake.forsake(kind, this.#serviceTime());
    this.#touch();
    // `latest` is where a reader with a position beyond the end stands anyway; only a window must be asked for again.
    const hasNothing = kind === 'position-unknown' && !this.#intake.isOnScreen;
    if (hasNothing && this.#rule.kind === 'since') this.#connection.redial();
  }

  #startOverSaving(): void {
    this.#keeper?.forget();
    const { last } = this.#intake;
    if (last !== undefined) this.#keeper?.taken(last);
  }

  #report(error: WidgetError): void {
    if (this.#errors.admit(error, this.#platform.now())) this.#touch();
  }

  #sayStorage(): void {
    const complaint = this.#keeper?.complaint();
    if (complaint !== undefined) this.#report(complaint);
  }

  /** The broker's time now: what views and windows are reckoned in. */
  #serviceTime(): number {
    return this.#platform.now() - this.#skew.correction;
  }

  #touch(): void {
    this.#schedule.touch(this.#platform.now());
  }

  #send(now: number): void {
    const last = this.#intake.last;
    const shown = this.#intake.isOnScreen && this.#config.subscription === undefined ? last : undefined;
    this.#keeper?.sent(shown);
    this.#receipts.sent();
    this.#post({
      kind: 'update',
      stream: this.#number,
      connection: this.#status,
      lastMessageAt: last?.publishTime,
      clockSkewMs: this.#skew.correction,
      position: shown?.messageId,
      views: this.#model.drain(this.#serviceTime()),
      gaps: this.#gaps,
      errors: this.#errors.take(),
    });
    this.#gaps = [];
    this.#answers.release(now);
    this.#connection.dispatch({ kind: 'room', now });
  }
}
