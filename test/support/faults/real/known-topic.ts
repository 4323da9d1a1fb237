/** A real topic as whoever publishes to it and breaks it knows it: what was published, in order, and what is gone. */
import { parseMessageId } from '../../../../src/worker/message-id.js';
import { keep, recreate, trim, unload, untilTrimmed } from '../../history.js';
import { created } from '../../payloads.js';
import { Producer, type Topic } from '../../service-client.js';
import { until } from '../../wait.js';

const PRODUCER_TIMEOUT_MS = 60_000;
/** Filled or not, a batch is sent after 10 ms, which is Pulsar's default. */
const BATCHES = { batchingEnabled: 'true', batchingMaxMessages: '1000' };

type Kind = 'alone' | 'batch';

export class KnownTopic {
  readonly topic: Topic;
  readonly #producers = new Map<Kind, Producer>();
  readonly #seqByKey = new Map<string, number>();
  /** Ledger of each message, in order of publishing. */
  readonly #ledgers: number[] = [];
  #oldest = 0;

  constructor(topic: Topic) {
    this.topic = topic;
  }

  /** Of the newest message ever published, -1 for none. */
  get newest(): number {
    return this.#ledgers.length - 1;
  }

  /** Of the oldest message that a reader can still get, or of the next one. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Of the newest message that has had this id. */
  seqOf(messageId: string): number | undefined {
    return this.#seqByKey.get(keyOf(messageId));
  }

  async publish(count: number, isBatch = false): Promise<void> {
    const kind: Kind = isBatch ? 'batch' : 'alone';
    const producer = this.#producers.get(kind) ?? (await this.#dial(kind));
    const payloads = Array.from({ length: count }, (_, i) => created(this.newest + 1 + i));
    for (const id of await producer.publish(payloads)) {
      this.#seqByKey.set(keyOf(id), this.newest + 1);
      this.#ledgers.push(parseMessageId(id)?.ledger ?? -1);
    }
  }

  /** The service goes away under the producers, and so do they. */
  hangUp(): void {
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
  }

  async unload(): Promise<void> {
    this.hangUp();
    await unload(this.topic);
  }

  /** Retention takes all ledgers but the one that is written next. */
  async trim(): Promise<void> {
    this.hangUp();
    await trim(this.topic);
    // On a broker a ledger is closed by the next one, which the next message opens.
    await this.publish(1);
    const kept = await untilTrimmed(this.topic);
    await keep(this.topic);
    const first = this.#ledgers.findIndex((ledger, seq) => seq >= this.#oldest && ledger === kept);
    this.#oldest = first < 0 ? this.newest + 1 : first;
  }

  async recreate(): Promise<void> {
    this.hangUp();
    await recreate(this.topic);
    this.#oldest = this.newest + 1;
  }

  async #dial(kind: Kind): Promise<Producer> {
    const open = (): Promise<Producer | undefined> =>
      Producer.open(this.topic, kind === 'batch' ? BATCHES : {}).catch(() => undefined);
    const producer = await until('a producer', open, PRODUCER_TIMEOUT_MS);
    this.#producers.set(kind, producer);
    return producer;
  }
}

/** A producer is not told the size of a batch, which a reader's id names. */
function keyOf(messageId: string): string {
  const { ledger, entry, batchIndex } = parseMessageId(messageId) ?? {
    ledger: -1,
    entry: -1,
    batchIndex: -1,
  };
  return `${ledger}:${entry}:${batchIndex}`;
}
