import { assert } from '@open-wc/testing';
import { keepLatest } from '../../src/client/keep-latest.js';

suite('What a page remembers of streams that it has left', () => {
  test('are the last hundred, the one it left last longest', () => {
    const map = new Map<string, number>();
    for (let left = 0; left < 100; left++) keepLatest(map, `agent ${left}`, left);
    keepLatest(map, 'agent 0', 100);
    keepLatest(map, 'agent 100', 101);
    assert.equal(map.size, 100);
    assert.equal(map.get('agent 0'), 100);
    assert.isFalse(map.has('agent 1'));
    assert.isTrue(map.has('agent 2'));
  });
});
