/**
 * Where positions rest between visits: one IndexedDB database of our own, two small records per topic. The only
 * importer of idb-keyval. Owns opening, once more after a failure, checking what comes back (another script of the
 * origin may have written it), and the fallback to memory; refuses to decide when to save (`position-keeper.ts`).
 */
import { getMany, promisifyRequest, setMany, update, type UseStore } from 'idb-keyval';
import type { Position } from '../protocol/connection-status.js';
import type { StorageState } from '../protocol/diagnostics.js';
import { compareMessageIds, parseMessageId } from './message-id.js';
import { INDEX_SPAN_MS, INDEX_STEP_MS, type PositionIndex } from './position-index.js';

export const DATABASE_NAME = 'x8-widgets';
const STORE_NAME = 'positions';
/** Firefox can leave an open request without any answer, any browser one of a page it had frozen: nothing waits longer. */
export const OPEN_TIMEOUT_MS = 2_000;
/** Somebody who goes through the agents of a contact centre must not leave a trail of all of them for ever. */
export const MAX_TOPICS = 100;
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
  /** Removes what is stored, unless another tab has stored something since. */
  forget(key: string, gone: Position): Promise<void>;
  /** Nobody reads any more: what is still to be written is written, and the database is held for that only. */
  close(): void;
}

/** Resolves within {@link OPEN_TIMEOUT_MS}, always: without IndexedDB to a store that forgets. */
export async function openPositionStore(
  factory: () => IDBFactory,
  timeoutMs: number = OPEN_TIMEOUT_MS,
): Promise<PositionStore> {
  const store = new IndexedPositionStore(factory, timeoutMs);
  await store.open();
  return store;
}

class IndexedPositionStore implements PositionStore {
  readonly #factory: () => IDBFactory;
  readonly #timeoutMs: number;
  #state: StorageState = { kind: 'indexeddb' };
  /** `undefined` once it has failed: the next operation opens it again. */
  #opening: Promise<IDBDatabase> | undefined;
  /** Operations under way. */
  #underWay = 0;
  #isClosed = false;

  constructor(factory: () => IDBFactory, timeoutMs: number) {
    this.#factory = factory;
    this.#timeoutMs = timeoutMs;
  }

  get state(): StorageState {
    return this.#state;
  }

  /** Tried once: a browser that denies storage denies it again, and the stream waits for the answer. */
  async open(): Promise<void> {
    await this.#twice(() => Promise.resolve(), true);
    this.#opening
      ?.then((database) => prune(storeOf(database)))
      .catch(() => {
        // Whatever ails the database, saving will find it out.
      });
  }

  async load(key: string): Promise<StoredPositions> {
    const found = await this.#attempt((use) => getMany<unknown>([lastKey(key), indexKey(key)], use));
    return found === undefined ? NOTHING : { last: checkedPosition(found[0]), index: checkedIndex(found[1]) };
  }

  saveLast(key: string, last: Position, isFresh: boolean): Promise<void> {
    return this.#attempt((use) =>
      update<unknown>(lastKey(key), (old) => (isFresh ? last : later(checkedPosition(old), last)), use),
    );
  }

  saveIndex(key: string, index: PositionIndex): Promise<void> {
    return this.#attempt((use) => setMany([[indexKey(key), index]], use));
  }

  forget(key: string, gone: Position): Promise<void> {
    return this.#attempt((use) =>
      use('readwrite', (records) => {
        const request: IDBRequest<unknown> = records.get(lastKey(key));
        request.onsuccess = () => {
          if (isSince(checkedPosition(request.result), gone)) return;
          records.delete(lastKey(key));
          records.delete(indexKey(key));
        };
        return promisifyRequest(records.transaction);
      }),
    );
  }

  /** In the page no worker ends with what it holds, and the handler of a database keeps it from being collected. */
  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  async #attempt<T>(operation: (use: UseStore) => Promise<T>): Promise<T | undefined> {
    this.#underWay++;
    try {
      return await this.#twice(operation);
    } finally {
      this.#underWay--;
      // A task later: whoever has written one thing may have another to write.
      if (this.#isClosed) setTimeout(() => this.#letGo());
    }
  }

  /**
   * WebKit ends the databases of background pages, and what was asked of one may never be answered (idb-keyval's `update`
   * hears of no abort): so what fails, or takes too long, is tried once more on a database opened anew.
   */
  async #twice<T>(operation: (use: UseStore) => Promise<T>, isLast = false): Promise<T | undefined> {
    if (this.#state.kind !== 'indexeddb') return undefined;
    const opening = (this.#opening ??= this.#connect());
    try {
      const done = opening.then((database) => operation(storeOf(database)));
      return await withTimeout(done, this.#timeoutMs);
    } catch (error) {
      // Another operation may have failed before this one, and opened it anew already.
      if (this.#opening === opening) this.#opening = undefined;
      // One that comes late after all would stand in the way of whoever wants to delete it.
      shut(opening);
      if (!isLast) return this.#twice(operation, true);
      this.#fall(reasonOf(error));
      return undefined;
    }
  }

  #letGo(): void {
    if (this.#underWay > 0 || this.#opening === undefined) return;
    shut(this.#opening);
    this.#opening = undefined;
  }

  async #connect(): Promise<IDBDatabase> {
    const database = await openDatabase(this.#factory());
    // Another copy of the page wants to upgrade or delete it, or the user has: it is not made anew against their will.
    database.onversionchange = () => {
      database.close();
      this.#fall('the database was deleted or replaced');
    };
    return database;
  }

  #fall(reason: string): void {
    if (this.#state.kind === 'indexeddb') this.#state = { kind: 'memory', reason };
  }
}

function shut(opening: Promise<IDBDatabase>): void {
  opening.then(
    (database) => database.close(),
    () => undefined,
  );
}

/** Relaxed: a position lost with the power is replayed and recognised, so no disk flush is worth waiting for. */
function storeOf(database: IDBDatabase): UseStore {
  return (mode, callback) =>
    Promise.resolve(
      callback(database.transaction(STORE_NAME, mode, { durability: 'relaxed' }).objectStore(STORE_NAME)),
    );
}

/** Leaves the topics that had something last. */
function prune(use: UseStore): Promise<void> {
  return use('readwrite', (records) => {
    const range = IDBKeyRange.bound(lastKey(''), lastKey('\uffff'));
    // Between two texts lie only texts.
    const keys = records.getAllKeys(range) as IDBRequest<string[]>;
    const values: IDBRequest<unknown[]> = records.getAll(range);
    values.onsuccess = () => {
      const topics = keys.result.map((key, i) => ({
        key: key.slice(lastKey('').length),
        at: checkedPosition(values.result[i])?.publishTime ?? -Infinity,
      }));
      for (const { key } of topics.sort((a, b) => b.at - a.at).slice(MAX_TOPICS)) {
        records.delete(lastKey(key));
        records.delete(indexKey(key));
      }
    };
    return promisifyRequest(records.transaction);
  });
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
    const stop = (): void => clearTimeout(timer);
    promise.then(resolve, reject).then(stop, stop);
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

/** By time, since the ids may be those of two topics. What has the same time, a batch has, is gone as well. */
function isSince(stored: Position | undefined, gone: Position): boolean {
  return stored !== undefined && stored.messageId !== gone.messageId && stored.publishTime > gone.publishTime;
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
