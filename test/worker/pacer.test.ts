import { assert } from '@open-wc/testing';
import {
  GATHER_MS,
  MAX_INTERVAL_MS,
  MIN_INTERVAL_MS,
  Pacer,
  PAGE_SHARE_PARTS,
} from '../../src/worker/pacer.js';

suite('The pacer of updates', () => {
  test('has nothing to send before anything changed', () => assert.isUndefined(new Pacer().dueAt));

  test('sends the first change after quiet at once, with its neighbours', () => {
    const pacer = new Pacer();
    assert.isTrue(pacer.touch(1_000));
    assert.isFalse(pacer.touch(1_003), 'the second change waits with the first');
    assert.equal(pacer.dueAt, 1_000 + GATHER_MS);
  });

  test('sends nothing while the page has one to consume', () => {
    const pacer = new Pacer();
    pacer.touch(0);
    pacer.sent(8);
    pacer.touch(500);
    assert.isUndefined(pacer.dueAt);
    pacer.consumed(1);
    assert.equal(pacer.dueAt, 500 + GATHER_MS);
  });

  const costs: readonly (readonly [string, number, number])[] = [
    ['a page that draws fast', 1, MIN_INTERVAL_MS],
    ['a page that draws slowly', 10, 10 * PAGE_SHARE_PARTS],
    ['a page that hardly draws at all', 5_000, MAX_INTERVAL_MS],
    ['a cost that is no number', Number.NaN, MIN_INTERVAL_MS],
    ['a cost below nothing', -50, MIN_INTERVAL_MS],
  ];
  for (const [name, cost, interval] of costs) {
    test(`leaves ${interval} ms between updates for ${name}`, () => {
      const pacer = new Pacer();
      pacer.touch(0);
      pacer.sent(0);
      pacer.consumed(cost);
      pacer.touch(1);
      assert.equal(pacer.dueAt, interval);
    });
  }
});
