/**
 * Events that wait for a page that asked for each of them. Bounded: the worker holds its acks back while it is filling,
 * so the service stops sending before it is full.
 */
import type { EventEntry } from '../protocol/stream-event.js';
import type { Mask } from '../protocol/views.js';
import type { Entry } from './entry.js';
import { maskEvent } from './mask.js';

/**
 * Most events that wait, and most notices, and so the most that one update hands over: a page pays for each of them in one turn
 * (docs/decisions/0016). Twice what a service sends ahead of answers (`receiverQueueSize` is at most 1,000).
 */
export const MAX_PENDING = 2_000;

export class EventBuffer {
  #entries: Entry[] = [];
  /** Number of the first entry, counted from the start of the stream. */
  #first = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** Number of the oldest event that waits: a new view gets what the update has that shows it first. */
  get first(): number {
    return this.#first;
  }

  /** Number that the next event will get. */
  get next(): number {
    return this.#first + this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length <= MAX_PENDING) return;
    this.#entries.shift();
    this.#first += 1;
  }

  from(number: number, mask: Mask): readonly EventEntry[] {
    const found: EventEntry[] = [];
    for (let index = Math.max(0, number - this.#first); index < this.#entries.length; index += 1) {
      const { event, messageId, publishTime, phase } = this.#entries[index] as Entry;
      found.push({ messageId, publishTime, type: event.name, phase, event: maskEvent(event, mask) });
    }
    return found;
  }

  clear(): void {
    this.#first = this.next;
    if (this.#entries.length > 0) this.#entries = [];
  }
}
