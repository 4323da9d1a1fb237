import type { ConnectionStatus } from '../protocol/connection-status.js';

/**
 * `x8-connection-change`: the connection moved to another state, or tries again. Fired by both elements.
 * What is shown may be old unless `connection.kind` is `live`.
 */
export class X8ConnectionChangeEvent extends Event {
  readonly connection: ConnectionStatus;
  readonly previous: ConnectionStatus;

  constructor(connection: ConnectionStatus, previous: ConnectionStatus) {
    super('x8-connection-change', { bubbles: true, composed: true });
    this.connection = connection;
    this.previous = previous;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-connection-change': X8ConnectionChangeEvent;
  }
}
