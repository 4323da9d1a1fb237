/**
 * The highest message id taken in, per partition: what is not above it has been taken in before. Pulsar delivers one
 * partition in order, so one id is enough to recognise every copy.
 */
import { compareMessageIds, type MessageId } from './message-id.js';

export class HighWater {
  /** Index 0 is "not partitioned" (-1). */
  #marks: (MessageId | undefined)[] = [];

  /** Raises the mark; false when the id is a copy of, or older than, one taken in before. */
  rise(id: MessageId): boolean {
    const slot = id.partition + 1;
    const mark = this.#marks[slot];
    if (mark !== undefined && compareMessageIds(id, mark) <= 0) return false;
    this.#marks[slot] = id;
    return true;
  }

  /** Another topic's ids follow: what was known of order no longer holds. */
  reset(): void {
    this.#marks = [];
  }
}
