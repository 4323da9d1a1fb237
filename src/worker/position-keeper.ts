/**
 * When positions are saved: once what they stand for has been on screen, at most every 250 ms, and at once when the page
 * may go away. Owns the policy for one topic; the store does the writing.
 */
import type { Position } from '../protocol/connection-status.js';
import type { StorageState } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { PositionStore } from './position-store.js';
import { indexed, type PositionIndex } from './position-index.js';

export const SAVE_EVERY_MS = 250;

export class PositionKeeper {
  readonly #store: PositionStore;
  readonly #key: string;
  readonly #wrote: () => void;
  #index: PositionIndex;
  #savedIndex: PositionIndex;
  /** The last message of the update that the page has not consumed yet. */
  #inFlight: Position | undefined;
  #last: Position | undefined;
  #isUnsaved = false;
  #savedAt = -Infinity;
  #isFresh = false;
  /** What is still to be removed from the store. */
  #gone: Position | undefined;
  /** One write at a time: a slow disk must not pile them up. */
  #writing: Promise<void> | undefined;
  #wantsAnother = false;
  #hasComplained = false;

  /** @param wrote after each write, done or failed */
  constructor(store: PositionStore, key: string, index: PositionIndex, wrote: () => void = () => undefined) {
    this.#store = store;
    this.#key = key;
    this.#wrote = wrote;
    this.#index = index;
    this.#savedIndex = index;
  }

  get storage(): StorageState {
    return this.#store.state;
  }

  get index(): PositionIndex {
    return this.#index;
  }

  /** When the next save is due, or `undefined` when all is saved. */
  get dueAt(): number | undefined {
    return !this.#isUnsaved || this.#wantsAnother ? undefined : this.#savedAt + SAVE_EVERY_MS;
  }

  /** A message was taken in: about one a minute becomes an index entry, the very first one too. */
  taken(position: Position, now: number): void {
    this.#index = indexed(this.#index, position, now);
  }

  /** An update goes out with everything up to `position`; `undefined` when nothing has come yet. */
  sent(position: Position | undefined): void {
    this.#inFlight = position;
  }

  /** That update is on screen: a page that dies before the next one finds the rest marked as missed. */
  consumed(now: number): void {
    if (this.#inFlight !== undefined) this.shown(this.#inFlight, now);
    this.#inFlight = undefined;
  }

  /** Everything up to `position` has been on screen. */
  shown(position: Position, now: number): void {
    if (position.messageId === this.#last?.messageId) return;
    this.#last = position;
    this.#isUnsaved = true;
    if (now >= this.#savedAt + SAVE_EVERY_MS) this.save(now);
  }

  /** `gone` and the index belong to another topic, to one that is gone, or to one that cannot be read from a position. */
  forget(gone: Position | undefined): void {
    this.#index = [];
    this.#inFlight = undefined;
    this.#last = undefined;
    this.#isUnsaved = false;
    this.#isFresh = true;
    // Not with the next position: on a quiet topic each visit would try the old one again.
    this.#gone = gone;
    if (gone !== undefined) this.#write();
  }

  save(now: number): void {
    if (this.#last === undefined || !this.#isUnsaved) return;
    this.#savedAt = now;
    this.#write();
  }

  /** That nothing can be kept, said once; a store may fail at any time. */
  complaint(): WidgetError | undefined {
    const { state } = this.#store;
    if (state.kind !== 'memory' || this.#hasComplained) return undefined;
    this.#hasComplained = true;
    return widgetError(
      'storage-unavailable',
      `The widget cannot keep its place here (${state.reason}): after a reload it starts at now.`,
    );
  }

  #write(): void {
    if (this.#writing !== undefined) {
      this.#wantsAnother = true;
      return;
    }
    const written = (): void => {
      this.#writing = undefined;
      this.#wrote();
      if (!this.#wantsAnother) return;
      this.#wantsAnother = false;
      this.#write();
    };
    this.#writing = this.#writeAll().then(written, written);
  }

  async #writeAll(): Promise<void> {
    const gone = this.#gone;
    this.#gone = undefined;
    if (gone !== undefined) await this.#store.forget(this.#key, gone);
    const last = this.#last;
    if (last === undefined || !this.#isUnsaved) return;
    const isFresh = this.#isFresh;
    this.#isFresh = this.#isUnsaved = false;
    const index = this.#index;
    await this.#store.saveLast(this.#key, last, isFresh);
    if (index !== this.#savedIndex) {
      this.#savedIndex = index;
      await this.#store.saveIndex(this.#key, index);
    }
  }
}
