/**
 * The worker's platform with everything real but time: real sockets, real storage, a clock and timers that run faster,
 * and that can sleep. It takes the place of `src/worker/platform.ts` in a build for tests, so that waits of minutes
 * are over in seconds in a real browser.
 */
import { SteadyClock } from '../../../../src/protocol/steady-clock.js';
import { realPlatform as real, type Platform } from '../../../../src/worker/platform.js';
import { CHANNEL, type TimeMessage } from './pace.js';

interface Timer {
  /** On the timers' own clock, which does not run while the computer sleeps. */
  readonly dueAt: number;
  readonly callback: () => void;
  real: number;
}

class TimeMachine {
  readonly #startedAt = Date.now();
  readonly #timers = new Map<number, Timer>();
  #factor = 1;
  /** Time passed on the timers' clock up to `#since`. */
  #passed = 0;
  #since = performance.now();
  #slept = 0;
  #next = 1;

  constructor() {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (event: MessageEvent<TimeMessage>) => this.#hear(event.data);
    channel.postMessage({ kind: 'hello' } satisfies TimeMessage);
  }

  /** As a computer's clock, which can be set. */
  wall(): number {
    return Math.round(this.#startedAt + this.elapsed() + this.#slept);
  }

  setTimer(callback: () => void, delayMs: number): number {
    const id = this.#next++;
    const timer = { dueAt: this.elapsed() + delayMs, callback, real: 0 };
    this.#timers.set(id, timer);
    this.#schedule(id, timer);
    return id;
  }

  clearTimer(id: number): void {
    const timer = this.#timers.get(id);
    if (timer !== undefined) clearTimeout(timer.real);
    this.#timers.delete(id);
  }

  #hear(message: TimeMessage): void {
    switch (message.kind) {
      case 'pace':
        this.#passed = this.elapsed();
        this.#since = performance.now();
        this.#factor = message.factor;
        for (const [id, timer] of this.#timers) {
          clearTimeout(timer.real);
          this.#schedule(id, timer);
        }
        return;
      case 'sleep':
        this.#slept += message.ms;
        return;
      case 'set-back':
        this.#slept -= message.ms;
        return;
      case 'hello':
        return;
      default:
        message satisfies never;
    }
  }

  elapsed(): number {
    return this.#passed + (performance.now() - this.#since) * this.#factor;
  }

  #schedule(id: number, timer: Timer): void {
    const delay = Math.max(0, timer.dueAt - this.elapsed()) / this.#factor;
    timer.real = setTimeout(
      () => {
        this.#timers.delete(id);
        timer.callback();
      },
      Math.min(delay, 2 ** 31 - 1),
    ) as unknown as number;
  }
}

const time = new TimeMachine();
const clock = new SteadyClock(
  () => time.wall(),
  () => time.elapsed(),
);

export const realPlatform: Platform = {
  ...real,
  now: () => clock.now(),
  setTimer: (callback, delayMs) => time.setTimer(callback, delayMs),
  clearTimer: (timer) => time.clearTimer(timer),
};
