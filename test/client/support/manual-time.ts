import type { PageTime } from '../../../src/client/page-time.js';

/** Time that moves only when told to; timers fire in order, each at its own moment. */
export class ManualTime implements PageTime {
  /** How often it was. */
  resets = 0;
  #now = 1_700_000_000_000;
  #lastTimer = 0;
  readonly #timers = new Map<number, { readonly at: number; readonly callback: () => void }>();

  get pendingTimers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  reset(): void {
    this.resets++;
  }

  monotonic(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = ++this.#lastTimer;
    this.#timers.set(timer, { at: this.#now + delayMs, callback });
    return () => this.#timers.delete(timer);
  }

  /** As a busy thread does: time passes, no timer fires. */
  block(ms: number): void {
    this.#now += ms;
  }

  /** Between two timers promises get their turn, as they do in a browser. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turns();
    for (;;) {
      const due = [...this.#timers]
        .filter(([, timer]) => timer.at <= end)
        .sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [id, { at, callback }] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      callback();
      await turns();
    }
    this.#now = end;
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
