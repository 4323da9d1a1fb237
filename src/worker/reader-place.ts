/**
 * A reader's place on its topic: the rule of the page, what an earlier visit left, what the page handed over, what the
 * service spoke against. Owns where each dial starts, and what is kept; of a subscription the broker keeps the place.
 */
import type { Position } from '../protocol/connection-status.js';
import type { StorageState } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import { positionKey, type StartRule, type StreamConfig } from '../protocol/stream-config.js';
import { MAX_PROOF_TIMEOUT_MS, PROOF_TIMEOUT_MS } from './connection-state.js';
import type { Standing } from './cursor.js';
import type { Platform } from './platform.js';
import { PositionKeeper } from './position-keeper.js';
import type { PositionStore } from './position-store.js';
import type { Before } from './reading-host.js';
import { resumePoint } from './resume-point.js';
import { canStartAt, startPosition, SUBSCRIBED, type Start } from './start-position.js';

export interface Recalled {
  /** The last message that was on screen. */
  readonly last: Position | undefined;
  /** Events before it are not shown. */
  readonly notBefore: number;
}

export class ReaderPlace {
  readonly #config: StreamConfig;
  readonly #platform: Platform;
  readonly #serviceTime: () => number;
  #rule: StartRule;
  /** Once the storage is open. */
  #keeper: PositionKeeper | undefined;
  /** The page's own, until this session has brought a message or the service has spoken against it. */
  #handover: string | undefined;
  /** A position of a partition was refused here: of such a topic Pulsar accepts none (`docs/protocol.md`, Resume, 4). */
  #isPartitioned = false;
  /** Longer where the service was slow: each dial would else be given up before its first message. */
  #proofMs = PROOF_TIMEOUT_MS;

  /** @param serviceTime the broker's time now */
  constructor(config: StreamConfig, platform: Platform, serviceTime: () => number) {
    this.#config = config;
    this.#platform = platform;
    this.#serviceTime = serviceTime;
    this.#rule = config.start;
  }

  get storage(): StorageState | undefined {
    return this.#keeper?.storage;
  }

  /** When it is to be saved. */
  get savesAt(): number | undefined {
    return this.#keeper?.dueAt;
  }

  get isPartitioned(): boolean {
    return this.#isPartitioned;
  }

  get proofMs(): number {
    return this.#proofMs;
  }

  /** A window of time is asked for, wherever reading goes on. */
  get isWindowed(): boolean {
    return this.#rule.kind === 'since';
  }

  /** @param wrote after each write, done or failed */
  async recall(opening: Promise<PositionStore>, before: Before, wrote: () => void): Promise<Recalled> {
    const { handover, wasOpen } = before;
    this.#handover = handover;
    const store = await opening;
    const key = positionKey(this.#config);
    const stored = await store.load(key);
    this.#keeper = new PositionKeeper(store, key, stored.index, wrote);
    const rule = this.#rule;
    const notBefore = rule.kind === 'since' ? this.#serviceTime() - rule.durationMs : -Infinity;
    // Where a visit begins is the start rule's; a worker that took over from a dead one goes on where the page is.
    const isVisit = !wasOpen;
    const isForgetful = store.state.kind === 'memory' && isVisit;
    const last = isForgetful ? undefined : resumePoint(stored.last, handover, this.#platform.now());
    if (rule.kind === 'latest') {
      // The visit before is none of this one's, nor of the worker's that may have to take over from this one.
      if (isVisit) this.#handover = undefined;
      else if (handover !== undefined) this.#rule = { kind: 'resume' };
    }
    return { last, notBefore };
  }

  /** Where the next dial starts. */
  start({ last, hasPlace }: Standing, carriesPosition: boolean, windowMs: number): Start {
    if (this.#config.subscription !== undefined) return SUBSCRIBED;
    return startPosition({
      rule: this.#rule,
      last,
      mayCarryPosition: carriesPosition && !this.#isPartitioned,
      isOnScreen: hasPlace,
      index: this.#keeper?.index ?? [],
      windowMs,
      now: this.#serviceTime(),
    });
  }

  /** Whether another socket can take the stream up where this one is. */
  canGoOn({ last }: Standing): boolean {
    const { subscription, topic } = this.#config;
    return subscription !== undefined || canStartAt(last, topic);
  }

  /** A message was taken in. */
  taken(position: Position, at: number): void {
    this.#keeper?.taken(position, at);
  }

  /** An update goes out with all that was taken in: the place that the page has with it. */
  handOver({ shown }: Standing): string | undefined {
    const position = this.#config.subscription === undefined ? shown : undefined;
    this.#keeper?.sent(position);
    return position?.messageId ?? this.#handover;
  }

  /** It is on screen. */
  consumed(now: number): void {
    this.#keeper?.consumed(now);
  }

  save(now: number): void {
    this.#keeper?.save(now);
  }

  /** A store may fail at any time. */
  complaint(): WidgetError | undefined {
    return this.#keeper?.complaint();
  }

  /** Whether the next dial starts at a message id of the page's own, which says nothing about what was kept. */
  isOfPage({ hasPlace }: Standing): boolean {
    return !hasPlace && this.#rule.kind === 'message-id';
  }

  /** The service refuses to start where reading stood. */
  refused(standing: Standing): void {
    const { isOnScreen, last } = standing;
    const isOfPage = this.isOfPage(standing);
    // What is on screen must not be read again from the start, and a position of the page's own not be tried again.
    if (isOnScreen || this.#rule.kind === 'message-id') this.#rule = { kind: 'latest' };
    if (isOfPage) return;
    this.#isPartitioned ||= last !== undefined && !canStartAt(last, this.#config.topic);
    this.startOver(last, undefined);
  }

  /** `gone` is on this topic no longer; `last` is where reading stands now. */
  startOver(gone: Position | undefined, last: Position | undefined): void {
    this.#handover = undefined;
    this.#keeper?.forget(gone);
    if (last !== undefined) this.#keeper?.taken(last, this.#serviceTime());
  }

  /** The position that was forgotten is on the topic after all, and the service was only slow. */
  takeBack({ last, isOnScreen }: Standing): void {
    this.#proofMs = Math.min(2 * this.#proofMs, MAX_PROOF_TIMEOUT_MS);
    if (last === undefined || isOnScreen) return;
    this.#handover = last.messageId;
    this.#keeper?.shown(last, this.#platform.now());
  }
}
