import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { HighWater } from '../../src/worker/high-water.js';
import { compareMessageIds, type MessageId } from '../../src/worker/message-id.js';

const id = (ledger: number, entry: number, partition = -1, batchIndex = -1): MessageId => ({
  ledger,
  entry,
  partition,
  batchIndex,
});

function rises(mark: HighWater, message: MessageId): boolean {
  const isNew = !mark.has(message);
  if (isNew) mark.add(message);
  return isNew;
}

suite('The high-water mark', () => {
  test('rises once for each message, however often and far reading starts again', () => {
    const log = Array.from({ length: 40 }, (_, i) =>
      id(3 + Math.floor(i / 10), Math.floor((i % 10) / 2), -1, i % 2),
    );
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 39 })), (restarts) => {
        const mark = new HighWater();
        const taken: MessageId[] = [];
        let reached = 0;
        for (const restart of [...restarts.map((at) => Math.min(at, reached)), 0]) {
          const end = Math.min(log.length, reached + 7);
          for (const message of log.slice(restart, end)) if (rises(mark, message)) taken.push(message);
          reached = end;
        }
        assert.deepEqual(taken, log.slice(0, reached));
        assert.isTrue(
          taken.every((message, i) => i === 0 || compareMessageIds(taken[i - 1] ?? message, message) < 0),
        );
      }),
    );
  });

  test('is one for each partition', () => {
    const mark = new HighWater();
    assert.isTrue(rises(mark, id(9, 0, 0)));
    assert.isTrue(rises(mark, id(4, 0, 1)));
    assert.isFalse(rises(mark, id(4, 0, 1)));
    assert.isTrue(rises(mark, id(4, 0)), 'a topic without partitions is not partition 0');
  });
});
