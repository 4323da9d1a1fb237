/**
 * What an honest observer, who knows all that was published, says about one visit: each message exactly once and in
 * order, or a gap that begins where the page was and ends where it goes on; no gap that is not true; each frame
 * answered once; one socket. Pure: it looks at what was written down and changes nothing.
 */
import type { Gap } from '../../../../src/protocol/connection-status.js';
import type { ModelService, Session } from './service.js';
import type { VirtualPage } from './virtual-page.js';

/** Publish times are the service's, `since` is reckoned from the browser's clock. */
const SKEW_SLACK_MS = 120_000;

interface Came {
  readonly seq: number;
  /** Number of the update that brought it. */
  readonly inUpdate: number;
}

interface Said {
  readonly gap: Gap;
  readonly inUpdate: number;
}

export class Observer {
  readonly failures: string[] = [];
  readonly #page: VirtualPage;
  readonly #service: ModelService;
  readonly #openedAt: number;
  /** The best position known at the start, if there was one. */
  readonly #seen: number | undefined;
  readonly #came: Came[] = [];
  readonly #said: Said[] = [];
  #read = 0;
  #hasCursor: boolean;

  constructor(page: VirtualPage, service: ModelService) {
    this.#page = page;
    this.#service = service;
    this.#openedAt = page.platform.now();
    const { saved, handover, rule } = page.visit;
    const best = handover ?? saved.last?.messageId;
    this.#seen = best === undefined ? undefined : service.topic.seqOf(best);
    // `latest` begins at now whatever was saved, so nothing saved can stand in for what it has not had yet.
    this.#hasCursor = rule.kind !== 'latest' && best !== undefined;
  }

  /** Reads what the page was told since the last look. To be called before the topic's log changes. */
  look(): void {
    const { updates } = this.#page;
    for (; this.#read < updates.length; this.#read++) {
      const update = updates[this.#read]?.update;
      if (update === undefined) continue;
      for (const gap of update.gaps) this.#readGap(gap);
      for (const { events } of update.views) {
        for (const { messageId } of events) this.#readEvent(messageId);
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

  #readEvent(messageId: string): void {
    this.#hasCursor = true;
    const seq = this.#service.topic.seqOf(messageId);
    if (seq === undefined) this.failures.push(`an event that was never published: ${messageId}`);
    else this.#came.push({ seq, inUpdate: this.#read });
  }

  #readGap(gap: Gap): void {
    this.#said.push({ gap, inUpdate: this.#read });
    const { kind, from } = gap;
    const seq = from === undefined ? undefined : this.#service.topic.seqOf(from.messageId);
    const isThere = seq !== undefined && this.#service.topic.has(seq);
    if ((kind === 'history-expired' || kind === 'position-unknown') && isThere)
      this.failures.push(`a false gap (${kind}): message ${seq} is still there`);
    if (kind === 'position-refused' && !this.#service.refusesPositions)
      this.failures.push('a false gap: no position was refused');
    if (kind === 'no-cursor' && this.#hasCursor) this.failures.push('a false gap: there was a cursor');
  }

  #judgeOrder(): void {
    let before: Came | undefined;
    for (const came of this.#came) {
      if (before === undefined) this.#judgeHole(this.#start(), came, undefined);
      else if (came.seq <= before.seq)
        this.failures.push(`message ${came.seq} after message ${before.seq}: twice or out of order`);
      else this.#judgeHole(before.seq, came, before);
      before = came;
    }
    for (const session of this.#sessions()) this.#judgeAnswers(session);
  }

  /** Between two messages that came lies nothing that is owed, or a gap says where. */
  #judgeHole(after: number, came: Came, before: Came | undefined): void {
    const missing = this.#owed(after, came.seq);
    if (missing.length === 0) return;
    const since = before?.inUpdate ?? 0;
    const said = this.#said.filter(({ inUpdate }) => inUpdate >= since && inUpdate <= came.inUpdate);
    const place = `${missing.length} lost between message ${after} and message ${came.seq}`;
    if (said.length === 0) this.failures.push(`no gap: ${place}`);
    else if (!said.some(({ gap }) => this.#covers(gap, after, came.seq, before !== undefined))) {
      const kinds = said.map(({ gap }) => `${gap.kind} ${this.#seq(gap.from)}..${this.#seq(gap.to)}`);
      this.failures.push(`a gap of other ends (${kinds.join()}): ${place}`);
    }
  }

  /** The gap begins at the last message before the hole and ends at the first after it, where it names any. */
  #covers({ from, to }: Gap, after: number, next: number, isAfterEvent: boolean): boolean {
    const begins = from === undefined || !isAfterEvent || this.#seq(from) === after;
    return begins && (to === undefined || this.#seq(to) === next);
  }

  #seq(position: Gap['from']): number | undefined {
    return position === undefined ? undefined : this.#service.topic.seqOf(position.messageId);
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
    switch (this.#page.visit.rule.kind) {
      case 'resume':
        return this.#seen ?? first?.newestAtOpening ?? newest;
      case 'earliest':
      case 'since': {
        // Until something came, each dial asks for the beginning again, and that is wherever it then is.
        const reading = this.#sessions().find(({ delivered }) => delivered.length > 0);
        return (reading?.oldestAtOpening ?? newest + 1) - 1;
      }
      case 'latest':
      case 'message-id':
        return first?.newestAtOpening ?? newest;
      default:
        return this.#page.visit.rule satisfies never;
    }
  }

  /** One answer a frame, in the order of the frames. */
  #judgeAnswers({ answers, delivered }: Session): void {
    if (answers.length > delivered.length) this.failures.push('more answers than frames');
    const wrong = answers.findIndex((text, i) => text !== `{"messageId":"${delivered[i]?.text}"}`);
    if (wrong >= 0) this.failures.push(`answer ${wrong} is ${answers[wrong]}`);
  }

  #sessions(): readonly Session[] {
    return this.#service.sessions.filter(({ socket }) => this.#page.sockets.includes(socket));
  }
}
