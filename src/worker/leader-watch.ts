/**
 * Whether the leader is still there, as long as this tab waits for one: asked every few seconds, because a frozen or
 * hung leader keeps its lock and says nothing, or nothing more. Owns when to ask and when to take the lead away.
 */
import { Alarm } from './alarm.js';
import type { Platform } from './platform.js';

/** How often a leader is asked whether it is there, and how long it may take to say so. */
export const PING_MS = 5_000;

/**
 * A lock is granted within some 10 ms, and its new holder says so. Chromium keeps the lock of a worker that it freezes just
 * as it is given back (tried on 150). Up to twice as long, by chance: one of several tabs is the first to take it.
 */
export const LEFT_MS = 300;

export class LeaderWatch {
  readonly #platform: Platform;
  readonly #ask: () => void;
  readonly #steal: () => void;
  readonly #alarm: Alarm;
  #heardAt = -Infinity;
  #askedAt: number;
  #hasStolen = false;
  /** The leader has said that it goes, and nobody has led since. */
  #hasLeft = false;

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
    if (!this.#hasLeft) return;
    this.#hasLeft = false;
    this.#arm();
  }

  /** It has said that it goes. */
  left(): void {
    this.#hasLeft = true;
    this.#alarm.set(this.#platform.now() + LEFT_MS * (1 + this.#platform.chance()));
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#alarm.clear();
  }

  #look(): void {
    const now = this.#platform.now();
    // A tab that slept has heard nothing because of that.
    const hasSlept = now > this.#askedAt + 2 * PING_MS;
    const isDumb = (this.#hasLeft || this.#heardAt < this.#askedAt) && !hasSlept;
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
