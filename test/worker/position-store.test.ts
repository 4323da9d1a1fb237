/** Positions in the browser's own IndexedDB, and what happens where there is none. */
import { assert } from '@open-wc/testing';
import type { Position } from '../../src/protocol/connection-status.js';
import { formatMessageId } from '../../src/worker/message-id.js';
import {
  DATABASE_NAME,
  MAX_TOPICS,
  OPEN_TIMEOUT_MS,
  openPositionStore,
  type PositionStore,
} from '../../src/worker/position-store.js';
import { until } from '../support/wait.js';

/** Of this run: pages of other tests, kept by the browser for "back", may still hold the product's own database. */
const NAME = `${DATABASE_NAME}-${crypto.randomUUID()}`;
const own = (): IDBFactory =>
  ({ open: (_name: string, version?: number) => indexedDB.open(NAME, version) }) as unknown as IDBFactory;

const KEY = 'wss://relay.example/ws/v2|acme|agent-v1|a1';

const at = (entry: number, partition = -1): Position => ({
  messageId: formatMessageId({ ledger: 3, entry, partition, batchIndex: -1 }),
  publishTime: 1_000 + entry,
});

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

async function withDatabase<T>(use: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const database = await done(indexedDB.open(NAME, 1));
  try {
    return await use(database.transaction('positions', 'readwrite').objectStore('positions'));
  } finally {
    database.close();
  }
}

const put = (key: string, value: unknown): Promise<unknown> =>
  withDatabase((store) => done(store.put(value, key)));

/** A factory whose answers a test makes up. */
const factory = (open: () => unknown): IDBFactory => ({ open }) as unknown as IDBFactory;

/** A factory that remembers which databases are open. */
class WatchedFactory {
  opened = 0;
  readonly held = new Set<IDBDatabase>();

  readonly make = (): IDBFactory =>
    factory(() => {
      const request = own().open(NAME, 1);
      request.addEventListener('success', () => this.#watch(request.result));
      return request;
    });

  #watch(database: IDBDatabase): void {
    this.opened++;
    this.held.add(database);
    const close = database.close.bind(database);
    database.close = () => {
      this.held.delete(database);
      close();
    };
  }
}

/** A database whose every request nobody answers, and whether it was let go. */
class SilentDatabase {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }

  transaction(): unknown {
    return { objectStore: () => ({ get: () => ({}), put: () => ({}), transaction: {} }) };
  }
}

/** An open request that brings `result`. */
function opensWith(result: unknown): unknown {
  const request: { result: unknown; onsuccess?: () => void } = { result };
  queueMicrotask(() => request.onsuccess?.());
  return request;
}

suite('The position store', () => {
  let store: PositionStore;

  setup(async () => {
    store = await openPositionStore(own);
    assert.deepEqual(store.state, { kind: 'indexeddb' });
  });

  teardown(async () => {
    await done(indexedDB.deleteDatabase(NAME));
  });

  test('finds nothing on a first visit', async () => {
    assert.deepEqual(await store.load(KEY), { last: undefined, index: [] });
  });

  test('finds on the next visit what this one saved', async () => {
    await store.saveLast(KEY, at(5), false);
    await store.saveIndex(KEY, [at(1), at(4)]);
    const next = await openPositionStore(own);
    assert.deepEqual(await next.load(KEY), { last: at(5), index: [at(1), at(4)] });
    assert.deepEqual(await next.load(`${KEY}x`), { last: undefined, index: [] });
  });

  test('holds positions and nothing else', async () => {
    await store.saveLast(KEY, at(5), false);
    await store.saveIndex(KEY, [at(1)]);
    const records = await withDatabase(async (records) => {
      const [keys, values] = await Promise.all([done(records.getAllKeys()), done(records.getAll())]);
      return keys.map((key, i) => [key, values[i]]);
    });
    assert.deepEqual(records, [
      [`index|${KEY}`, [at(1)]],
      [`last|${KEY}`, at(5)],
    ]);
  });

  test('keeps the hundred topics that had something last', async () => {
    for (let topic = 0; topic < MAX_TOPICS + 5; topic++) {
      await store.saveLast(`${KEY}${topic}`, at(1_000 + topic), false);
      await store.saveIndex(`${KEY}${topic}`, [at(topic)]);
    }
    await put(`last|${KEY}broken`, 'written by somebody else');
    const next = await openPositionStore(own);
    await next.load(KEY);
    const keys = await withDatabase((records) => done(records.getAllKeys()));
    assert.lengthOf(keys, 2 * MAX_TOPICS);
    for (const topic of [5, MAX_TOPICS + 4])
      assert.includeMembers(keys, [`last|${KEY}${topic}`, `index|${KEY}${topic}`]);
  });

  test('never moves a topic back for a tab that lags', async () => {
    await store.saveLast(KEY, at(9), false);
    await store.saveLast(KEY, at(5), false);
    assert.deepEqual((await store.load(KEY)).last, at(9));
    await Promise.all([9, 30, 12, 31, 8].map((entry) => store.saveLast(KEY, at(entry), false)));
    assert.deepEqual((await store.load(KEY)).last, at(31));
  });

  test('moves back when the old position belonged to another topic', async () => {
    await store.saveLast(KEY, at(9), false);
    await store.saveLast(KEY, at(5), true);
    assert.deepEqual((await store.load(KEY)).last, at(5));
  });

  test('moves to another partition, which is neither before nor after the first', async () => {
    await store.saveLast(KEY, at(9, 1), false);
    await store.saveLast(KEY, at(5, 0), false);
    assert.deepEqual((await store.load(KEY)).last, at(5, 0));
  });

  test('has nothing to forget where nothing was stored, and goes on', async () => {
    await store.forget(KEY, at(9));
    assert.deepEqual(store.state, { kind: 'indexeddb' });
    await store.saveLast(KEY, at(2), false);
    assert.deepEqual((await store.load(KEY)).last, at(2));
  });

  test('forgets a position that is on no topic, and the index with it', async () => {
    await store.saveLast(KEY, at(9), false);
    await store.saveIndex(KEY, [at(1)]);
    await store.saveLast(`${KEY}x`, at(9), false);
    await store.forget(KEY, at(9));
    const keys = await withDatabase((records) => done(records.getAllKeys()));
    assert.deepEqual(keys, [`last|${KEY}x`]);
  });

  test('forgets what was stored before the position that is on no topic, and nothing that another tab has stored since', async () => {
    await store.saveLast(KEY, at(9), false);
    await store.saveIndex(KEY, [at(1)]);
    await store.forget(KEY, at(8));
    assert.deepEqual(await store.load(KEY), { last: at(9), index: [at(1)] });
    // Of a topic that was made anew: a lower id, and later.
    await store.saveLast(KEY, { ...at(2), publishTime: 5_000 }, true);
    await store.forget(KEY, at(9));
    assert.equal((await store.load(KEY)).last?.messageId, at(2).messageId);
    await store.forget(KEY, { ...at(10), publishTime: 5_001 });
    assert.deepEqual(await store.load(KEY), { last: undefined, index: [] });
  });

  test('forgets what was stored in the middle of the batch that has the position that is on no topic', async () => {
    const inBatch = (batchIndex: number): Position => ({
      messageId: formatMessageId({ ledger: 3, entry: 9, partition: -1, batchIndex }),
      publishTime: 1_009,
    });
    await store.saveLast(KEY, inBatch(4), false);
    await store.forget(KEY, inBatch(7));
    assert.isUndefined((await store.load(KEY)).last);
  });

  const hostile: readonly (readonly [string, unknown])[] = [
    ['a string', 'CAMQADAA'],
    ['null', null],
    ['a number', 17],
    ['an array', [at(1)]],
    ['an id that is none', { messageId: 'garbage!', publishTime: 1 }],
    ['an id that is an object', { messageId: {}, publishTime: 1 }],
    ['no time', { messageId: at(1).messageId }],
    ['a time that is infinite', { messageId: at(1).messageId, publishTime: Infinity }],
    ['a date', new Date()],
  ];
  for (const [name, record] of hostile) {
    test(`takes no position from another script’s record: ${name}`, async () => {
      await put(`last|${KEY}`, record);
      await put(`index|${KEY}`, record);
      const { last, index } = await store.load(KEY);
      assert.isUndefined(last);
      assert.deepEqual(index, Array.isArray(record) ? record : []);
      await store.saveLast(KEY, at(2), false);
      assert.deepEqual((await store.load(KEY)).last, at(2));
    });
  }

  test('takes the sound entries of an index that was tampered with, in order and bounded', async () => {
    const flood = Array.from({ length: 100_000 }, (_, entry) => at(entry));
    await put(`index|${KEY}`, [...flood, null, 'x', { ...at(7), publishTime: 0, extra: '<b>' }]);
    const { index } = await store.load(KEY);
    assert.isAtMost(index.length, 1_440);
    assert.deepEqual(index[0], { messageId: at(7).messageId, publishTime: 0 });
  });

  test('opens its database once more where the browser has closed it, and keeps its place', async () => {
    const opened: IDBDatabase[] = [];
    const watched = await openPositionStore(() =>
      factory(() => {
        const request = own().open(NAME, 1);
        request.addEventListener('success', () => opened.push(request.result));
        return request;
      }),
    );
    for (const [entry, use] of [
      () => watched.saveLast(KEY, at(0), false),
      () => watched.saveIndex(KEY, [at(1)]),
      () => watched.load(KEY),
    ].entries()) {
      opened.at(-1)?.close();
      await use();
      assert.deepEqual(watched.state, { kind: 'indexeddb' });
      assert.lengthOf(opened, entry + 2);
    }
    assert.deepEqual(await watched.load(KEY), { last: at(0), index: [at(1)] });
  });

  test('saves on a database opened anew what the one before never answered, and lets that one go', async () => {
    const silent = new SilentDatabase();
    let opened = 0;
    const answered = await openPositionStore(
      () => factory(() => (opened++ === 0 ? opensWith(silent) : own().open(NAME, 1))),
      1_000,
    );
    await Promise.all([answered.saveLast(KEY, at(7), false), answered.saveIndex(KEY, [at(3)])]);
    assert.deepEqual(answered.state, { kind: 'indexeddb' });
    assert.equal(opened, 2, 'one for both');
    assert.isTrue(silent.isClosed);
    assert.deepEqual(await store.load(KEY), { last: at(7), index: [at(3)] });
  });

  test('is let go once what was to be written is written, and what follows on it too', async () => {
    const watched = new WatchedFactory();
    const closing = await openPositionStore(watched.make);
    const saved = closing.saveLast(KEY, at(7), false).then(() => closing.saveIndex(KEY, [at(3)]));
    closing.close();
    assert.equal(watched.held.size, 1, 'something is being written');
    await saved;
    await until('the database to be let go', () => watched.held.size === 0);
    assert.equal(watched.opened, 1);
    assert.deepEqual(await store.load(KEY), { last: at(7), index: [at(3)] });
  });

  test('is let go at once when nothing is to be written, and for each late word again', async () => {
    const watched = new WatchedFactory();
    const closing = await openPositionStore(watched.make);
    closing.close();
    await until('the database to be let go', () => watched.held.size === 0);
    await closing.saveLast(KEY, at(8), false);
    await until('the database to be let go again', () => watched.held.size === 0);
    assert.equal(watched.opened, 2);
    assert.deepEqual(closing.state, { kind: 'indexeddb' });
    assert.deepEqual((await store.load(KEY)).last, at(8));
  });

  test('runs on memory once its database is deleted under it', async () => {
    await store.saveLast(KEY, at(1), false);
    await done(indexedDB.deleteDatabase(NAME));
    assert.equal(store.state.kind, 'memory');
    await store.saveLast(KEY, at(2), false);
    await store.saveIndex(KEY, [at(2)]);
    assert.deepEqual(await store.load(KEY), { last: undefined, index: [] });
  });
});

suite('Without a position store', () => {
  async function memory(made: () => IDBFactory, timeoutMs?: number): Promise<string> {
    const store = await openPositionStore(made, timeoutMs);
    assert.deepEqual(await store.load(KEY), { last: undefined, index: [] });
    await store.saveLast(KEY, at(1), false);
    await store.saveIndex(KEY, [at(1)]);
    if (store.state.kind !== 'memory') return assert.fail(`the store is ${store.state.kind}`);
    assert.isAtMost(store.state.reason.length, 120);
    return store.state.reason;
  }

  test('a browser whose mere access throws is told from a working one', async () => {
    const reason = await memory(() => {
      throw new DOMException('denied'.repeat(100), 'SecurityError');
    });
    assert.include(reason, 'SecurityError');
  });

  test('a browser that has none leaves the stream on memory', async () => {
    await memory(() => undefined as unknown as IDBFactory);
  });

  test('opening may throw', async () => {
    await memory(() =>
      factory(() => {
        throw new Error('no');
      }),
    );
  });

  test('opening may fail', async () => {
    const request: Record<string, unknown> = { error: new DOMException('full', 'QuotaExceededError') };
    const opening = memory(() => factory(() => request));
    (request['onerror'] as () => void)();
    assert.include(await opening, 'QuotaExceededError');
  });

  test('opening may be blocked by another page', async () => {
    const request: Record<string, unknown> = {};
    const opening = memory(() => factory(() => request));
    (request['onblocked'] as () => void)();
    assert.include(await opening, 'another page');
  });

  test('opening may never be answered, and is waited for no longer than said', async () => {
    assert.equal(OPEN_TIMEOUT_MS, 2_000);
    assert.include(await memory(() => factory(() => ({})), 20), 'no answer within 20 ms');
  });

  test('a database that comes too late is let go', async () => {
    const request: Record<string, unknown> = {};
    await memory(() => factory(() => request), 5);
    const closed = new Promise<void>((resolve) => {
      request['result'] = { close: resolve };
    });
    (request['onsuccess'] as () => void)();
    await closed;
  });

  for (const [name, use] of Object.entries<(store: PositionStore) => Promise<unknown>>({
    reading: (store) => store.load(KEY),
    'writing a position': (store) => store.saveLast(KEY, at(1), false),
    'writing an index': (store) => store.saveIndex(KEY, [at(1)]),
    removing: (store) => store.forget(KEY, at(1)),
  })) {
    test(`${name} may never be answered, is tried once more, and is waited for no longer than said`, async () => {
      let opened = 0;
      const silent = (): unknown => {
        opened++;
        return opensWith(new SilentDatabase());
      };
      const store = await openPositionStore(() => factory(silent), 20);
      await use(store);
      assert.deepEqual(store.state, { kind: 'memory', reason: 'Error: no answer within 20 ms' });
      assert.equal(opened, 2);
      assert.deepEqual(await store.load(KEY), { last: undefined, index: [] });
      assert.equal(opened, 2, 'what has failed twice is asked nothing more');
    });
  }

  test('a transaction that fails on two databases in a session costs the store, not the stream', async () => {
    const database = {
      close: () => undefined,
      transaction: () => {
        throw new DOMException('closing', 'InvalidStateError');
      },
    };
    const store = await openPositionStore(() => factory(() => opensWith(database)));
    await store.saveLast(KEY, at(1), false);
    assert.deepEqual(store.state, { kind: 'memory', reason: 'InvalidStateError: closing' });
  });
});
