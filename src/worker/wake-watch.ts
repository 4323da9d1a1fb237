/**
 * Notices that time has passed without us: a laptop slept, a process was stopped. Timers count the time that the machine
 * was awake, and a tab that was in sight all the time hears no event on waking, so only the wall clock tells. What the
 * network brings may come before the next tick: {@link WakeWatch.look}.
 */
import type { Platform } from './platform.js';

export const TICK_MS = 1_000;
/** A busy or throttled worker is late by less; a connection survives that much. */
export const SLEPT_MS = 10_000;

export class WakeWatch {
  readonly #platform: Platform;
  readonly #onWake: (lateMs: number) => void;
  #timer: number | undefined;
  /** Of the next tick. */
  #dueAt = Infinity;

  constructor(platform: Platform, onWake: (lateMs: number) => void) {
    this.#platform = platform;
    this.#onWake = onWake;
  }

  start(): void {
    if (this.#timer === undefined) this.#tick();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#platform.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#dueAt = Infinity;
  }

  /** Before something is taken in. */
  look(now: number): void {
    const lateMs = now - this.#dueAt;
    if (lateMs <= SLEPT_MS) return;
    this.#dueAt = now + TICK_MS;
    this.#onWake(lateMs);
  }

  #tick(): void {
    this.#dueAt = this.#platform.now() + TICK_MS;
    this.#timer = this.#platform.setTimer(() => {
      this.look(this.#platform.now());
      this.#tick();
    }, TICK_MS);
  }
}
