/** One timer that is always set to the earliest thing due: many deadlines, one `setTimeout`. */
import type { Platform } from './platform.js';

export class Alarm {
  readonly #platform: Platform;
  readonly #ring: () => void;
  #timer: number | undefined;
  #at = Infinity;

  constructor(platform: Platform, ring: () => void) {
    this.#platform = platform;
    this.#ring = ring;
  }

  /** Rings at `at` (ms since the epoch) and at no other time; `undefined` never. */
  set(at: number | undefined): void {
    const wanted = at ?? Infinity;
    // A timer that slept with the machine has all of its delay left when the moment is long past.
    if (wanted === this.#at && wanted > this.#platform.now()) return;
    this.clear();
    if (wanted === Infinity) return;
    this.#at = wanted;
    this.#timer = this.#platform.setTimer(
      () => {
        this.#timer = undefined;
        this.#at = Infinity;
        this.#ring();
      },
      Math.max(0, wanted - this.#platform.now()),
    );
  }

  clear(): void {
    if (this.#timer !== undefined) this.#platform.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#at = Infinity;
  }
}
