/**
 * A stream's line to the service: dials with the newest credential, on a socket that other tabs may share, and knows what
 * refused handshakes mean. Owns all that having a connection takes; what comes over it is `reading.ts`'s.
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import type { SharingState } from '../protocol/diagnostics.js';
import type { LifecycleEvent } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ConnectionEvent } from './connection-state.js';
import { Connection, type ConnectionHost } from './connection.js';
import { CredentialDesk } from './credential-desk.js';
import type { Dial } from './dial.js';
import type { Platform } from './platform.js';
import { RefusalWatch } from './refusal-watch.js';
import { Sharing } from './sharing.js';

export interface LineHost extends Omit<ConnectionHost, 'credential' | 'dial' | 'openSocket' | 'refused'> {
  dial(carriesPosition: boolean, credential: Credential): Dial;
  /** The page is asked for its newest credential. */
  credentialWanted(): void;
  /** What another tab relays comes after this message, if it had one. */
  standAfter(last: unknown): void;
}

export class Line {
  readonly #platform: Platform;
  readonly #credentials: CredentialDesk;
  readonly #refusals: RefusalWatch;
  readonly #sharing: Sharing;
  readonly #connection: Connection;

  constructor(config: StreamConfig, credential: Credential, platform: Platform, host: LineHost) {
    this.#platform = platform;
    this.#credentials = new CredentialDesk(credential, () => host.credentialWanted());
    this.#refusals = new RefusalWatch(platform, config.endpoint, {
      hold: (until) => this.dispatch({ kind: 'hold', now: platform.now(), until }),
      changed: () => host.changed(),
    });
    this.#sharing = new Sharing(platform, config, {
      probe: () => this.retry(),
      standAfter: (last) => host.standAfter(last),
    });
    const isExclusive = config.subscription?.parameters.subscriptionType === 'Exclusive';
    this.#connection = new Connection(platform, {
      ...host,
      credential: (then) => this.#credentials.obtain(then),
      dial: (carriesPosition) => host.dial(carriesPosition, this.#credentials.current),
      openSocket: (dial) => this.#sharing.openSocket(dial),
      // Not the key: another reader may hold the subscription, and will let it go.
      refused: (hadPosition) => this.#refusals.refused(hadPosition || isExclusive),
      begin: () => {
        this.#refusals.opened();
        host.begin();
      },
      caughtUp: () => {
        host.caughtUp();
        this.#sharing.caughtUp();
      },
    });
  }

  get status(): ConnectionStatus {
    return this.#refusals.describe(this.#connection.status);
  }

  get sharing(): SharingState {
    return this.#sharing.state;
  }

  get reconnects(): number {
    return this.#connection.reconnects;
  }

  /** False when no socket is open. */
  send(text: string): boolean {
    return this.#connection.send(text);
  }

  dispatch(event: ConnectionEvent): void {
    this.#connection.dispatch(event);
  }

  /** Starts over on a new socket. */
  redial(): void {
    this.#connection.redial();
  }

  retry(): void {
    this.dispatch({ kind: 'retry', now: this.#platform.now() });
  }

  /** `undefined`: the page was asked and has none. */
  changeCredential(credential: Credential | undefined): void {
    this.#credentials.take(credential, (isRenewed) => {
      // Else a wrong key that is made anew for each dial would be dialed without end.
      if (!isRenewed) this.#refusals.forget();
      this.dispatch({ kind: isRenewed ? 'renewed-key' : 'credential', now: this.#platform.now() });
    });
  }

  /** The computer slept. */
  woke(lateMs: number): void {
    this.#connection.woke(lateMs);
  }

  lifecycle(event: LifecycleEvent): void {
    const now = this.#platform.now();
    switch (event) {
      case 'hidden':
        return;
      case 'freeze':
      case 'pagehide':
        if (this.#sharing.leave()) this.#connection.leave();
        return;
      case 'online':
      case 'offline':
        this.dispatch({ kind: event, now });
        return;
      case 'resume':
      case 'pageshow':
      case 'visible':
        this.dispatch({ kind: 'wake', now });
        return;
      default:
        event satisfies never;
    }
  }
}
