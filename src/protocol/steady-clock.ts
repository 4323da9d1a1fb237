/**
 * The wall clock, but one that is never set back: what is due in five seconds must not wait an hour because somebody has
 * corrected the computer's time. Set forward, it follows, since a computer that slept looks the same. Page and worker
 * have one each, which part by what lies between their looks at the step: milliseconds.
 */

/** Less is not worth correcting. */
const STEP_MS = 1_000;
/** The two clocks may run apart so much, as a share of the time: NTP slews by 0.05 % at most. */
const DRIFT = 0.001;

export class SteadyClock {
  readonly #wall: () => number;
  readonly #elapsed: () => number;
  #wallAt: number;
  #elapsedAt: number;
  /** What the wall clock has been set back by. */
  #aheadMs = 0;

  /**
   * @param wall ms since the epoch
   * @param elapsed ms since any moment, of a clock that nobody sets
   */
  constructor(wall: () => number, elapsed: () => number) {
    this.#wall = wall;
    this.#elapsed = elapsed;
    this.#wallAt = wall();
    this.#elapsedAt = elapsed();
  }

  /** ms since the epoch. */
  now(): number {
    const wall = this.#wall();
    const elapsed = this.#elapsed();
    const passedMs = elapsed - this.#elapsedAt;
    const backMs = passedMs - (wall - this.#wallAt);
    if (backMs > STEP_MS + passedMs * DRIFT) this.#aheadMs += Math.round(backMs);
    this.#wallAt = wall;
    this.#elapsedAt = elapsed;
    return wall + this.#aheadMs;
  }

  /** Is the wall clock again, as for somebody who looks at it for the first time. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
