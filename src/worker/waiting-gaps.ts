/** Gaps on their way to the page. A page that draws nothing for a day on a service that comes and goes has many. */
import type { Gap } from '../protocol/connection-status.js';

export const MAX_WAITING_GAPS = 100;

export class WaitingGaps {
  #gaps: Gap[] = [];

  /** Beyond {@link MAX_WAITING_GAPS} the newest one reaches further: whatever was lost lies in one of them. */
  add(gap: Gap): void {
    const last = this.#gaps.length < MAX_WAITING_GAPS ? undefined : this.#gaps.pop();
    this.#gaps.push(last === undefined ? gap : { ...last, to: gap.to });
  }

  take(): readonly Gap[] {
    const gaps = this.#gaps;
    this.#gaps = [];
    return gaps;
  }
}
