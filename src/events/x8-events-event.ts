import type { EventEntry } from '../protocol/stream-event.js';

/** `x8-events`: the stream's events in batches, oldest first. Only from a feed with the `emit-events` attribute. */
export class X8EventsEvent extends Event {
  readonly entries: readonly EventEntry[];

  constructor(entries: readonly EventEntry[]) {
    super('x8-events', { bubbles: true, composed: true });
    this.entries = entries;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-events': X8EventsEvent;
  }
}
