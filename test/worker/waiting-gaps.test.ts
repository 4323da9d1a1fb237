import { assert } from '@open-wc/testing';
import type { Gap } from '../../src/protocol/connection-status.js';
import { MAX_WAITING_GAPS, WaitingGaps } from '../../src/worker/waiting-gaps.js';

const position = (publishTime: number) => ({ messageId: `m-${publishTime}`, publishTime });
const gapAt = (at: number): Gap => ({
  kind: 'history-expired',
  from: position(at),
  to: position(at + 0.5),
});

suite('Gaps that wait for the page', () => {
  test('are told once, in order', () => {
    const waiting = new WaitingGaps();
    for (const at of [1, 2]) waiting.add(gapAt(at));
    assert.deepEqual(waiting.take(), [gapAt(1), gapAt(2)]);
    assert.isEmpty(waiting.take());
  });

  test(`are ${MAX_WAITING_GAPS} at most, and the last one reaches over all that came after`, () => {
    const waiting = new WaitingGaps();
    for (let at = 0; at < 3 * MAX_WAITING_GAPS; at++) waiting.add(gapAt(at));
    const gaps = waiting.take();
    assert.lengthOf(gaps, MAX_WAITING_GAPS);
    assert.deepEqual(gaps[1], gapAt(1));
    assert.deepEqual(gaps.at(-1), {
      ...gapAt(MAX_WAITING_GAPS - 1),
      to: gapAt(3 * MAX_WAITING_GAPS - 1).to,
    });
  });
});
