/**
 * One life of a page that reads a model broker through a real stream, and what an honest observer says about it: each
 * message exactly once and in order, or a gap; no gap that is not true; each frame answered once; one socket.
 */
import type { Entry } from '../../../src/domain/stream-model.js';
import type { Gap } from '../../../src/protocol/connection-status.js';
import type { WorkerToPage } from '../../../src/protocol/messages.js';
import type { StartRule, StreamConfig } from '../../../src/protocol/stream-config.js';
import { Stream } from '../../../src/worker/stream.js';
import { feedRequest } from '../../domain/payloads.js';
import { memoryPositions, type SavedPositions } from './memory-positions.js';
import type { ModelBroker } from './model-broker.js';
import { RecordingModel } from './recording-model.js';
import { virtualPlatform, type VirtualClock, type VirtualPlatform } from './virtual-platform.js';

export interface Visit {
  readonly rule: StartRule;
  readonly saved: SavedPositions;
  readonly handover: string | undefined;
  readonly wantsEvents: boolean;
}

export class ReadingPage {
  readonly failures: string[] = [];
  /** The kinds of the gaps said. */
  readonly gaps: string[] = [];
  readonly stream: Stream;
  readonly platform: VirtualPlatform;
  /** The last message id of an update: what a page hands over to its next life. */
  handover: string | undefined;
  /** A page that is frozen or busy does not consume its updates. */
  isConsuming = true;
  readonly #broker: ModelBroker;
  readonly #model: RecordingModel;
  readonly #visit: Visit;
  /** The message behind the best position known at the start, if there is one. */
  readonly #seen: number | undefined;
  readonly #openedAt: number;
  #judged = 0;
  /** Everything up to here has come, or was not owed. */
  #accounted: number | undefined;
  /** The message that came last. */
  #last = -1;
  /** A gap was said since the last message. */
  #isCovered = false;
  #hasCursor: boolean;
  /** Once a position was lost, nobody can tell what was seen before. */
  #knowsSeen = true;
  #awaitsConsumed = false;

  constructor(clock: VirtualClock, chance: () => number, broker: ModelBroker, visit: Visit) {
    this.#broker = broker;
    this.#visit = visit;
    this.#openedAt = clock.now;
    this.#seen = this.#seqOfBest();
    // `latest` begins at now whatever was saved, so nothing saved can stand in for what it has not had yet.
    this.#hasCursor =
      visit.rule.kind !== 'latest' && (visit.saved.last !== undefined || visit.handover !== undefined);
    this.#model = new RecordingModel();
    this.#model.collects = visit.wantsEvents;
    this.platform = virtualPlatform({
      clock,
      chance,
      store: () => Promise.resolve(memoryPositions(visit.saved)),
      connected: (socket) => {
        const held = this.platform.sockets.filter((one) => one.isHeld);
        if (held.length > 1) this.failures.push(`${held.length} sockets at once`);
        broker.connect(socket);
      },
      heard: (socket, text) => broker.heard(socket, text),
    });
    const config: StreamConfig = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start: visit.rule,
    };
    this.stream = new Stream(
      1,
      config,
      { apiKey: 'canary' },
      this.platform,
      (message) => this.#heard(message),
      this.#model,
    );
    this.stream.watch(1, feedRequest({ mask: 'all', wantsEvents: visit.wantsEvents }));
    void this.stream.open(this.platform.openStore(), { handover: visit.handover, wasOpen: false });
  }

  /** `retry`, and once more consuming what is offered. */
  consume(): void {
    this.isConsuming = true;
    if (this.#awaitsConsumed) this.#consumed();
  }

  close(): void {
    this.judge();
    this.stream.close();
    for (const socket of this.platform.sockets) {
      if (socket.readyState < 2) this.failures.push('a socket is held after the stream was closed');
    }
  }

  /** Looks at what was recorded since the last look. To be called before the broker's log changes. */
  judge(): void {
    const { records } = this.#model;
    for (; this.#judged < records.length; this.#judged++) {
      const record = records[this.#judged];
      if (record?.kind === 'gap') this.#judgeGap(record.gap);
      if (record?.kind === 'event') {
        this.#judgeEvent(record.entry);
      }
    }
    for (const session of this.#broker.sessions) {
      if (session.answers.length > session.delivered.length) this.failures.push('more answers than frames');
      const wrong = session.answers.findIndex(
        (text, i) => text !== `{"messageId":"${session.delivered[i]?.text}"}`,
      );
      if (wrong >= 0) this.failures.push(`answer ${wrong} is ${session.answers[wrong]}`);
    }
  }

  /** At rest: everything is accounted for, and every frame of an open socket answered. */
  judgeRest(): void {
    this.judge();
    const { newest } = this.#broker;
    // What is published to a stream at rest has no excuse.
    if (this.#last !== newest) this.failures.push(`silent at the end: ${this.#last} of ${newest}`);
    const open = this.#broker.sessions.filter(({ socket }) => socket.readyState === 1);
    if (open.length !== 1) this.failures.push(`${open.length} open sockets at rest`);
    for (const { answers, delivered } of open) {
      if (answers.length !== delivered.length)
        this.failures.push(`${delivered.length} frames, ${answers.length} answers`);
    }
    const state = this.stream.diagnostics().state;
    if (state !== 'live') this.failures.push(`${state} at rest`);
    const { received, acknowledged } = this.stream.diagnostics().counts;
    // Answers that wait die with their socket.
    if (acknowledged > received) this.failures.push(`${received} received, ${acknowledged} acknowledged`);
  }

  #heard(message: WorkerToPage): void {
    if (message.kind !== 'update') return;
    this.handover = message.position;
    if (message.position !== undefined) this.#judgeHandover(message.position);
    if (this.#awaitsConsumed) this.failures.push('an update before the last one was consumed');
    this.#awaitsConsumed = true;
    if (this.isConsuming) this.platform.clock.setTimer(() => this.#consumed(), 2);
  }

  /** What was seen before this page was loaded stays seen, while its window is read again too. */
  #judgeHandover(position: string): void {
    const seen = this.#seen;
    const place = this.#broker.everything.findLastIndex(({ text }) => text === position);
    if (this.#knowsSeen && seen !== undefined && place < seen)
      this.failures.push(`hands over message ${place} though ${seen} had been seen`);
  }

  #consumed(): void {
    if (!this.#awaitsConsumed || !this.isConsuming) return;
    this.#awaitsConsumed = false;
    this.stream.consumed(2);
  }

  #judgeEvent({ messageId, phase }: Entry): void {
    const seq = this.#broker.everything.findIndex(({ text }) => text === messageId);
    const name = `message ${seq}`;
    if (seq < 0) {
      this.failures.push(`an event that was never published: ${messageId}`);
      return;
    }
    this.#hasCursor = true;
    const { everything } = this.#broker;
    const seen = this.#seen === undefined ? undefined : everything[this.#seen];
    if (
      this.#knowsSeen &&
      seen?.life === everything[seq]?.life &&
      seq > (seen?.seq ?? seq) &&
      phase === 'replayed'
    )
      this.failures.push(`${name} came after what was seen, and is called replayed`);
    const before = this.#accounted;
    if (before === undefined) {
      this.#accounted = Math.max(seq, this.#start());
      // The window of what was seen before comes first; only what follows it is owed.
      if (seq > this.#start() + 1) this.#checkOwed(this.#start(), seq, name);
      this.#last = seq;
      this.#isCovered = false;
      return;
    }
    if (seq <= this.#last) {
      this.failures.push(
        `${name} after message ${this.#last}: ${seq === this.#last ? 'twice' : 'again or out of order'}`,
      );
      return;
    }
    this.#checkOwed(this.#last, seq, name);
    this.#last = seq;
    this.#accounted = Math.max(before, seq);
    this.#isCovered = false;
  }

  #checkOwed(after: number, seq: number, name: string): void {
    if (this.#isCovered) return;
    const missing = this.#missing(after, seq);
    if (missing.length > 0)
      this.failures.push(
        `${name} came after message ${after} without a gap: ${missing.length} lost from ${missing[0]}`,
      );
  }

  /** What lies between two messages and is owed: neither unknowable nor older than the page asked for. */
  #missing(after: number, before: number): readonly number[] {
    const { rule } = this.#visit;
    const oldest = rule.kind === 'since' ? this.#openedAt - rule.durationMs : -Infinity;
    return this.#broker.everything
      .slice(after + 1, before)
      .filter(
        ({ seq, publishTime }) => !this.#broker.unknowable.has(seq) && publishTime >= oldest + SKEW_SLACK_MS,
      )
      .map(({ seq }) => seq);
  }

  /** Everything after this is owed. */
  #start(): number {
    if (this.#accounted !== undefined) return this.#accounted;
    switch (this.#visit.rule.kind) {
      case 'resume':
        return this.#seen ?? this.#newestOnceOpen();
      case 'earliest':
      case 'since':
        return this.#firstInLog() - 1;
      case 'latest':
      case 'message-id':
        return this.#newestOnceOpen();
      default:
        return this.#visit.rule satisfies never;
    }
  }

  /** `latest` means the moment in which the service takes the first dial. */
  #newestOnceOpen(): number {
    return this.#broker.firstSession(this.platform.sockets)?.newestAtOpening ?? this.#broker.newest;
  }

  #firstInLog(): number {
    return this.#broker.firstSession(this.platform.sockets)?.oldestAtOpening ?? this.#broker.newest + 1;
  }

  #judgeGap({ kind, from }: Gap): void {
    this.gaps.push(kind);
    const isThere = from !== undefined && this.#broker.has(from.messageId);
    if ((kind === 'history-expired' || kind === 'position-unknown') && isThere)
      this.failures.push(`a false gap (${kind}): ${from?.messageId} is still there`);
    if (kind === 'position-refused' && !this.#broker.refusesPositions)
      this.failures.push('a false gap: no position was refused');
    if (kind === 'no-cursor' && this.#hasCursor) this.failures.push('a false gap: there was a cursor');
    if (kind === 'position-unknown' || kind === 'position-refused') {
      this.#hasCursor = false;
      this.#knowsSeen = false;
    }
    this.#isCovered = true;
  }

  #seqOfBest(): number | undefined {
    const { saved, handover } = this.#visit;
    const newestWith = (text: string | undefined): number =>
      text === undefined ? -1 : this.#broker.everything.findLastIndex((message) => message.text === text);
    const best = newestWith(handover ?? saved.last?.messageId);
    return best < 0 ? undefined : best;
  }
}

const SKEW_SLACK_MS = 120_000;
