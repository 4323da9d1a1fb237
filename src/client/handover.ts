/**
 * The hand-over across a reload: the last position that this tab had on screen, kept in `sessionStorage` for the
 * moment between two page loads. The worker's own record is saved in steps, and a reload may kill the worker before
 * the last step lands; `sessionStorage` is written at once and belongs to the tab. Message ids only, never an event
 * or a key.
 */
import { isMessageId } from '../protocol/parse-start.js';
import { positionKey, type StreamConfig } from '../protocol/stream-config.js';

const PREFIX = 'x8-widgets:position:';

/** Asked at each use: in some browsers the mere property access throws where storage is blocked. */
export type StorageAccess = () => Storage | null | undefined;

export const pageStorage: StorageAccess = () => window.sessionStorage;

/** A stream and the last message that its elements were given. */
interface StandingStream {
  readonly config: StreamConfig;
  readonly position: string | undefined;
}

/** A host page that denies storage gets no hand-over; the worker's record still is there. */
export class Handover {
  readonly #storage: StorageAccess;

  constructor(storage: StorageAccess = pageStorage) {
    this.#storage = storage;
  }

  /** Writes down where each stream stands. */
  leave(streams: readonly StandingStream[]): void {
    for (const { config, position } of streams) {
      if (position === undefined) continue;
      this.#attempt((storage) => storage.setItem(PREFIX + positionKey(config), position));
    }
  }

  /** Reads and removes. Anything that is not a message id counts as nothing: other scripts can write there too. */
  take(config: StreamConfig): string | undefined {
    const key = PREFIX + positionKey(config);
    const text = this.#attempt((storage) => {
      const found = storage.getItem(key);
      if (found !== null) storage.removeItem(key);
      return found;
    });
    return typeof text === 'string' && isMessageId(text) ? text : undefined;
  }

  forget(streams: readonly StandingStream[]): void {
    for (const { config } of streams) this.take(config);
  }

  #attempt<T>(use: (storage: Storage) => T): T | undefined {
    try {
      const storage = this.#storage();
      return storage === null || storage === undefined ? undefined : use(storage);
    } catch {
      // SecurityError (blocked) or QuotaExceededError (full): both mean that there is no hand-over.
      return undefined;
    }
  }
}
