/**
 * What happens next. Owns simulated time and a priority queue of actions; refuses to know real time, so a morning
 * can be run in a moment and a live day one action at a time.
 */

/** An action on the agenda. */
export interface Timer {
  /** The action will not run. Harmless when it has run already. */
  cancel(): void;
  /** The action runs next instead of later. Harmless when it has run or was cancelled. */
  hurry(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

const isBefore = (left: Entry, right: Entry): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/** A discrete-event clock. Actions of the same millisecond run in the order in which they were planned. */
export class Agenda {
  readonly #speed: number;
  readonly #heap: Entry[] = [];
  #now: number;
  #order = 0;

  /**
   * @param from ms since the epoch at which time starts
   * @param speed how many times shorter every planned duration becomes
   */
  constructor(from: number, speed: number) {
    this.#now = from;
    this.#speed = speed;
  }

  /** ms since the epoch, a whole number. */
  get now(): number {
    return this.#now;
  }

  /** When the next action is due, or nothing when the agenda is empty. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** A duration of the model as it is lived at this speed, in whole ms. */
  scaled(durationMs: number): number {
    return Math.max(0, Math.round(durationMs / this.#speed));
  }

  /** Plans an action after a duration of the model (shortened by the speed). */
  after(durationMs: number, action: () => void): Timer {
    return this.at(this.#now + this.scaled(durationMs), action);
  }

  /** Plans an action for a moment, at the earliest now. */
  at(at: number, action: () => void): Timer {
    const entry: Entry = { at: Math.max(at, this.#now), order: this.#order, action };
    this.#order += 1;
    this.#push(entry);
    return {
      cancel: () => {
        entry.action = undefined;
      },
      hurry: () => {
        const pending = entry.action;
        entry.action = undefined;
        if (pending !== undefined) this.at(this.#now, pending);
      },
    };
  }

  /** Moves to the next action and runs it. False when there is none. */
  step(): boolean {
    const entry = this.#pop();
    if (entry === undefined) return false;
    this.#now = entry.at;
    const action = entry.action;
    entry.action = undefined;
    action?.();
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[index] = parent;
      heap[parentIndex] = entry;
      index = parentIndex;
    }
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let index = 0;
    for (;;) {
      const leftIndex = index * 2 + 1;
      const left = heap[leftIndex];
      if (left === undefined) break;
      const right = heap[leftIndex + 1];
      const isRightFirst = right !== undefined && isBefore(right, left);
      const child = isRightFirst ? right : left;
      if (!isBefore(child, last)) break;
      heap[index] = child;
      index = isRightFirst ? leftIndex + 1 : leftIndex;
    }
    heap[index] = last;
    return first;
  }
}
