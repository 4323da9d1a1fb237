/**
 * Whether the leader is still there, as long as this tab waits for one: asked every few seconds, because a frozen or
 * hung leader keeps its lock and says nothing. Owns when to ask and when to take the lead away.
 */
import { Alarm } from './alarm.js';
import type { Platform } from './platform.js';

/** How often a leader is asked whether it is there, and how long it may take to say so. */
export const PING_MS = 5_000;

export class LeaderWatch {
  readonly #platform: Platform;
  readonly #ask: () => void;
  readonly #steal: () => void;
  readonly #alarm: Alarm;
  #heardAt = -Infinity;
  #askedAt: number;
  #hasStolen = false;

  /** @param steal called once at most */
  constructor(platform: Platform, ask: () => void, steal: () => void) {
    this.#platform = platform;
    this.#ask = ask;
    this.#steal = steal;
    this.#alarm = new Alarm(platform, () => this.#look());
    this.#askedAt = platform.now();
    this.#arm();
  }

  get hasHeard(): boolean {
    return this.#heardAt > -Infinity;
  }

  /** A leader has said something. */
  heard(): void {
    this.#heardAt = this.#platform.now();
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#alarm.clear();
  }

  #look(): void {
    const now = this.#platform.now();
    // A tab that slept has heard nothing because of that.
    const hasSlept = now > this.#askedAt + 2 * PING_MS;
    const isDumb = this.#heardAt < this.#askedAt && !hasSlept;
    this.#askedAt = now;
    this.#arm();
    if (!isDumb || this.#hasStolen) return this.#ask();
    this.#hasStolen = true;
    this.#steal();
  }

  #arm(): void {
    this.#alarm.set(this.#askedAt + PING_MS);
  }
}
