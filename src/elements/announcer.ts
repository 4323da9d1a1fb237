/**
 * The one voice of an element: at most one message in three seconds, what came meanwhile merged into one sentence.
 * Owns the waiting and the merging; the element owns the `role="status"` box that the text is put into.
 */

/** A reader needs about this long for a short sentence. */
const QUIET_MS = 3000;

/** `urgent` is said first when several wait: what rings comes before what ended. */
export interface Announcement {
  readonly text: string;
  readonly isUrgent: boolean;
}

export class Announcer {
  readonly #say: (text: string) => void;
  readonly #merge: (text: string, others: number) => string;
  readonly #quietMs: number;
  #waiting: Announcement[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    say: (text: string) => void,
    merge: (text: string, others: number) => string,
    quietMs: number = QUIET_MS,
  ) {
    this.#say = say;
    this.#merge = merge;
    this.#quietMs = quietMs;
  }

  announce(announcement: Announcement): void {
    this.#waiting.push(announcement);
    if (this.#timer === undefined) this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const chosen = waiting.findLast(({ isUrgent }) => isUrgent) ?? waiting.at(-1);
    if (chosen === undefined) {
      this.#timer = undefined;
      return;
    }
    this.#say(waiting.length === 1 ? chosen.text : this.#merge(chosen.text, waiting.length - 1));
    this.#timer = setTimeout(() => this.#flush(), this.#quietMs);
  }
}
