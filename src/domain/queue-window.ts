/**
 * Counts over a sliding window, kept up to date as marks come, go and grow old: a tile costs what changed since it was
 * drawn last, not what the day brought.
 */

/** One dated fact of a visit: it entered, or it stopped waiting in one of four ways. */
export interface Mark {
  readonly at: number;
  readonly kind: 'entered' | 'answered' | 'abandoned' | 'diverted' | 'left';
  /** How long it had waited; -1 where that is not known. */
  readonly waitedMs: number;
}

export interface WindowCounts {
  entered: number;
  answered: number;
  answeredInTime: number;
  /** Without short ones. */
  abandoned: number;
  shortAbandoned: number;
  diverted: number;
  left: number;
}

export interface WindowRules {
  readonly windowMs: number;
  readonly slaThresholdMs: number;
  readonly shortAbandonMs: number;
}

export class QueueWindow {
  readonly counts: WindowCounts = {
    entered: 0,
    answered: 0,
    answeredInTime: 0,
    abandoned: 0,
    shortAbandoned: 0,
    diverted: 0,
    left: 0,
  };
  readonly #rules: WindowRules;
  readonly #marks: readonly Mark[];
  /** Marks at or before this time are out. */
  #cutoff = -Infinity;
  /** How many marks are out: they are in the order of their times. */
  #out = 0;

  /** `marks` is the queue's own list, whose changes must be reported here. */
  constructor(rules: WindowRules, marks: readonly Mark[]) {
    this.#rules = rules;
    this.#marks = marks;
    for (const mark of marks) this.#count(mark, 1);
  }

  slideTo(now: number): void {
    this.#cutoff = now - this.#rules.windowMs;
    const marks = this.#marks;
    for (; this.#out < marks.length && (marks[this.#out] as Mark).at <= this.#cutoff; this.#out += 1) {
      this.#count(marks[this.#out] as Mark, -1);
    }
    // The estimate of the service's clock may step back.
    for (; this.#out > 0 && (marks[this.#out - 1] as Mark).at > this.#cutoff; this.#out -= 1) {
      this.#count(marks[this.#out - 1] as Mark, 1);
    }
  }

  /** When the oldest counted mark leaves the window. */
  nextDue(): number | undefined {
    const oldest = this.#marks[this.#out];
    return oldest === undefined ? undefined : oldest.at + this.#rules.windowMs;
  }

  inserted(mark: Mark): void {
    if (mark.at > this.#cutoff) this.#count(mark, 1);
    else this.#out += 1;
  }

  removed(mark: Mark): void {
    if (mark.at > this.#cutoff) this.#count(mark, -1);
    else this.#out -= 1;
  }

  #count(mark: Mark, by: 1 | -1): void {
    const { counts } = this;
    switch (mark.kind) {
      case 'entered':
        counts.entered += by;
        return;
      case 'answered':
        counts.answered += by;
        if (mark.waitedMs >= 0 && mark.waitedMs <= this.#rules.slaThresholdMs) counts.answeredInTime += by;
        return;
      case 'abandoned':
        if (mark.waitedMs < this.#rules.shortAbandonMs) counts.shortAbandoned += by;
        else counts.abandoned += by;
        return;
      case 'diverted':
        counts.diverted += by;
        return;
      case 'left':
        counts.left += by;
        return;
      default:
        mark.kind satisfies never;
    }
  }
}
