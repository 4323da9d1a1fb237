/**
 * The hand-over across a reload: the last position that this tab had on screen, kept in `sessionStorage` for the
 * moment between two page loads. The worker's own record is saved in steps, and a reload may kill the worker before
 * the last step lands; `sessionStorage` is written at once and belongs to the tab. Message ids only, never an event
 * or a key.
 */
import { isMessageId } from '../protocol/parse-start.js';
import { streamKey, type StreamConfig } from '../protocol/stream-config.js';

/** Asked at each use: in some browsers the mere property access throws where storage is blocked. */
export type StorageAccess = () => Storage | null | undefined;

/** A host page that denies storage gets no hand-over; the worker's record still is there. */
export class Handover {
  readonly #storage: StorageAccess;

  constructor(storage: StorageAccess = () => sessionStorage) {
    this.#storage = storage;
  }

  /** Writes down where a stream stands. */
  leave(config: StreamConfig, position: string): void {
    this.#attempt((storage) => storage.setItem(storageKey(config), position));
  }

  /** Reads and removes. Anything that is not a message id counts as nothing: other scripts can write there too. */
  take(config: StreamConfig): string | undefined {
    // The broker keeps the place of a subscription; what lies here is a reader's.
    if (config.subscription !== undefined) return undefined;
    const text = this.#attempt((storage) => {
      const found = storage.getItem(storageKey(config));
      storage.removeItem(storageKey(config));
      return found;
    });
    return typeof text === 'string' && isMessageId(text) ? text : undefined;
  }

  #attempt<T>(use: (storage: Storage) => T): T | undefined {
    try {
      const storage = this.#storage();
      return storage ? use(storage) : undefined;
    } catch {
      // SecurityError (blocked) or QuotaExceededError (full): both mean that there is no hand-over.
      return undefined;
    }
  }
}

/** By stream, not by topic: one that reads a day again is hours behind the one beside it. */
function storageKey(config: StreamConfig): string {
  return `x8-widgets:position:${streamKey(config)}`;
}
