import type { LiveCard } from '../protocol/views.js';

/** `x8-interaction-change`: an open interaction changed its state, live; quick changes of one interaction come merged. */
export class X8InteractionChangeEvent extends Event {
  readonly interaction: LiveCard;

  constructor(interaction: LiveCard) {
    super('x8-interaction-change', { bubbles: true, composed: true });
    this.interaction = interaction;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-interaction-change': X8InteractionChangeEvent;
  }
}
