import { assert } from '@open-wc/testing';
import {
  GATHER_MS,
  MAX_BUDGET_MS,
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
    pacer.consumed(1, 100);
    assert.equal(pacer.dueAt, 500 + GATHER_MS);
  });

  test('is told of each update once', () => {
    const pacer = new Pacer();
    pacer.touch(0);
    pacer.sent(0);
    for (let i = 0; i < 100; i++) pacer.consumed(30, 0);
    pacer.touch(1);
    assert.equal(pacer.dueAt, MIN_INTERVAL_MS);
  });

  const costs: readonly (readonly [string, number, number])[] = [
    ['a page that draws fast', 1, MIN_INTERVAL_MS],
    ['a page that draws slowly', 10, 10 * PAGE_SHARE_PARTS],
    ['a page that hardly draws at all', 5_000, MAX_INTERVAL_MS],
    ['a cost that is no number', Number.NaN, MIN_INTERVAL_MS],
    ['a cost below nothing', -50, MIN_INTERVAL_MS],
  ];
  for (const [name, cost, interval] of costs) {
    test(`leaves ${interval} ms between the updates of a long burst for ${name}`, () => {
      const { lastPauseMs } = burst(new Pacer(), 0, cost, 200);
      assert.closeTo(lastPauseMs, interval, 1);
    });
  }

  test('draws the beginning of a burst without a pause, and pays for it later', () => {
    const pacer = new Pacer();
    burst(pacer, 0, 10, 200);
    const quietUntil = 1_000_000;
    const first = burst(pacer, quietUntil, 10, MAX_BUDGET_MS / 10);
    assert.equal(first.lastPauseMs, MIN_INTERVAL_MS);
    const all = burst(pacer, first.endedAt, 10, 200);
    const drawnMs = (MAX_BUDGET_MS / 10 + 200) * 10;
    const allowedMs = MAX_BUDGET_MS + (all.endedAt - quietUntil) / PAGE_SHARE_PARTS;
    assert.isAtMost(drawnMs, allowedMs + 10, 'the budget, and what the last one owes');
  });

  test('lets one costly update, the first of a page, delay nothing', () => {
    const pacer = new Pacer();
    assert.equal(burst(pacer, 5_000, 45, 2).lastPauseMs, MIN_INTERVAL_MS);
  });

  test('lets nothing that is owed delay an update that has more events than should wait, and asks for it later', () => {
    const pacer = new Pacer();
    const from = burst(pacer, 0, 30, 200).endedAt;
    pacer.touch(from);
    const owed = pacer.dueAt ?? 0;
    assert.isTrue(pacer.press());
    assert.isFalse(pacer.press(), 'it is pressed already');
    assert.equal(pacer.dueAt, from + MIN_INTERVAL_MS);
    assert.isAbove(owed, from + MIN_INTERVAL_MS);
    pacer.sent(from + MIN_INTERVAL_MS);
    pacer.consumed(0, from + MIN_INTERVAL_MS);
    pacer.touch(from + MIN_INTERVAL_MS);
    assert.equal(pacer.dueAt, owed, 'what is owed is still to be paid');
  });

  test('asks for no longer pause after a computer has slept on an update', () => {
    const pacer = new Pacer();
    assert.equal(burst(pacer, 0, 3_600_000, 2).lastPauseMs, MAX_INTERVAL_MS);
    assert.equal(burst(pacer, 10_000, 1, 2).lastPauseMs, MIN_INTERVAL_MS);
  });
});

/** So many updates with always something new, each consumed at once at this cost. */
function burst(
  pacer: Pacer,
  from: number,
  costMs: number,
  updates: number,
): { readonly lastPauseMs: number; readonly endedAt: number } {
  let now = from;
  let lastPauseMs = Number.NaN;
  for (let update = 0; update < updates; update++) {
    pacer.touch(now);
    const dueAt = pacer.dueAt ?? Number.NaN;
    lastPauseMs = dueAt - now;
    now = dueAt;
    pacer.sent(now);
    pacer.consumed(costMs, now);
  }
  return { lastPauseMs, endedAt: now };
}
