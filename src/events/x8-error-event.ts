import type { WidgetError } from '../protocol/errors.js';

/** `x8-error`: something is wrong and the element says so in its own box, but for `events-omitted`. Carries neither key nor caller data. */
export class X8ErrorEvent extends Event {
  readonly error: WidgetError;

  constructor(error: WidgetError) {
    super('x8-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-error': X8ErrorEvent;
  }
}
