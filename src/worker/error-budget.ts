/** Errors on their way to the page: a broken producer may send thousands a second, the page hears of ten. */
import type { WidgetError } from '../protocol/errors.js';

export const ERRORS_PER_SECOND = 10;

export class ErrorBudget {
  #second = -Infinity;
  #admitted = 0;
  #waiting: WidgetError[] = [];
  #last: WidgetError | undefined;

  get last(): WidgetError | undefined {
    return this.#last;
  }

  /** False when this second has had its share: the error is counted elsewhere and not said. */
  admit(error: WidgetError, now: number): boolean {
    this.#last = error;
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#admitted = 0;
    }
    if (this.#admitted >= ERRORS_PER_SECOND) return false;
    this.#admitted++;
    this.#waiting.push(error);
    return true;
  }

  take(): readonly WidgetError[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
