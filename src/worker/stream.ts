/**
 * One topic, read for all the views on it: ties connection, intake, model, positions and updates together. Owns the
 * order in which they hear of things; each of them decides for itself.
 */
import { normalise } from '../domain/normalise.js';
import { MAX_PENDING_EVENTS, StreamModel } from '../domain/stream-model.js';
import type { ConnectionStatus, Gap, Position, Verdict } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { StorageState, StreamDiagnostics } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { LifecycleEvent, WorkerToPage } from '../protocol/messages.js';
import {
  AGENT_NAMESPACE,
  positionKey,
  type StartRule,
  type StreamConfig,
} from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import { Alarm } from './alarm.js';
import { Answers } from './answers.js';
import { ClockSkew } from './clock-skew.js';
import { Connection, type Dial } from './connection.js';
import { consumerUrl } from './consumer-url.js';
import { CredentialDesk } from './credential-desk.js';
import { ErrorBudget } from './error-budget.js';
import { Intake, type Taken } from './intake.js';
import { Pacer } from './pacer.js';
import type { Platform } from './platform.js';
import { PositionKeeper } from './position-keeper.js';
import type { PositionStore } from './position-store.js';
import { readerUrl } from './reader-url.js';
import { Receipts } from './receipts.js';
import { RefusalWatch } from './refusal-watch.js';
import { resumePoint } from './resume-point.js';
import { Sharing } from './sharing.js';
import { startPosition, SUBSCRIBED, type Start } from './start-position.js';
import { SubscriptionRules } from './subscription-rules.js';
import { widestWindowMs } from './view-window.js';

/** Events waiting for the page beyond which answers are held back: with the window's 1000 it stays below the model's 5000. */
const CONGESTED_AT = 3_500;

export class Stream {
  readonly #number: number;
  readonly #config: StreamConfig;
  readonly #platform: Platform;
  readonly #post: (message: WorkerToPage) => void;
  readonly #model: StreamModel;
  readonly #skew = new ClockSkew();
  readonly #pacer = new Pacer();
  readonly #errors = new ErrorBudget();
  readonly #requests = new Map<number, ViewRequest>();
  readonly #connection: Connection;
  readonly #sharing: Sharing;
  readonly #intake: Intake;
  readonly #answers: Answers;
  readonly #receipts = new Receipts();
  readonly #alarm: Alarm;
  readonly #credentials: CredentialDesk;
  readonly #refusals: RefusalWatch;
  #rule: StartRule;
  #store: PositionStore | undefined;
  #keeper: PositionKeeper | undefined;
  #start: Start | undefined;
  #continuity: Verdict | undefined;
  /** The last message of the update that the page has not consumed yet. */
  #inFlight: Position | undefined;
  #gaps: Gap[] = [];
  #isClosed = false;
  #saidStorage = false;

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
    this.#alarm = new Alarm(platform, () => this.#onAlarm());
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
    this.#store = store;
    this.#keeper = new PositionKeeper(store, key, stored.index);
    const rule = this.#rule;
    const notBefore = rule.kind === 'since' ? this.#serviceTime() - rule.durationMs : -Infinity;
    const last =
      store.state.kind === 'memory' ? undefined : resumePoint(stored.last, handover, this.#platform.now());
    this.#intake.restore(last, notBefore);
    this.#sayStorage();
  }

  watch(view: number, wanted: ViewRequest): void {
    const request = this.#ofThisAgent(wanted);
    this.#requests.set(view, request);
    this.#model.watch(view, request);
    this.#touch();
  }

  unwatch(view: number): void {
    this.#requests.delete(view);
    this.#model.unwatch(view);
  }

  clear(view: number): void {
    this.#model.clear(view);
    this.#touch();
  }

  consumed(costMs: number): void {
    const now = this.#platform.now();
    this.#pacer.consumed(costMs, now);
    for (const { messageId, isNegative } of this.#receipts.consumed(now))
      this.#answers.give(messageId, false, isNegative);
    // What is stored has been on screen: a page that dies between two updates finds the rest marked as missed.
    if (this.#inFlight !== undefined) this.#keeper?.shown(this.#inFlight, now);
    this.#inFlight = undefined;
    this.#arm();
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
    const now = this.#platform.now();
    this.#connection.dispatch({ kind: 'stop', now });
    this.#answers.drop();
    this.#keeper?.save(now);
    this.#alarm.clear();
  }

  diagnostics(): StreamDiagnostics {
    const status = this.#status;
    const last = this.#intake.last;
    return {
      state: status.kind,
      since: status.since,
      cause: 'cause' in status ? status.cause : undefined,
      endpointHost: hostOf(this.#config.endpoint),
      topic: `${this.#config.namespace}/${this.#config.topic}`,
      storage: this.#storage,
      sharing: this.#sharing.state,
      lastMessageId: last?.messageId,
      lastPublishTime: last?.publishTime,
      lagMs: last === undefined ? undefined : this.#serviceTime() - last.publishTime,
      clockSkewMs: this.#skew.estimate,
      counts: this.#intake.counts(this.#answers.sent, this.#connection.reconnects),
      continuity: this.#continuity,
      lastError: this.#errors.last,
    };
  }

  get #storage(): StorageState {
    const { subscription } = this.#config;
    if (subscription === undefined) return this.#store?.state ?? { kind: 'opening' };
    const { name, parameters } = subscription;
    return { kind: 'subscription', name, type: parameters.subscriptionType };
  }

  get #status(): ConnectionStatus {
    return this.#refusals.describe(this.#connection.status);
  }

  /** On an agent's own topic the topic is the agent, in the very form that its events have. */
  #ofThisAgent(request: ViewRequest): ViewRequest {
    const { namespace, topic } = this.#config;
    return request.kind === 'feed' && namespace === AGENT_NAMESPACE
      ? { ...request, agentId: topic }
      : request;
  }

  #makeIntake(): Intake {
    const model = this.#model;
    const { subscription } = this.#config;
    return new Intake(
      {
        acknowledge: (messageId) => {
          if (subscription === undefined) this.#answers.give(messageId, model.pendingEvents >= CONGESTED_AT);
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
    const { subscription } = this.#config;
    if (subscription !== undefined) {
      this.#start = SUBSCRIBED;
      const url = consumerUrl(this.#config, subscription, this.#credentials.current);
      // Nobody here knows whether the subscription is new, and with it whether anything lies before now.
      return { after: '', mayFollow: false, url, hasPosition: false, mustProve: false, isAtLatest: false };
    }
    const start = startPosition({
      rule: this.#rule,
      last: this.#intake.last,
      mayCarryPosition: carriesPosition,
      isOnScreen: this.#intake.isOnScreen,
      index: this.#keeper?.index ?? [],
      windowMs: widestWindowMs(this.#requests.values()),
      now: this.#serviceTime(),
    });
    this.#start = start;
    return {
      after: start.messageId,
      mayFollow: carriesPosition,
      url: readerUrl(this.#config, start.messageId, this.#credentials.current),
      hasPosition: start.messageId !== 'latest' && start.messageId !== 'earliest',
      mustProve: start.proof.kind === 'awaiting',
      isAtLatest: start.messageId === 'latest',
    };
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
    if (taken !== 'nothing') this.#touch(receivedAt);
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
    this.#inFlight = undefined;
    const { last } = this.#intake;
    if (last !== undefined) this.#keeper?.taken(last);
  }

  #report(error: WidgetError): void {
    if (this.#errors.admit(error, this.#platform.now())) this.#touch();
  }

  #sayStorage(): void {
    const state = this.#store?.state;
    if (state?.kind !== 'memory' || this.#saidStorage) return;
    this.#saidStorage = true;
    this.#report(
      widgetError(
        'storage-unavailable',
        `The widget cannot keep its place here (${state.reason}): after a reload it starts at now.`,
      ),
    );
  }

  /** The broker's time now: what views and windows are reckoned in. */
  #serviceTime(): number {
    return this.#platform.now() - this.#skew.correction;
  }

  #touch(now: number = this.#platform.now()): void {
    if (this.#isClosed) return;
    // Runs for every message: what is due is worked out once per update, not once per message.
    if (this.#pacer.touch(now)) this.#arm();
  }

  #arm(): void {
    if (this.#isClosed) return;
    // What time alone changes goes with an update that waits anyway.
    const changesAt = this.#pacer.isDirty ? undefined : this.#model.nextDue();
    const dues = [
      this.#pacer.dueAt,
      this.#keeper?.dueAt,
      changesAt === undefined ? undefined : changesAt + this.#skew.correction,
    ];
    const earliest = Math.min(...dues.map((due) => due ?? Infinity));
    this.#alarm.set(earliest === Infinity ? undefined : earliest);
  }

  #onAlarm(): void {
    const now = this.#platform.now();
    const saveAt = this.#keeper?.dueAt;
    if (saveAt !== undefined && now >= saveAt) this.#keeper?.save(now);
    const changesAt = this.#model.nextDue();
    if (changesAt !== undefined && this.#serviceTime() >= changesAt) this.#pacer.touch(now);
    const sendAt = this.#pacer.dueAt;
    if (sendAt !== undefined && now >= sendAt) this.#send(now);
    this.#sayStorage();
    this.#arm();
  }

  #send(now: number): void {
    this.#pacer.sent(now);
    const last = this.#intake.last;
    this.#inFlight = this.#intake.isOnScreen && this.#config.subscription === undefined ? last : undefined;
    this.#receipts.sent();
    this.#post({
      kind: 'update',
      stream: this.#number,
      connection: this.#status,
      lastMessageAt: last?.publishTime,
      clockSkewMs: this.#skew.correction,
      position: this.#inFlight?.messageId,
      views: this.#model.drain(this.#serviceTime()),
      gaps: this.#gaps,
      errors: this.#errors.take(),
    });
    this.#gaps = [];
    this.#answers.release(now);
    this.#connection.dispatch({ kind: 'room', now });
  }
}

function hostOf(endpoint: string): string {
  try {
    return new URL(endpoint).host;
  } catch {
    // Checked before it came here; a diagnostic must not throw for it.
    return '';
  }
}
