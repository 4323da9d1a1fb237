import { assert } from '@open-wc/testing';
import { openPositionStore, type PositionStore } from '../../src/worker/position-store.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { Observer } from '../support/faults/model/observer.js';
import { until } from '../support/wait.js';
import { assertHonest, liveWorld, world } from '../support/faults/model/world.js';

const denied = (): never => {
  throw new DOMException('denied', 'SecurityError');
};

/** A request that nobody ever answers. */
const silent = (): IDBFactory => ({ open: () => ({}) }) as unknown as IDBFactory;

const SHORT_MS = 20;

const KEY = 'wss://relay.example/ws/v2|acme|agent-v1|a1';

/** A request that brings `result`. */
function answered(result: unknown): unknown {
  const request: { result: unknown; onsuccess?: () => void } = { result };
  queueMicrotask(() => request.onsuccess?.());
  return request;
}

const BROKEN: Readonly<Record<string, () => Promise<PositionStore>>> = {
  'access denied': () => openPositionStore(denied, SHORT_MS),
  'an open that is never answered': () => openPositionStore(silent, SHORT_MS),
  missing: () => openPositionStore(() => undefined as unknown as IDBFactory, SHORT_MS),
};

faultSuite(29, () => {
  for (const [name, store] of Object.entries(BROKEN)) {
    faultTest(29, `storage: ${name}: said once, and the stream loses nothing`, async () => {
      const made = world();
      const { clock, service } = made;
      // The store's own time limit is real time.
      const opened = await store();
      const page = made.open({ store: () => Promise.resolve(opened) }).page;
      const observer = new Observer(page, service);
      await clock.advance(1_000);
      service.publish(5);
      await clock.advance(1_000);
      service.drop();
      service.publish(5);
      await clock.advance(20_000);
      assert.equal(page.diagnostics().storage.kind, 'memory');
      assert.deepEqual(
        page.errors.map(({ code }) => code),
        ['storage-unavailable'],
      );
      assert.lengthOf(page.events, 10);
      await assertHonest({ ...made, page, observer });
    });
  }

  faultTest(
    29,
    'storage: a database that the browser closes is opened once more, and keeps the place',
    async () => {
      const name = `x8-widgets-${crypto.randomUUID()}`;
      const opened: IDBDatabase[] = [];
      const open = (): IDBOpenDBRequest => {
        const request = indexedDB.open(name, 1);
        request.addEventListener('success', () => opened.push(request.result));
        return request;
      };
      const store = await openPositionStore(() => ({ open }) as unknown as IDBFactory);
      const made = world();
      const { clock, service } = made;
      const page = made.open({ store: () => Promise.resolve(store) }).page;
      const observer = new Observer(page, service);
      // A database takes real time: what is read is read after all that was asked of it before.
      const stored = async (): Promise<unknown> => (await store.load(KEY)).last?.messageId;
      await clock.advance(0);
      assert.isUndefined(await stored());
      await clock.advance(1_000);
      opened[0]?.close();
      service.publish(3);
      await clock.advance(1_000);
      assert.equal(await stored(), page.events.at(-1)?.messageId);
      assert.lengthOf(opened, 2);
      assert.lengthOf(page.events, 3);
      await assertHonest({ ...made, page, observer });
      assert.deepEqual(page.diagnostics().storage, { kind: 'indexeddb' });
      assert.deepEqual(page.errors, []);
      indexedDB.deleteDatabase(name);
    },
  );

  faultTest(29, 'storage: a write that is never answered is said though nothing more comes', async () => {
    const silent = {
      close: () => undefined,
      transaction: (_store: string, mode: string) => ({
        objectStore: () => ({ get: () => (mode === 'readonly' ? answered(undefined) : {}) }),
      }),
    };
    const factory = { open: () => answered(silent) } as unknown as IDBFactory;
    const store = await openPositionStore(() => factory, SHORT_MS);
    const made = await liveWorld({}, { store: () => Promise.resolve(store) });
    const { page } = made;
    await until('the store to give up', () => store.state.kind === 'memory');
    await made.clock.advance(1_000);
    assert.equal(page.diagnostics().storage.kind, 'memory');
    assert.deepEqual(
      page.errors.map(({ code }) => code),
      ['storage-unavailable'],
    );
    assert.lengthOf(page.events, 3);
    await assertHonest(made);
  });
});
