/**
 * Where positions rest between visits: one IndexedDB database of our own, two small records per topic. The only
 * importer of idb-keyval. Owns opening, checking what comes back (another script of the origin may have written it),
 * and the fallback to memory; refuses to decide when to save (`position-keeper.ts`).
 */
import { getMany, setMany, update, type UseStore } from 'idb-keyval';
import type { Position } from '../protocol/connection-status.js';
import type { StorageState } from '../protocol/diagnostics.js';
import { compareMessageIds, parseMessageId } from './message-id.js';
import { INDEX_SPAN_MS, INDEX_STEP_MS, type PositionIndex } from './position-index.js';

export const DATABASE_NAME = 'x8-widgets';
const STORE_NAME = 'positions';
/** Firefox can leave an open request without any answer; a stream must not wait for it. */
export const OPEN_TIMEOUT_MS = 2_000;
const MAX_INDEX_ENTRIES = INDEX_SPAN_MS / INDEX_STEP_MS;

export interface StoredPositions {
  readonly last: Position | undefined;
  readonly index: PositionIndex;
}

const NOTHING: StoredPositions = { last: undefined, index: [] };

export interface PositionStore {
  readonly state: StorageState;
  load(key: string): Promise<StoredPositions>;
  /** Never moves a topic's position back, unless `isFresh` says that the old one belongs to another topic. */
  saveLast(key: string, last: Position, isFresh: boolean): Promise<void>;
  saveIndex(key: string, index: PositionIndex): Promise<void>;
}

/** Resolves within {@link OPEN_TIMEOUT_MS}, always: without IndexedDB to a store that forgets. */
export async function openPositionStore(
  factory: () => IDBFactory,
  timeoutMs: number = OPEN_TIMEOUT_MS,
): Promise<PositionStore> {
  let opening: Promise<IDBDatabase> | undefined;
  try {
    opening = openDatabase(factory());
    return new IndexedPositionStore(await withTimeout(opening, timeoutMs), timeoutMs);
  } catch (error) {
    // A database that comes late after all would stand in the way of whoever wants to delete it.
    opening?.then(
      (database) => database.close(),
      () => undefined,
    );
    return new MemoryPositionStore(reasonOf(error));
  }
}

class IndexedPositionStore implements PositionStore {
  readonly #use: UseStore;
  readonly #timeoutMs: number;
  #state: StorageState = { kind: 'indexeddb' };

  constructor(database: IDBDatabase, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    // Relaxed: a position lost with the power is replayed and recognised, so no disk flush is worth waiting for.
    this.#use = (mode, callback) =>
      Promise.resolve(
        callback(database.transaction(STORE_NAME, mode, { durability: 'relaxed' }).objectStore(STORE_NAME)),
      );
    // WebKit closes databases of background pages; another copy of the page may want to upgrade or delete this one.
    database.onclose = () => this.#fall('the browser closed the database');
    database.onversionchange = () => {
      database.close();
      this.#fall('the database was deleted or replaced');
    };
  }

  get state(): StorageState {
    return this.#state;
  }

  async load(key: string): Promise<StoredPositions> {
    try {
      const records = getMany<unknown>([lastKey(key), indexKey(key)], this.#use);
      const [last, index] = await withTimeout(records, this.#timeoutMs);
      return { last: checkedPosition(last), index: checkedIndex(index) };
    } catch (error) {
      this.#fall(reasonOf(error));
      return NOTHING;
    }
  }

  async saveLast(key: string, last: Position, isFresh: boolean): Promise<void> {
    if (this.#state.kind !== 'indexeddb') return;
    try {
      await update<unknown>(
        lastKey(key),
        (old) => (isFresh ? last : later(checkedPosition(old), last)),
        this.#use,
      );
    } catch (error) {
      this.#fall(reasonOf(error));
    }
  }

  async saveIndex(key: string, index: PositionIndex): Promise<void> {
    if (this.#state.kind !== 'indexeddb') return;
    try {
      await setMany([[indexKey(key), index]], this.#use);
    } catch (error) {
      this.#fall(reasonOf(error));
    }
  }

  #fall(reason: string): void {
    if (this.#state.kind === 'indexeddb') this.#state = { kind: 'memory', reason };
  }
}

class MemoryPositionStore implements PositionStore {
  readonly state: StorageState;

  constructor(reason: string) {
    this.state = { kind: 'memory', reason };
  }

  async load(): Promise<StoredPositions> {
    return NOTHING;
  }

  async saveLast(): Promise<void> {}

  async saveIndex(): Promise<void> {}
}

const lastKey = (key: string): string => `last|${key}`;
const indexKey = (key: string): string => `index|${key}`;

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE_NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE_NAME);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database cannot be opened'));
    request.onblocked = () => reject(new Error('another page holds the database'));
  });
}

function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : 'unknown').slice(0, 120);
}

/** Two tabs save the same topic: the one that lags must not pull the other back. */
function later(old: Position | undefined, last: Position): Position {
  if (old === undefined) return last;
  const [oldId, newId] = [parseMessageId(old.messageId), parseMessageId(last.messageId)];
  if (oldId === undefined || newId === undefined || oldId.partition !== newId.partition) return last;
  return compareMessageIds(oldId, newId) > 0 ? old : last;
}

function checkedPosition(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { messageId, publishTime } = value as Partial<Record<keyof Position, unknown>>;
  if (typeof messageId !== 'string' || typeof publishTime !== 'number' || !Number.isFinite(publishTime))
    return undefined;
  return parseMessageId(messageId) === undefined ? undefined : { messageId, publishTime };
}

function checkedIndex(value: unknown): PositionIndex {
  if (!Array.isArray(value)) return [];
  return value
    .slice(-MAX_INDEX_ENTRIES)
    .map(checkedPosition)
    .filter((entry) => entry !== undefined)
    .sort((a, b) => a.publishTime - b.publishTime);
}
