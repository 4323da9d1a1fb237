/**
 * Which rows nobody has looked at. A row that comes while the document is visible counts as seen; one that came while
 * it was hidden, or while no page was there, stays unread until the list has been on screen for a while. The window's
 * focus is no condition: a widget beside a softphone or in a frame seldom has it.
 */
import type { FeedRow } from '../protocol/views.js';

const NONE: ReadonlySet<string> = new Set();

export class UnreadRows {
  #seen = new Set<string>();
  #unread = NONE;

  /** A new set whenever the contents changed, the same one otherwise. */
  get ids(): ReadonlySet<string> {
    return this.#unread;
  }

  take(rows: readonly FeedRow[], isWatched: boolean): void {
    const seen = new Set<string>();
    const unread = new Set<string>();
    for (const { id, phase, kind } of rows) {
      // A hole is nothing to read.
      if (kind === 'gap') continue;
      const wasThere = phase === 'replayed' || (phase === 'live' && isWatched && !this.#unread.has(id));
      if (wasThere || this.#seen.has(id)) seen.add(id);
      else unread.add(id);
    }
    this.#seen = seen;
    this.#replace(unread);
  }

  markAllSeen(): void {
    for (const id of this.#unread) this.#seen.add(id);
    this.#replace(NONE);
  }

  #replace(unread: ReadonlySet<string>): void {
    const isSame = unread.size === this.#unread.size && [...unread].every((id) => this.#unread.has(id));
    if (!isSame) this.#unread = unread.size === 0 ? NONE : unread;
  }
}
