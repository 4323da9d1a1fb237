import type { ConnectionStatus } from '../protocol/connection-status.js';

/**
 * `x8-auth-required`: the service refuses the connection again and again although it is there, so the key is probably
 * not accepted. Set another `apiKey`, or let `credentials()` give one: it is asked once more by itself. Once for each
 * `apiKey`; with `credentials()` once, whatever keys it gives, until the service takes one or another function is set.
 * With a `subscription` that is not exclusive it may be the type that is refused; where it is exclusive it never fires.
 * Fired by both elements; carries no key.
 */
export class X8AuthRequiredEvent extends Event {
  readonly connection: ConnectionStatus;

  constructor(connection: ConnectionStatus) {
    super('x8-auth-required', { bubbles: true, composed: true });
    this.connection = connection;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-auth-required': X8AuthRequiredEvent;
  }
}
