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
  /** Of all that wait, the one that is said, and how many others there are: the timers of a hidden page are slow. */
  #chosen: Announcement | undefined;
  #others = 0;
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
    if (this.#chosen !== undefined) this.#others++;
    if (!this.#chosen?.isUrgent || announcement.isUrgent) this.#chosen = announcement;
    if (this.#timer === undefined) this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#chosen = undefined;
    this.#others = 0;
  }

  #flush(): void {
    const [chosen, others] = [this.#chosen, this.#others];
    this.#forget();
    if (chosen === undefined) {
      this.#timer = undefined;
      return;
    }
    this.#say(others === 0 ? chosen.text : this.#merge(chosen.text, others));
    this.#timer = setTimeout(() => this.#flush(), this.#quietMs);
  }
}
