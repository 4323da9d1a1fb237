import { assert } from '@open-wc/testing';
import type { MessageId } from '../../src/worker/message-id.js';
import { RecentIds, REMEMBERED_IDS } from '../../src/worker/recent-ids.js';

const id = (entry: number, more: Partial<MessageId> = {}): MessageId => ({
  ledger: 3,
  entry,
  partition: -1,
  batchIndex: -1,
  ...more,
});

const AT = 1_000;

suite('Recent ids', () => {
  test('know what was added, in whatever order', () => {
    const ids = new RecentIds();
    ids.add(id(9), AT);
    assert.isTrue(ids.has(id(9), AT));
    assert.isFalse(ids.has(id(3), AT), 'a lower id is no copy');
    ids.add(id(3), AT);
    assert.isTrue(ids.has(id(3), AT));
  });

  test('tell ledgers, partitions, places in a batch and times apart', () => {
    const ids = new RecentIds();
    ids.add(id(1), AT);
    assert.isFalse(ids.has(id(1), AT + 1), 'a broker that was emptied gives it again');
    for (const other of [id(1, { ledger: 4 }), id(1, { partition: 0 }), id(1, { batchIndex: 0 })])
      assert.isFalse(ids.has(other, AT));
  });

  test('always remember the last ones, and never more than twice as many', () => {
    const ids = new RecentIds();
    for (let entry = 0; entry < REMEMBERED_IDS * 5; entry++) {
      ids.add(id(entry), AT);
      const oldestOwed = entry - REMEMBERED_IDS + 1;
      if (oldestOwed >= 0 && !ids.has(id(oldestOwed), AT))
        assert.fail(`${oldestOwed} is forgotten at ${entry}`);
      const beyond = entry - REMEMBERED_IDS * 2;
      if (beyond >= 0 && ids.has(id(beyond), AT)) assert.fail(`${beyond} is kept at ${entry}`);
    }
  });
});
