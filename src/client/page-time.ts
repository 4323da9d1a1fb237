import { SteadyClock } from '../protocol/steady-clock.js';

/** Time as an argument: the page's clocks and timers, so that a test can hold them. */
export interface PageTime {
  /** ms since the epoch, never set back. */
  now(): number;
  /** A worker has begun, which takes the wall clock for what it is now. */
  reset(): void;
  /** ms of a clock that never jumps, for costs. */
  monotonic(): number;
  /** Calls back once after the delay; returns how to call it off. */
  after(delayMs: number, callback: () => void): () => void;
}

const clock = new SteadyClock(
  () => Date.now(),
  () => performance.now(),
);

export const pageTime: PageTime = {
  now: () => clock.now(),
  reset: () => clock.reset(),
  monotonic: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

const PIECES = 4;

/**
 * Calls back after `limitMs` in which the page could have heard an answer, and returns how to call it off. A page that
 * blocks for seconds while it loads, or that was frozen, finds a plain timer due before the answer that lies waiting
 * behind it; in pieces, a block counts as one piece. Four pieces, because a hidden page's timers fire once a second
 * at most, and 3 s should not become 12.
 */
export function timeLimit(time: PageTime, limitMs: number, onLimit: () => void): () => void {
  let pieces = 0;
  const next = (): (() => void) => time.after(limitMs / PIECES, ++pieces < PIECES ? again : onLimit);
  const again = (): void => {
    callOff = next();
  };
  let callOff = next();
  return () => callOff();
}
