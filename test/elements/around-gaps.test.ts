import { assert } from '@open-wc/testing';
import { aroundGaps } from '../../src/elements/around-gaps.js';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import type { Position } from '../../src/protocol/connection-status.js';

const at = (messageId: string, publishTime: number): Position => ({ messageId, publishTime });

function entry(messageId: string, publishTime: number): EventEntry {
  const event = { kind: 'other', name: 'E', at: publishTime, guid: undefined, agentId: undefined } as const;
  return { messageId, publishTime, type: 'E', phase: 'live', event };
}

suite('Events around gaps', () => {
  test('stand on either side of it, though a broker that was emptied gives the same ids again', () => {
    const events = [entry('a', 1), entry('b', 2), entry('a', 11), entry('b', 12)];
    for (const gap of [
      { kind: 'position-unknown', from: at('b', 2), to: at('a', 11) },
      { kind: 'position-unknown', from: undefined, to: at('a', 11) },
    ] as const) {
      const { gaps, after } = aroundGaps(events, [gap]);
      assert.deepEqual(gaps, [{ before: events.slice(0, 2), gap }]);
      assert.deepEqual(after, events.slice(2));
    }
  });

  test('come after it where what it names is not among them', () => {
    const events = [entry('a', 1)];
    const gap = { kind: 'no-cursor', from: undefined, to: undefined } as const;
    assert.deepEqual(aroundGaps(events, [gap]), { gaps: [{ before: [], gap }], after: events });
  });
});
