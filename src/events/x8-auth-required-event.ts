import type { ConnectionStatus } from '../protocol/connection-status.js';

/**
 * `x8-auth-required`: the service refuses the connection again and again although it is there, so the key is probably
 * not accepted. Once for each key. Set another `apiKey`, or let `credentials()` give one: it is asked once more by itself.
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
