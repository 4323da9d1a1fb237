/**
 * What becomes of the connection, said once for each change: in the console where the page asked for it, as
 * `x8-connection-change`, and to the credential, which is taken or refused by it.
 */
import { X8AuthRequiredEvent } from '../events/x8-auth-required-event.js';
import { X8ConnectionChangeEvent } from '../events/x8-connection-change-event.js';
import type { ConnectionStatus } from '../protocol/connection-status.js';
import { logConnection, type Logging } from './console-log.js';
import type { CredentialKeeper } from './credential-keeper.js';

export class ConnectionVoice {
  readonly #host: Element & Logging;
  readonly #credential: CredentialKeeper;

  constructor(host: Element & Logging, credential: CredentialKeeper) {
    this.#host = host;
    this.#credential = credential;
  }

  tell(connection: ConnectionStatus, previous: ConnectionStatus): void {
    if (!isOtherState(connection, previous)) return;
    logConnection(this.#host, connection);
    const change = new X8ConnectionChangeEvent(connection, previous);
    this.#host.dispatchEvent(change);
    if (connection.kind === 'live') this.#credential.accepted();
    if (connection.kind === 'auth-suspected' && this.#credential.refused()) {
      const wanted = new X8AuthRequiredEvent(connection);
      this.#host.dispatchEvent(wanted);
      void this.#credential.ask();
    }
  }
}

/** A try counts as a change, a message more or less does not. */
function isOtherState(connection: ConnectionStatus, previous: ConnectionStatus): boolean {
  const attempt = (status: ConnectionStatus): number | undefined =>
    'attempt' in status ? status.attempt : undefined;
  return connection.kind !== previous.kind || attempt(connection) !== attempt(previous);
}
