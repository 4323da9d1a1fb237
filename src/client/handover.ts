/**
 * The hand-over across a reload: the last position that this tab had on screen, kept in `sessionStorage` for the
 * moment between two page loads. The worker's own record is saved in steps, and a reload may kill the worker before
 * the last step lands; `sessionStorage` is written at once and belongs to the tab. Message ids only, never an event
 * or a key; and a mark for a stream that had none.
 */
import { isMessageId } from '../protocol/parse-start.js';
import { streamKey, type StreamConfig } from '../protocol/stream-config.js';
import { keepLatest } from './keep-latest.js';
import { isPlaceless, type Place, type Stream } from './stream.js';

/** Asked at each use: in some browsers the mere property access throws where storage is blocked. */
export type StorageAccess = () => Storage | null | undefined;

/** What is written down for a stream that was open and had no place: nothing can be proven, and nothing must be hidden. */
const NO_PLACE = '-';

const PREFIX = 'x8-widgets:position:';

/** Before what an earlier load wrote: no fresh note begins with it, so that pages of one tab tell theirs apart. */
const OLD = '~';

/** A host page that denies storage gets no hand-over; the worker's record still is there. */
export class Handover {
  readonly #storage: StorageAccess;
  /** By key, the notes of streams that ended in this page. */
  readonly #ended = new Map<string, string>();

  constructor(storage: StorageAccess = () => sessionStorage) {
    this.#storage = storage;
  }

  /** The page begins. What it finds is of the load before, and goes with this one unless a stream takes it. */
  arrive(): void {
    this.#eachNote((storage, key, text) => {
      if (!text.startsWith(OLD)) storage.setItem(key, OLD + text);
    });
  }

  /**
   * The page goes: writes down where its streams stand. A trail of all that this tab has shown is not kept; what other
   * frames and scripts have just written is.
   */
  leave(streams: readonly Stream[]): void {
    // No worker has run yet: what the load before left for them would go with this one.
    for (const stream of streams) if (!stream.isTold) this.goOn(stream);
    this.#eachNote((storage, key, text) => {
      if (text.startsWith(OLD)) storage.removeItem(key);
    });
    // Of several that read one topic, the one furthest behind: the next page must not pass over what that one lacks.
    for (const left of [...streams].sort((one, other) => seenUntil(other) - seenUntil(one))) {
      const text = noteOf(left);
      if (text !== undefined) this.#attempt((storage) => storage.setItem(storageKey(left.config), text));
    }
  }

  /** The stream goes and the page stays, before the worker may have saved anything. */
  end(left: Place): void {
    const text = noteOf(left);
    if (text === undefined) return;
    keepLatest(this.#ended, storageKey(left.config), text);
  }

  /** A stream takes up its note, and holds it from then on: a reload before its first update hands it over again. */
  goOn(stream: Stream): void {
    const text = this.take(stream.config);
    // Anything that is not a message id counts as nothing: other scripts can write there too.
    if (text && isMessageId(text)) stream.position ??= text;
    // It was read without such a message: whoever goes on cannot know what came meanwhile.
    stream.wasOpen ||= text === NO_PLACE;
  }

  /** Reads and removes. */
  take(config: StreamConfig): string | null | undefined {
    // The broker keeps the place of a subscription; what lies here is a reader's.
    if (config.subscription !== undefined) return undefined;
    const key = storageKey(config);
    const stored = this.#attempt((storage) => {
      const found = storage.getItem(key);
      storage.removeItem(key);
      return found?.startsWith(OLD) ? found.slice(OLD.length) : found;
    });
    const text = this.#ended.get(key) ?? stored;
    this.#ended.delete(key);
    return text;
  }

  #eachNote(use: (storage: Storage, key: string, text: string) => void): void {
    this.#attempt((storage) => {
      for (const key of Object.keys(storage))
        if (key.startsWith(PREFIX)) use(storage, key, storage.getItem(key) ?? '');
    });
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

function seenUntil({ position, state }: Place): number {
  return position === undefined ? Infinity : (state.lastMessageAt ?? 0);
}

function noteOf(left: Place): string | undefined {
  return isPlaceless(left) ? NO_PLACE : left.position;
}

/** By stream, not by topic: one that reads a day again is hours behind the one beside it. */
function storageKey(config: StreamConfig): string {
  return PREFIX + streamKey(config);
}
