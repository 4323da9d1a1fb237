/**
 * Watches the refused handshakes of one stream: probes the host when they become many, remembers what came of it, and
 * says so in the connection's status. Decides nothing itself (`auth-suspicion.ts`).
 */
import type { ConnectionStatus, HostAnswer } from '../protocol/connection-status.js';
import { isAuthSuspected, isWorthProbing, leftAloneUntil, NO_REFUSALS, oneMore } from './auth-suspicion.js';
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
    this.#refusals = oneMore(this.#refusals, this.#platform.now(), this.#platform.chance(), hadPosition);
    // From what is known now: the probe may take 5 s, in which back-off alone might dial often.
    this.#hold();
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
    // The network was the reason, so nothing has been refused yet.
    if (answer === 'unreachable') this.#countAnew(this.#refusals.hasOpened);
    else if (isAuthSuspected(this.#refusals, answer, now)) this.#suspectedSince ??= now;
    this.#hold();
    this.#host.changed();
  }

  #countAnew(hasOpened: boolean): void {
    this.#refusals = { ...NO_REFUSALS, hasOpened };
    this.#suspectedSince = undefined;
  }

  #hold(): void {
    this.#host.hold(leftAloneUntil(this.#refusals, this.#answer, this.#suspectedSince !== undefined));
  }
}
