/**
 * What one queue has counted: who waits now, and a dated mark for every entry and every end of a wait. Owns the
 * bookkeeping between visits and marks, so that any visit can be taken back and counted again.
 */
import type { Visit } from './visit.js';
import { QueueWindow, type Mark, type WindowRules } from './queue-window.js';
import { WaitingHistory } from './waiting-history.js';

/** The longest window: a day, and the hour that a day gains in autumn. */
export const LONGEST_WINDOW_MS = 25 * 3_600_000;

/** Old marks are cut off when at least so many have come since. */
const TRIM_EVERY = 1_024;

export class QueueLog {
  readonly id: string;
  name: string | undefined;
  /** Moves with everything that a tile shows. */
  version = 0;
  /** Marks before this time were given up for want of room. */
  lostBefore: number;
  readonly history = new WaitingHistory();
  /** In the order of their times. */
  readonly #marks: Mark[] = [];
  readonly #windows = new Set<QueueWindow>();
  /** In the order in which they entered. */
  readonly #waiting: Visit[] = [];
  #ringing = 0;
  #trimAt = TRIM_EVERY;

  constructor(id: string, lostBefore: number) {
    this.id = id;
    this.lostBefore = lostBefore;
  }

  get waiting(): readonly Visit[] {
    return this.#waiting;
  }

  get ringing(): number {
    return this.#ringing;
  }

  get markCount(): number {
    return this.#marks.length;
  }

  /** Time of the newest mark. */
  get newestAt(): number {
    return this.#marks.at(-1)?.at ?? -Infinity;
  }

  get isWatched(): boolean {
    return this.#windows.size > 0;
  }

  openWindow(rules: WindowRules): QueueWindow {
    const window = new QueueWindow(rules, this.#marks);
    this.#windows.add(window);
    return window;
  }

  closeWindow(window: QueueWindow): void {
    this.#windows.delete(window);
  }

  /** Brings the counts in line with the visit as it is now. */
  record(visit: Visit): void {
    this.version += 1;
    if (visit.entered === undefined) {
      visit.entered = { at: visit.queuedAt, kind: 'entered', waitedMs: 0 };
      this.#insert(visit.entered);
      this.history.add(visit.queuedAt, 1);
    }
    this.#recordWaiting(visit);
    this.#recordFinish(visit);
  }

  /** Takes a visit out of every count. */
  retract(visit: Visit): void {
    this.version += 1;
    if (visit.isWaiting) this.#dropWaiting(visit);
    if (visit.entered !== undefined) {
      this.#remove(visit.entered);
      this.history.add(visit.queuedAt, -1);
      visit.entered = undefined;
    }
    if (visit.departedAt !== undefined) {
      this.history.add(visit.departedAt, 1);
      visit.departedAt = undefined;
    }
    if (visit.finished !== undefined) {
      this.#remove(visit.finished);
      visit.finished = undefined;
    }
  }

  /** Forgets everything; answers how many marks that were. */
  empty(): number {
    const count = this.#marks.length;
    this.version += 1;
    this.#cut(count);
    this.#waiting.length = 0;
    this.#ringing = 0;
    this.history.clear();
    return count;
  }

  /** Gives up the oldest marks, a quarter of them; answers how many. */
  giveUpOldest(): number {
    const count = Math.ceil(this.#marks.length / 4);
    const last = this.#marks[count - 1];
    if (last === undefined) return 0;
    this.lostBefore = Math.max(this.lostBefore, last.at);
    this.#cut(count);
    return count;
  }

  /** Drops what no window can reach any more; answers how many. */
  trim(at: number): number {
    if (this.#marks.length < this.#trimAt) return 0;
    const cutoff = at - LONGEST_WINDOW_MS;
    let count = 0;
    while (count < this.#marks.length && (this.#marks[count] as Mark).at <= cutoff) count += 1;
    this.#cut(count);
    this.#trimAt = this.#marks.length + TRIM_EVERY;
    return count;
  }

  #recordWaiting(visit: Visit): void {
    const isRinging = visit.state === 'offered';
    const isWaiting = isRinging || visit.state === 'waiting';
    if (isWaiting && !visit.isWaiting) {
      visit.isWaiting = true;
      this.#place(visit);
    } else if (!isWaiting && visit.isWaiting) {
      this.#dropWaiting(visit);
    }
    if (isRinging !== visit.isRinging) {
      this.#ringing += isRinging ? 1 : -1;
      visit.isRinging = isRinging;
    }
    const departedAt = isWaiting ? undefined : Math.max(visit.queuedAt, visit.leftAt ?? visit.queuedAt);
    if (departedAt === visit.departedAt) return;
    if (visit.departedAt !== undefined) this.history.add(visit.departedAt, 1);
    if (departedAt !== undefined) this.history.add(departedAt, -1);
    visit.departedAt = departedAt;
  }

  #recordFinish(visit: Visit): void {
    const { outcome, leftAt, finished } = visit;
    const at = leftAt ?? visit.queuedAt;
    if (finished !== undefined) {
      if (finished.kind === outcome && finished.at === at) return;
      this.#remove(finished);
      visit.finished = undefined;
    }
    if (outcome === undefined) return;
    const waitedMs = visit.isWaitKnown ? Math.max(0, at - visit.queuedAt) : -1;
    visit.finished = { at, kind: outcome, waitedMs };
    this.#insert(visit.finished);
  }

  #place(visit: Visit): void {
    const waiting = this.#waiting;
    let index = waiting.length;
    while (index > 0 && (waiting[index - 1] as Visit).queuedAt > visit.queuedAt) index -= 1;
    waiting.splice(index, 0, visit);
  }

  #dropWaiting(visit: Visit): void {
    visit.isWaiting = false;
    if (visit.isRinging) {
      visit.isRinging = false;
      this.#ringing -= 1;
    }
    const index = this.#waiting.indexOf(visit);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #insert(mark: Mark): void {
    const marks = this.#marks;
    let index = marks.length;
    while (index > 0 && (marks[index - 1] as Mark).at > mark.at) index -= 1;
    if (index === marks.length) marks.push(mark);
    else marks.splice(index, 0, mark);
    for (const window of this.#windows) window.inserted(mark);
  }

  #remove(mark: Mark): void {
    const index = this.#marks.lastIndexOf(mark);
    // A mark that was cut off is no longer counted.
    if (index < 0) return;
    this.#marks.splice(index, 1);
    for (const window of this.#windows) window.removed(mark);
  }

  #cut(count: number): void {
    if (count === 0) return;
    for (const mark of this.#marks.splice(0, count)) for (const window of this.#windows) window.removed(mark);
  }
}
