import type { LiveCard } from '../protocol/views.js';

/**
 * `x8-screen-pop`: the moment to open the caller's record. Live only and once per interaction: neither a reload nor a
 * catch-up fires it. Cancelable: `preventDefault()` says that the host has taken care of it.
 */
export class X8ScreenPopEvent extends Event {
  readonly moment: 'offered' | 'accepted';
  readonly interaction: LiveCard;

  constructor(moment: 'offered' | 'accepted', interaction: LiveCard) {
    super('x8-screen-pop', { bubbles: true, composed: true, cancelable: true });
    this.moment = moment;
    this.interaction = interaction;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-screen-pop': X8ScreenPopEvent;
  }
}
