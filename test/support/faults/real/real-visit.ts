/** One document of a real page and all that it has said, in order; judged as a visit in virtual time is. */
import type { Gap } from '../../../../src/protocol/connection-status.js';
import type { StartRule } from '../../../../src/protocol/stream-config.js';
import type { WidgetError } from '../../../../src/protocol/errors.js';
import type { HostRecord } from '../../host-page.js';
import { Judgement, type Came, type Said, type Truth } from '../judgement.js';
import type { KnownTopic } from './known-topic.js';

export interface Beginning {
  readonly rule: StartRule;
  /** The best place that the page can know of, if there is one. */
  readonly seen: number | undefined;
}

export class RealVisit {
  readonly failures: string[] = [];
  readonly #record: HostRecord;
  readonly #topic: KnownTopic;
  readonly #spoilt: Truth['spoilt'];
  readonly #came: Came[] = [];
  readonly #said: Said[] = [];
  /** Whether what each gap begins after could still be had when it was said. */
  readonly #wereThere: boolean[] = [];
  readonly #errors: WidgetError[] = [];
  #heard = 0;
  #updates = 0;
  /** Everything after this message is owed. */
  #start: number;
  #hasCursor: boolean;
  #isTakenOver = false;

  constructor(record: HostRecord, topic: KnownTopic, spoilt: Truth['spoilt'], { rule, seen }: Beginning) {
    this.#record = record;
    this.#topic = topic;
    this.#spoilt = spoilt;
    this.#start = startOf(topic, rule, seen);
    this.#hasCursor = rule.kind !== 'latest' && seen !== undefined;
  }

  get last(): number | undefined {
    return this.#came.at(-1)?.seq;
  }

  get gaps(): readonly string[] {
    return this.#said.map(({ gap }) => gap.kind);
  }

  get delivered(): number {
    return this.#came.length;
  }

  /** Reads what was said since the last look. To be called before history is taken away. */
  look(): void {
    const { heard } = this.#record;
    for (; this.#heard < heard.length; this.#heard++) {
      const one = heard[this.#heard];
      switch (one?.kind) {
        case 'events':
          this.#updates++;
          for (const [messageId, phase] of one.entries) this.#readEvent(messageId, phase === 'replayed');
          break;
        case 'gap':
          this.#said.push({ gap: one.gap, inUpdate: this.#updates + 1 });
          this.#wereThere.push(this.#isThere(one.gap));
          if (one.gap.kind === 'no-cursor' && this.#hasCursor)
            this.failures.push('a false gap: there was a cursor');
          if (one.gap.kind === 'position-unknown') this.#hasCursor = false;
          break;
        case 'error':
          this.#errors.push(one.error);
          break;
        case undefined:
          break;
        default:
          one satisfies never;
      }
    }
  }

  /** Another worker takes over, and shows the page its window once more, as history. */
  takenOver(): void {
    this.#isTakenOver = true;
  }

  /** History was taken away before anything came: a page that asks for the beginning begins after it. */
  begunAnew(): void {
    if (this.#came.length === 0 && this.#start < this.#topic.oldest - 1 && !this.#hasCursor)
      this.#start = this.#topic.oldest - 1;
  }

  judge(): readonly string[] {
    this.look();
    return [
      ...this.failures,
      ...this.#said.flatMap(({ gap }, i) => this.#judgement(this.#wereThere[i] ?? false).ofGap(gap)),
      ...this.#judgement().ofOrder(this.#start, this.#came, this.#said),
      ...this.#record.exceptions.map((text) => `an exception: ${text}`),
    ];
  }

  #readEvent(messageId: string, isReplayed: boolean): void {
    this.#hasCursor = true;
    const seq = this.#topic.seqOf(messageId);
    if (this.#isTakenOver && isReplayed && this.#came.some((one) => one.seq === seq)) return;
    if (seq === undefined) this.failures.push(`an event that was never published: ${messageId}`);
    else this.#came.push({ seq, inUpdate: this.#updates });
  }

  #isThere({ from }: Gap): boolean {
    const seq = this.#topic.seqOf(from?.messageId ?? '');
    return seq !== undefined && seq >= this.#topic.oldest;
  }

  #judgement(isThere = false): Judgement {
    const topic = this.#topic;
    const truth: Truth = {
      seqOf: (messageId) => topic.seqOf(messageId),
      has: () => isThere,
      owed: (after, before) =>
        Array.from({ length: Math.max(0, before - after - 1) }, (_, i) => after + 1 + i),
      spoilt: this.#spoilt,
    };
    return new Judgement(truth, this.#errors);
  }
}

function startOf(topic: KnownTopic, rule: StartRule, seen: number | undefined): number {
  switch (rule.kind) {
    case 'resume':
      return seen ?? topic.newest;
    case 'latest':
    case 'message-id':
      return topic.newest;
    case 'earliest':
    case 'since':
      return topic.oldest - 1;
    default:
      return rule satisfies never;
  }
}
