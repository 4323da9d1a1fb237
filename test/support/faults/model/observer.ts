/**
 * What an honest observer, who knows all that was published, says about one visit: what `judgement.ts` asks of any, and
 * beyond it that each frame is answered once, on one socket. Pure: it looks at what was written down and changes nothing.
 */
import type { Gap } from '../../../../src/protocol/connection-status.js';
import type { EventEntry } from '../../../../src/protocol/stream-event.js';
import { Judgement, type Came, type Said } from '../judgement.js';
import { phaseFailures, type Told } from '../phase-judgement.js';
import type { ModelService, Session } from './service.js';
import type { VirtualPage } from './virtual-page.js';

/** Publish times are the service's, `since` is reckoned from the browser's clock. */
const SKEW_SLACK_MS = 120_000;

export class Observer {
  readonly failures: string[] = [];
  readonly #page: VirtualPage;
  readonly #service: ModelService;
  readonly #openedAt: number;
  /** The best position known at the start, if there was one. */
  readonly #seen: number | undefined;
  readonly #came: (Came & Pick<EventEntry, 'phase' | 'publishTime'>)[] = [];
  readonly #said: Said[] = [];
  /** What the page was shown of the connection, and when. */
  readonly #shown: { readonly at: number; readonly isLive: boolean }[] = [];
  #read = 0;
  #hasCursor: boolean;

  constructor(page: VirtualPage, service: ModelService) {
    this.#page = page;
    this.#service = service;
    this.#openedAt = page.platform.now();
    const { saved, handover, rule, wasOpen } = page.visit;
    const best = handover ?? saved.last?.messageId;
    this.#seen = best === undefined ? undefined : service.topic.seqOf(best);
    // `latest` begins at now whatever was saved, so nothing saved can stand in for what it has not had yet.
    this.#hasCursor = (rule.kind === 'latest' ? (wasOpen ? handover : undefined) : best) !== undefined;
  }

  /** Reads what the page was told since the last look. To be called before the topic's log changes. */
  look(): void {
    const { updates } = this.#page;
    for (; this.#read < updates.length; this.#read++) {
      const { at, update } = updates[this.#read] ?? {};
      if (at === undefined || update === undefined) continue;
      this.#shown.push({ at, isLive: update.connection.kind === 'live' });
      for (const gap of update.gaps) this.#readGap(gap);
      for (const { events } of update.views) {
        for (const event of events) this.#readEvent(event);
      }
      // An update does not say whether a gap in it came before its events or after them.
      if (update.gaps.some(({ kind }) => kind === 'position-unknown' || kind === 'position-refused'))
        this.#hasCursor = false;
    }
  }

  /** At rest: everything owed has come or is covered by a gap, and every frame of the open socket is answered. */
  judge(): readonly string[] {
    this.look();
    this.#judgeOrder();
    const { newest } = this.#service.topic;
    const last = this.#came.at(-1)?.seq;
    if (last !== newest) this.failures.push(`silent at the end: message ${last} of ${newest}`);
    const open = this.#sessions().filter(({ socket }) => socket.readyState === 1);
    if (open.length !== 1) this.failures.push(`${open.length} open sockets at rest`);
    for (const { answers, delivered } of open) {
      if (answers.length !== delivered.length)
        this.failures.push(`${delivered.length} frames, ${answers.length} answers`);
    }
    const { state } = this.#page.diagnostics();
    if (state !== 'live') this.failures.push(`${state} at rest`);
    return [...this.failures, ...this.#page.failures, ...this.#service.failures];
  }

  /** When the page is left in the middle of it all: what has come so far. */
  judgeSoFar(): readonly string[] {
    this.look();
    this.#judgeOrder();
    return [...this.failures, ...this.#page.failures];
  }

  #readEvent({ messageId, phase, publishTime }: EventEntry): void {
    this.#hasCursor = true;
    const seq = this.#service.topic.seqOf(messageId);
    if (seq === undefined) this.failures.push(`an event that was never published: ${messageId}`);
    else this.#came.push({ seq, phase, publishTime, inUpdate: this.#read });
  }

  #readGap(gap: Gap): void {
    this.#said.push({ gap, inUpdate: this.#read });
    const { kind } = gap;
    this.failures.push(...this.#judgement().ofGap(gap));
    if (kind === 'position-refused' && !this.#service.refusesPositions)
      this.failures.push('a false gap: no position was refused');
    if (kind === 'no-cursor' && this.#hasCursor) this.failures.push('a false gap: there was a cursor');
  }

  #judgeOrder(): void {
    if (this.#came.length > 0)
      this.failures.push(...this.#judgement().ofOrder(this.#start(), this.#came, this.#said));
    this.#judgePhases();
    for (const session of this.#sessions()) this.#judgeAnswers(session);
  }

  #judgePhases(): void {
    const { skewMs, hasDelayed, hasSlept } = this.#service;
    // Then what was live may be missed on the same socket, and clocks may be taken for set forward: see `tab-phases.ts`.
    if (hasSlept) return;
    const openings = this.#sessions().map(({ openedAt: at, start, delivered }) => {
      const mayCatchUpEarly = start === 'latest' || hasDelayed;
      return { at, mayCatchUpEarly, brought: new Set(delivered.map(({ seq }) => seq)) };
    });
    const told = this.#came.map(({ seq, phase, publishTime }): Told => {
      const publishedAt = publishTime + skewMs;
      const those = openings.filter(({ brought }) => brought.has(seq));
      const shown = this.#shown.findLast(({ at }) => at < publishedAt);
      const wasShownLive = shown?.isLive === true && those.every(({ at }) => at < shown.at);
      return { seq, phase, publishedAt, openings: those, wasShownLive };
    });
    const isLost = this.#said.some(({ gap }) => gap.kind.startsWith('position-'));
    const firstOpenedAt = openings[0]?.at ?? Infinity;
    // With another life of the topic come ids that an earlier visit may have had.
    const seen = isLost || this.#service.topic.lives > 1 ? 'unknowable' : this.#seen;
    this.failures.push(...phaseFailures(told, { seen, skewMs, firstOpenedAt }));
  }

  #judgement(): Judgement {
    const { topic, spoilt } = this.#service;
    const truth = {
      seqOf: (messageId: string) => topic.seqOf(messageId),
      has: (seq: number) => topic.has(seq),
      owed: (after: number, before: number) => this.#owed(after, before),
      spoilt,
    };
    return new Judgement(truth, this.#page.errors);
  }

  /** What lies between two messages and is owed: neither unknowable nor older than the page asked for. */
  #owed(after: number, before: number): readonly number[] {
    const { rule } = this.#page.visit;
    const oldest = rule.kind === 'since' ? this.#openedAt - rule.durationMs + SKEW_SLACK_MS : -Infinity;
    const { unknowable, topic } = this.#service;
    return topic.everything
      .slice(Math.max(0, after + 1), before)
      .filter(({ seq, publishTime }) => !unknowable.has(seq) && publishTime >= oldest)
      .map(({ seq }) => seq);
  }

  /** Everything after this is owed. */
  #start(): number {
    const first = this.#sessions()[0];
    const { newest } = this.#service.topic;
    const { rule, wasOpen } = this.#page.visit;
    // A worker that takes over goes on where the page is, whatever the rule.
    if (wasOpen && this.#seen !== undefined) return this.#seen;
    switch (rule.kind) {
      case 'resume':
        return this.#seen ?? first?.newestAtOpening ?? newest;
      case 'earliest':
      case 'since': {
        // Until something came, each dial asks for the beginning again, and that is wherever it then is.
        const reading = this.#sessions().find(({ arrived }) => arrived > 0);
        return (reading?.oldestAtOpening ?? newest + 1) - 1;
      }
      case 'latest':
      case 'message-id':
        return first?.newestAtOpening ?? newest;
      default:
        return rule satisfies never;
    }
  }

  /** One answer a frame, in the order of the frames. */
  #judgeAnswers({ answers, delivered }: Session): void {
    if (answers.length > delivered.length) this.failures.push('more answers than frames');
    const { nameless } = this.#service.spoilt;
    const wrong = answers.findIndex((text, i) => {
      const message = delivered[i];
      const isNameless = text === '{"messageId":""}' && message !== undefined && nameless.has(message.seq);
      return text !== `{"messageId":"${message?.text}"}` && !isNameless;
    });
    if (wrong >= 0) this.failures.push(`answer ${wrong} is ${answers[wrong]}`);
  }

  #sessions(): readonly Session[] {
    return this.#service.sessions.filter(({ socket }) => this.#page.sockets.includes(socket));
  }
}
