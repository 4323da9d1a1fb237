import type { Gap } from '../protocol/connection-status.js';

/** `x8-gap`: events are lost between two positions, or may be: what the element shows has a hole. */
export class X8GapEvent extends Event {
  readonly gap: Gap;

  constructor(gap: Gap) {
    super('x8-gap', { bubbles: true, composed: true });
    this.gap = gap;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-gap': X8GapEvent;
  }
}
