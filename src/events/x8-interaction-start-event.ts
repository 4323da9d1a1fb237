import type { LiveCard } from '../protocol/views.js';

/** `x8-interaction-start`: an interaction came up for the agent, live. The caller is masked as the element's `mask` says. */
export class X8InteractionStartEvent extends Event {
  readonly interaction: LiveCard;

  constructor(interaction: LiveCard) {
    super('x8-interaction-start', { bubbles: true, composed: true });
    this.interaction = interaction;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-interaction-start': X8InteractionStartEvent;
  }
}
