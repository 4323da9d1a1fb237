/**
 * A Pulsar topic as a reader sees it: ledgers, entries, batches, and positions that are moved without a word when what
 * they name is gone or was never there. Owns the log and its whole history; knows no sessions. The answers are those
 * that `test/contract` asks of a real broker.
 */
import { compareMessageIds, formatMessageId, parseMessageId } from '../../../../src/worker/message-id.js';
import type { MessageId } from '../../../../src/worker/message-id.js';

export interface Message {
  /** Order of publishing over all lives of the topic, from 0. */
  readonly seq: number;
  readonly life: number;
  readonly id: MessageId;
  readonly text: string;
  /** By the service's clock. */
  readonly publishTime: number;
  readonly payload: string;
}

/** Ledgers of one life; the counter of another cluster stands elsewhere. */
const LEDGERS_PER_LIFE = 1_000;

export class ModelTopic {
  /** Every message that was ever published. */
  readonly everything: Message[] = [];
  readonly #seqByText = new Map<string, number>();
  /** What a reader can still get: always the newest messages, without a hole. */
  #log: Message[] = [];
  #life = 0;
  /** Of the messages to come; -1: the topic has none. */
  partition = -1;
  #ledger = 50 * LEDGERS_PER_LIFE;
  #entry = 0;

  /** How often the topic was made. */
  get lives(): number {
    return this.#life + 1;
  }

  /** Of the newest message ever published, -1 for none. */
  get newest(): number {
    return this.everything.length - 1;
  }

  /** Of the oldest message that is still there; of an empty log, what would come next. */
  get oldest(): number {
    return this.#log[0]?.seq ?? this.newest + 1;
  }

  /** The newest message that ever had this id: another cluster may give it out again. */
  seqOf(text: string): number | undefined {
    return this.#seqByText.get(text);
  }

  /** Whether a reader can still get it. */
  has(seq: number): boolean {
    return this.#log.length > 0 && seq >= this.oldest && seq <= this.newest;
  }

  /** The first message after `seq` that is still there. */
  after(seq: number): Message | undefined {
    return this.#log[Math.max(0, seq + 1 - this.oldest)];
  }

  publish(count: number, now: number, options: { isBatch?: boolean; payload?: string } = {}): void {
    const { isBatch = false } = options;
    for (let i = 0; i < count; i++) {
      const batchIndex = isBatch ? i : -1;
      const id: MessageId = {
        ledger: this.#ledger,
        entry: this.#entry,
        partition: this.partition,
        batchIndex,
      };
      const seq = this.everything.length;
      const text = formatMessageId(id);
      const payload = options.payload ?? JSON.stringify({ seq });
      const message: Message = { seq, life: this.#life, id, text, publishTime: now, payload };
      this.#log.push(message);
      this.everything.push(message);
      this.#seqByText.set(text, seq);
      if (!isBatch) this.#entry++;
    }
    if (isBatch) this.#entry++;
  }

  /** Unloaded or rolled over: the next entry opens a new ledger. */
  roll(step = 1): void {
    this.#ledger += step;
    this.#entry = 0;
  }

  /** Retention takes all ledgers but the newest `keep` and the one that is being written; gives what went. */
  trim(keep = 0): readonly Message[] {
    const closed = [...new Set(this.#log.map(({ id }) => id.ledger))].filter((one) => one < this.#ledger);
    const kept = closed.slice(closed.length - Math.min(keep, closed.length));
    return this.#remove(({ id }) => id.ledger < this.#ledger && !kept.includes(id.ledger));
  }

  /** Deleted and made again: on the same cluster with higher ledgers, on another one wherever its counter stands. */
  recreate(where: 'same-cluster' | 'lower-ids' | 'higher-ids', step = 1): readonly Message[] {
    const gone = this.#remove(() => true);
    this.#life++;
    if (where === 'same-cluster') this.roll(step);
    else {
      this.#ledger = (50 + (where === 'lower-ids' ? -this.#life : this.#life)) * LEDGERS_PER_LIFE;
      this.#entry = 0;
    }
    return gone;
  }

  /** The sequence number after which a reader begins; `undefined` for an id that no broker can read. */
  startAfter(start: string): number | undefined {
    if (start === 'latest') return this.newest;
    if (start === 'earliest') return -1;
    const id = parseMessageId(start);
    if (id === undefined) return undefined;
    const last = this.#log.at(-1);
    if (last === undefined || compareEntries(id, last.id) > 0) return this.newest;
    const first = this.#log.find((message) => isAfterStart(message.id, id));
    return first === undefined ? this.newest : first.seq - 1;
  }

  #remove(isGone: (message: Message) => boolean): readonly Message[] {
    const gone = this.#log.filter(isGone);
    this.#log = this.#log.filter((message) => !isGone(message));
    return gone;
  }
}

function compareEntries(a: MessageId, b: MessageId): number {
  return a.ledger - b.ledger || a.entry - b.entry;
}

/** Exclusive, except that an id without batch index that names a batch is inclusive. */
function isAfterStart(id: MessageId, start: MessageId): boolean {
  if (compareEntries(id, start) === 0 && start.batchIndex < 0) return id.batchIndex >= 0;
  return compareMessageIds(id, start) > 0;
}
