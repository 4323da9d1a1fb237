/**
 * Whether the leader is still there, as long as this tab waits for one: asked every few seconds, because a frozen or
 * hung leader keeps its lock and says nothing, or nothing more. Owns when to ask and when to take the lead away.
 */
import { Alarm } from './alarm.js';
import type { Platform } from './platform.js';

/** How often a leader is asked whether it is there, and how long it may take to say so. */
export const PING_MS = 5_000;

/**
 * How long it may take when some page was frozen, which may be the leader's: Chromium freezes the worker before it hears of
 * it. Up to twice as long, by chance, so that one of several tabs is the first to take the lead.
 */
export const DOUBT_MS = 500;

/** A worker goes on for a moment after its page has said so: what it says by then shows nothing. */
const FROZEN_AFTER_MS = 200;

export class LeaderWatch {
  readonly #platform: Platform;
  readonly #ask: () => void;
  readonly #steal: () => void;
  readonly #alarm: Alarm;
  #heardAt = -Infinity;
  #askedAt: number;
  #hasStolen = false;
  #isInDoubt = false;

  /** @param steal called once at most */
  constructor(platform: Platform, ask: () => void, steal: () => void) {
    this.#platform = platform;
    this.#ask = ask;
    this.#steal = steal;
    this.#alarm = new Alarm(platform, () => this.#look());
    this.#askedAt = platform.now();
    this.#alarm.set(this.#askedAt + PING_MS);
  }

  get hasHeard(): boolean {
    return this.#heardAt > -Infinity;
  }

  get hasStolen(): boolean {
    return this.#hasStolen;
  }

  /** A leader has said something. */
  heard(): void {
    this.#heardAt = this.#platform.now();
  }

  /** It may just have gone without a word. */
  doubt(): void {
    this.#isInDoubt = true;
    this.#alarm.set(this.#platform.now() + FROZEN_AFTER_MS);
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
    const isInDoubt = this.#isInDoubt;
    this.#isInDoubt = false;
    this.#askedAt = now;
    this.#alarm.set(now + (isInDoubt ? DOUBT_MS * (1 + this.#platform.chance()) : PING_MS));
    if (isInDoubt || !isDumb || this.#hasStolen) return this.#ask();
    this.#hasStolen = true;
    this.#steal();
  }
}
