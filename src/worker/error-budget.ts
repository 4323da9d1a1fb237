/** Errors on their way to the page: a broken producer may send thousands a second, the page hears of ten. */
import type { WidgetError } from '../protocol/errors.js';

export const ERRORS_PER_SECOND = 10;
/** A page that is blocked for an hour would else find 36,000 of them. */
export const MAX_WAITING_ERRORS = 100;

export class ErrorBudget {
  #second = -Infinity;
  #admitted = 0;
  #waiting: WidgetError[] = [];
  #last: WidgetError | undefined;

  get last(): WidgetError | undefined {
    return this.#last;
  }

  /** False when this second has had its share, or too many wait: the error is counted elsewhere and not said. */
  admit(error: WidgetError, now: number): boolean {
    this.#last = error;
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#admitted = 0;
    }
    if (this.#admitted >= ERRORS_PER_SECOND) return false;
    if (this.#waiting.length >= MAX_WAITING_ERRORS) return false;
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
