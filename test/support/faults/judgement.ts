/**
 * What must hold of one visit, in virtual time as in a real browser: each message that is owed exactly once and in order,
 * or an error that stands for it, or a gap that begins where the page was and ends where it goes on; and no gap that is not
 * true. Pure: it is told what came, what was said and what is known of the topic.
 */
import type { Gap } from '../../../src/protocol/connection-status.js';
import type { WidgetError } from '../../../src/protocol/errors.js';
import { ERRORS_PER_SECOND } from '../../../src/worker/error-budget.js';

export interface Came {
  readonly seq: number;
  /** Number of the update that brought it. */
  readonly inUpdate: number;
}

export interface Said {
  readonly gap: Gap;
  readonly inUpdate: number;
}

/** What whoever published and broke knows. */
export interface Truth {
  /** Order of publishing of the newest message with that id. */
  seqOf(messageId: string): number | undefined;
  /** Whether a reader can still get it. */
  has(seq: number): boolean;
  /** What lies between two messages and may not be missing without a word. */
  owed(after: number, before: number): readonly number[];
  /** Arrived spoilt at least once, by whether the frame still named them. */
  readonly spoilt: { readonly named: ReadonlySet<number>; readonly nameless: ReadonlySet<number> };
}

export class Judgement {
  readonly #truth: Truth;
  readonly #errors: readonly WidgetError[];
  /** Messages for which an error without a name stands; each such error stands for one. */
  readonly #excused = new Set<number>();

  /** @param errors all that were said in the visit */
  constructor(truth: Truth, errors: readonly WidgetError[]) {
    this.#truth = truth;
    this.#errors = errors;
  }

  /** @param start everything after this message is owed */
  ofOrder(start: number, came: readonly Came[], said: readonly Said[]): readonly string[] {
    const failures: string[] = [];
    let before: Came | undefined;
    for (const one of came) {
      if (before === undefined) failures.push(...this.#hole(start, one, undefined, said));
      else if (one.seq <= before.seq)
        failures.push(`message ${one.seq} after message ${before.seq}: twice or out of order`);
      else failures.push(...this.#hole(before.seq, one, before, said));
      before = one;
    }
    return failures;
  }

  /** To be asked while the topic is as it was when the gap was said. */
  ofGap({ kind, from }: Gap): readonly string[] {
    const seq = this.#seq(from);
    if (kind !== 'history-expired' && kind !== 'position-unknown') return [];
    if (seq === undefined || !this.#truth.has(seq)) return [];
    // The message that had to prove the place arrived, and nobody could read its name.
    if (this.#truth.spoilt.nameless.has(seq)) return [];
    return [`a false gap (${kind}): message ${seq} is still there`];
  }

  /** Between two messages that came lies nothing that is owed, or a gap says where. */
  #hole(after: number, came: Came, before: Came | undefined, all: readonly Said[]): readonly string[] {
    const missing = this.#missing(after, came.seq);
    if (missing.length === 0) return [];
    const since = before?.inUpdate ?? 0;
    const said = all.filter(
      ({ gap, inUpdate }) => inUpdate >= since && (inUpdate <= came.inUpdate || this.#isTold(gap, after)),
    );
    const place = `${missing.length} lost between message ${after} and message ${came.seq}`;
    if (said.length === 0) return [`no gap: ${place}`];
    if (said.some(({ gap }) => this.#covers(gap, after, came.seq, before !== undefined))) return [];
    const kinds = said.map(({ gap }) => `${gap.kind} ${this.#seq(gap.from)}..${this.#seq(gap.to)}`);
    return [`a gap of other ends (${kinds.join()}): ${place}`];
  }

  /** Silence tells of it, and so it is told after what came meanwhile: from where the page was to nobody knows where. */
  #isTold({ kind, from, to }: Gap, after: number): boolean {
    return kind === 'position-unknown' && to === undefined && this.#seq(from) === after;
  }

  /** It begins at the last message before the hole and ends at the first after it, where it names any; spoilt ones came too. */
  #covers({ from, to }: Gap, after: number, next: number, isAfterEvent: boolean): boolean {
    const [begin, end] = [this.#seq(from), this.#seq(to)];
    const begins =
      from === undefined || !isAfterEvent || begin === after || this.#isSpoiltUpTo(after, begin, next);
    const ends = to === undefined || end === next || this.#isSpoiltFrom(after, end, next);
    return begins && ends;
  }

  #isSpoiltUpTo(after: number, begin: number | undefined, next: number): boolean {
    if (begin === undefined || begin < after || begin >= next) return false;
    return this.#isSpoilt(begin) && this.#missing(after, begin + 1).length === 0;
  }

  #isSpoiltFrom(after: number, end: number | undefined, next: number): boolean {
    if (end === undefined || end <= after || end >= next) return false;
    return this.#isSpoilt(end) && this.#missing(end - 1, next).length === 0;
  }

  #isSpoilt(seq: number): boolean {
    const { named, nameless } = this.#truth.spoilt;
    return named.has(seq) || nameless.has(seq);
  }

  /** What is owed and for which no error stands. */
  #missing(after: number, before: number): readonly number[] {
    return this.#truth.owed(after, before).filter((seq) => !this.#standsFor(seq));
  }

  #standsFor(seq: number): boolean {
    const { named, nameless } = this.#truth.spoilt;
    if (!named.has(seq) && !nameless.has(seq)) return false;
    // A page that heard so many may not have been told of the rest.
    if (this.#errors.length >= ERRORS_PER_SECOND) return true;
    const isNamed = this.#errors.some(
      ({ messageId }) => messageId !== undefined && named.has(seq) && this.#truth.seqOf(messageId) === seq,
    );
    return isNamed || (nameless.has(seq) && this.#isExcused(seq));
  }

  #isExcused(seq: number): boolean {
    const said = this.#errors.filter(({ messageId }) => messageId === undefined).length;
    if (this.#excused.size < said) this.#excused.add(seq);
    return this.#excused.has(seq);
  }

  #seq(position: Gap['from']): number | undefined {
    return position === undefined ? undefined : this.#truth.seqOf(position.messageId);
  }
}
