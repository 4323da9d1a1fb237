import type { InteractionRow } from '../protocol/views.js';

/** `x8-interaction-end`: an interaction is over for the agent, live: its outcome and the time spent in each phase. */
export class X8InteractionEndEvent extends Event {
  readonly interaction: InteractionRow;

  constructor(interaction: InteractionRow) {
    super('x8-interaction-end', { bubbles: true, composed: true });
    this.interaction = interaction;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-interaction-end': X8InteractionEndEvent;
  }
}
