/**
 * The highest message id taken in, per partition: what is not above it has been taken in before. Pulsar delivers one
 * partition to a reader in order, so one id is enough to recognise every copy.
 */
import { compareMessageIds, type MessageId } from './message-id.js';

export class HighWater {
  /** Index 0 is "not partitioned" (-1); bounded by the ids that can be read (`MAX_PARTITIONS`). */
  readonly #marks: (MessageId | undefined)[] = [];

  /** Whether the id is a copy of, or older than, one taken in before. */
  has(id: MessageId): boolean {
    const mark = this.#marks[id.partition + 1];
    return mark !== undefined && compareMessageIds(id, mark) <= 0;
  }

  /** Raises the mark. */
  add(id: MessageId): void {
    this.#marks[id.partition + 1] = id;
  }
}
