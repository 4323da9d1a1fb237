/**
 * Watches the refused handshakes of one stream: probes the host when they become many, remembers what came of it, and
 * says so in the connection's status. Decides nothing itself (`auth-suspicion.ts`).
 */
import type { ConnectionStatus, HostAnswer } from '../protocol/connection-status.js';
import {
  AUTH_RETRY_MS,
  isAuthSuspected,
  isWorthProbing,
  NO_REFUSALS,
  oneMore,
  pauseMs,
} from './auth-suspicion.js';
import type { Platform } from './platform.js';

export interface RefusalWatchHost {
  /** No dial before this time, whatever was said before. */
  hold(until: number): void;
  /** The status reads differently now. */
  changed(): void;
}

export class RefusalWatch {
  readonly #platform: Platform;
  readonly #endpoint: string;
  readonly #host: RefusalWatchHost;
  #refusals = NO_REFUSALS;
  #answer: HostAnswer = 'unknown';
  #suspectedSince: number | undefined;
  /**
   * The probe under way; one that belongs to another key, or to before the service opened, is nobody's. One that the
   * page's policy forbids stays, so that no other follows: each is a violation report, and the policy does not change.
   */
  #probe: Promise<HostAnswer> | undefined;

  constructor(platform: Platform, endpoint: string, host: RefusalWatchHost) {
    this.#platform = platform;
    this.#endpoint = endpoint;
    this.#host = host;
  }

  refused(hadPosition: boolean): void {
    this.#refusals = oneMore(this.#refusals, this.#platform.now(), hadPosition);
    if (this.#suspectedSince !== undefined) this.#hold(AUTH_RETRY_MS);
    if (isWorthProbing(this.#refusals)) void this.#ask();
  }

  opened(): void {
    this.forget(true);
  }

  /** Another key: what the last one met says nothing about it. */
  forget(hasOpened = false): void {
    this.#countAnew(hasOpened);
    this.#answer = 'unknown';
    this.#probe = undefined;
  }

  /** What the connection is, in the light of the refusals. */
  describe(status: ConnectionStatus): ConnectionStatus {
    if (!('attempt' in status)) return status;
    const cause =
      status.cause.kind === 'never-opened' ? { ...status.cause, host: this.#answer } : status.cause;
    return this.#suspectedSince === undefined
      ? { ...status, cause }
      : { ...status, kind: 'auth-suspected', since: this.#suspectedSince, cause };
  }

  async #ask(): Promise<void> {
    const probe = (this.#probe ??= this.#platform.probeHost(this.#endpoint));
    const answer = await probe;
    if (this.#probe !== probe) return;
    if (answer !== 'unknown') this.#probe = undefined;
    this.#answer = answer;
    const now = this.#platform.now();
    if (answer === 'unreachable') {
      // The network was the reason, so nothing has been refused yet.
      this.#countAnew(this.#refusals.hasOpened);
      this.#hold(0);
    } else if (this.#suspectedSince === undefined) {
      const isSuspected = isAuthSuspected(this.#refusals, answer, now);
      if (isSuspected) this.#suspectedSince = now;
      this.#hold(isSuspected ? AUTH_RETRY_MS : pauseMs(this.#refusals, this.#platform.chance()));
    }
    this.#host.changed();
  }

  #countAnew(hasOpened: boolean): void {
    this.#refusals = { ...NO_REFUSALS, hasOpened };
    this.#suspectedSince = undefined;
  }

  #hold(ms: number): void {
    this.#host.hold(this.#platform.now() + ms);
  }
}
