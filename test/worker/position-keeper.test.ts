import { assert } from '@open-wc/testing';
import type { Position } from '../../src/protocol/connection-status.js';
import { PositionKeeper, SAVE_EVERY_MS } from '../../src/worker/position-keeper.js';
import type { PositionIndex } from '../../src/worker/position-index.js';
import type { PositionStore } from '../../src/worker/position-store.js';
import { settle } from './support/virtual-platform.js';

const at = (n: number): Position => ({ messageId: `m${n}`, publishTime: n });

/** A disk that is done when told. */
function slowStore(): {
  readonly store: PositionStore;
  readonly writes: string[];
  readonly indexes: PositionIndex[];
  finish(): Promise<void>;
} {
  const writes: string[] = [];
  const indexes: PositionIndex[] = [];
  const open: (() => void)[] = [];
  const store: PositionStore = {
    state: { kind: 'indexeddb' },
    load: () => Promise.resolve({ last: undefined, index: [] }),
    saveLast: (key, last, isFresh) => {
      assert.equal(key, 'k');
      writes.push(`${last.messageId}${isFresh ? ' fresh' : ''}`);
      return new Promise((resolve) => {
        open.push(resolve);
      });
    },
    saveIndex: (key, index) => {
      assert.equal(key, 'k');
      indexes.push(index);
      return Promise.resolve();
    },
    forget: (key, gone) => {
      assert.equal(key, 'k');
      writes.push(`${gone.messageId} gone`);
      return new Promise((resolve) => {
        open.push(resolve);
      });
    },
    close: () => undefined,
  };
  const finish = async (): Promise<void> => {
    open.shift()?.();
    await settle();
  };
  return { store, writes, indexes, finish };
}

suite('The position keeper', () => {
  test('saves the first position at once, then at most one every 250 ms', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.shown(at(1), 1_000);
    await finish();
    for (let n = 2; n < 100; n++) keeper.shown(at(n), 1_000 + n);
    assert.deepEqual(writes, ['m1']);
    assert.equal(keeper.dueAt, 1_000 + SAVE_EVERY_MS);
    keeper.save(1_250);
    assert.deepEqual(writes, ['m1', 'm99']);
  });

  test('has nothing due when all is saved', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    assert.isUndefined(keeper.dueAt);
    keeper.shown(at(1), 0);
    await finish();
    keeper.shown(at(1), 5_000);
    assert.isUndefined(keeper.dueAt);
    keeper.save(9_000);
    assert.deepEqual(writes, ['m1']);
  });

  test('saves at once when the page may go away', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.shown(at(1), 0);
    await finish();
    keeper.shown(at(2), 1);
    keeper.save(2);
    assert.deepEqual(writes, ['m1', 'm2']);
  });

  test('writes one at a time to a slow disk, and the newest at last', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.shown(at(1), 0);
    for (let n = 2; n <= 9; n++) keeper.shown(at(n), n * 1_000);
    assert.deepEqual(writes, ['m1']);
    await finish();
    assert.deepEqual(writes, ['m1', 'm9']);
    await finish();
    assert.lengthOf(writes, 2);
  });

  test('is not due again and again while a slow disk writes: what is newer follows by itself', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.shown(at(1), 0);
    keeper.shown(at(2), 1);
    assert.equal(keeper.dueAt, SAVE_EVERY_MS);
    keeper.save(SAVE_EVERY_MS);
    assert.isUndefined(keeper.dueAt);
    await finish();
    assert.deepEqual(writes, ['m1', 'm2']);
  });

  test('writes the index when it has grown, and only then', async () => {
    const { store, indexes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    for (const n of [1, 2, 70_000]) {
      keeper.taken(at(n), at(n).publishTime);
      keeper.shown(at(n), n * 1_000);
      await finish();
    }
    assert.deepEqual(
      indexes.map((index) => index.length),
      [1, 2],
    );
  });

  test('lets the next position replace another topic’s, and writes nothing of the old one again', async () => {
    const { store, writes, indexes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', [at(1)]);
    keeper.shown(at(2), 0);
    await finish();
    keeper.shown(at(3), 1);
    keeper.forget(at(3));
    keeper.save(2);
    assert.deepEqual(writes, ['m2', 'm3 gone']);
    await finish();
    assert.isUndefined(keeper.dueAt);
    assert.isEmpty(keeper.index);
    keeper.shown(at(4), 1_000);
    await finish();
    keeper.shown(at(5), 2_000);
    assert.deepEqual(writes, ['m2', 'm3 gone', 'm4 fresh', 'm5']);
    assert.deepEqual(indexes, [[]]);
  });

  test('removes another topic’s position once what is being written of it is written', async () => {
    const { store, writes, indexes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.taken(at(1), at(1).publishTime);
    keeper.shown(at(1), 0);
    keeper.forget(at(1));
    keeper.shown(at(7), 1);
    assert.deepEqual(writes, ['m1']);
    await finish();
    assert.lengthOf(indexes, 1, 'the old one');
    assert.deepEqual(writes, ['m1', 'm1 gone']);
    await finish();
    assert.deepEqual(writes, ['m1', 'm1 gone', 'm7 fresh']);
  });

  test('saves a position again that was forgotten, and was there after all', async () => {
    const { store, writes, finish } = slowStore();
    const keeper = new PositionKeeper(store, 'k', []);
    keeper.shown(at(1), 0);
    await finish();
    keeper.forget(at(1));
    await finish();
    keeper.shown(at(1), 1_000);
    assert.deepEqual(writes, ['m1', 'm1 gone', 'm1 fresh']);
  });

  test('says that a write has come to an end, whatever became of it', async () => {
    const { store, finish } = slowStore();
    let wrote = 0;
    const keeper = new PositionKeeper(store, 'k', [], () => wrote++);
    keeper.shown(at(1), 0);
    await settle();
    assert.equal(wrote, 0);
    await finish();
    assert.equal(wrote, 1);
  });
});
