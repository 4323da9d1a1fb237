/** Ids of the messages taken in last: a message that comes again is no second event. */
import { MAX_ROWS } from './timeline.js';

/** Remembers at least as many as rows are kept, at most twice as many: forgetting one by one would cost more. */
export class RecentIds {
  #recent = new Set<string>();
  #older = new Set<string>();

  /** False when the id is there already. */
  add(messageId: string): boolean {
    if (this.#older.has(messageId)) return false;
    const recent = this.#recent;
    const { size } = recent;
    recent.add(messageId);
    if (recent.size >= MAX_ROWS) {
      this.#older = recent;
      this.#recent = new Set();
    }
    return recent.size > size;
  }
}
