/**
 * Which rows nobody has looked at. A row that comes while the document is visible counts as seen; one that came while
 * it was hidden, or while no page was there, stays unread until the list has been on screen for a while. The window's
 * focus is no condition: a widget beside a softphone or in a frame seldom has it.
 */
import type { FeedRow } from '../protocol/views.js';

export class UnreadRows {
  /** Whether a row is unread, by its id. */
  #known = new Map<string, boolean>();

  get ids(): ReadonlySet<string> {
    return new Set([...this.#known.keys()].filter((id) => this.#known.get(id)));
  }

  take(rows: readonly FeedRow[], isWatched: boolean): void {
    this.#known = new Map(
      rows.map(({ id, phase, kind }) => {
        const isUnread = this.#known.get(id) ?? !(phase === 'live' && isWatched);
        // A hole is nothing to read.
        return [id, isUnread && phase !== 'replayed' && kind !== 'gap'];
      }),
    );
  }

  markAllSeen(): void {
    for (const id of this.#known.keys()) this.#known.set(id, false);
  }
}
