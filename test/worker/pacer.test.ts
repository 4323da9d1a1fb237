import { assert } from '@open-wc/testing';
import { MAX_BUDGET_MS, Pacer, PAGE_SHARE_PARTS } from '../../src/worker/pacer.js';

suite('The pacer of updates', () => {
  test('has nothing to send before anything changed', () => assert.isUndefined(new Pacer().dueAt));

  test('sends the first change after quiet at once, with its neighbours', () => {
    const pacer = new Pacer();
    assert.isTrue(pacer.touch(1_000));
    assert.isFalse(pacer.touch(1_003), 'the second change waits with the first');
    assert.equal(pacer.dueAt, 1_008);
  });

  test('sends nothing while the page has one to consume', () => {
    const pacer = new Pacer();
    pacer.touch(0);
    pacer.sent(8);
    pacer.touch(500);
    assert.isUndefined(pacer.dueAt);
    pacer.consumed(1, 100);
    assert.equal(pacer.dueAt, 508);
  });

  test('is told of each update once', () => {
    const pacer = new Pacer();
    pacer.touch(0);
    pacer.sent(0);
    for (let i = 0; i < 100; i++) pacer.consumed(30, 0);
    pacer.touch(1);
    assert.equal(pacer.dueAt, 100);
  });

  const costs: readonly (readonly [string, number, number])[] = [
    ['a page that draws fast', 1, 100],
    ['a page that draws slowly', 10, 360],
    ['a page that hardly draws at all', 5_000, 1_000],
    ['a cost that is no number', Number.NaN, 100],
    ['a cost without end', Infinity, 100],
    ['a cost below nothing', -50, 100],
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
    assert.equal(first.lastPauseMs, 100);
    const all = burst(pacer, first.endedAt, 10, 200);
    const drawnMs = (MAX_BUDGET_MS / 10 + 200) * 10;
    const allowedMs = MAX_BUDGET_MS + (all.endedAt - quietUntil) / PAGE_SHARE_PARTS;
    assert.isAtMost(drawnMs, allowedMs + 10, 'the budget, and what the last one owes');
  });

  test('lets one costly update, the first of a page, delay nothing', () => {
    const pacer = new Pacer();
    assert.equal(burst(pacer, 5_000, 45, 2).lastPauseMs, 100);
  });

  test('lets a page that draws for 50 ms after quiet go on at once, and one that draws longer wait', () => {
    assert.equal(burst(new Pacer(), 5_000, 50, 2).lastPauseMs, 100);
    assert.equal(burst(new Pacer(), 5_000, 54, 2).lastPauseMs, 144);
  });

  test('saves nothing up by a cost below nothing', () => {
    const pacer = new Pacer();
    burst(pacer, 0, 60, 1);
    burst(pacer, 8, -1_000, 1);
    assert.equal(burst(pacer, 368, 60, 2).lastPauseMs, 1_000);
  });

  test('reckons what is owed from when the update was on screen, and waits no more than a second from when it was sent', () => {
    const pacer = new Pacer();
    pacer.touch(0);
    pacer.sent(0);
    pacer.consumed(60, 400);
    pacer.touch(400);
    assert.equal(pacer.dueAt, 760);
    pacer.sent(1_000);
    pacer.consumed(5_000, 1_600);
    pacer.touch(1_600);
    assert.equal(pacer.dueAt, 2_000);
  });

  test('lets nothing that is owed delay an update that has more events than should wait, and asks for it later', () => {
    const pacer = new Pacer();
    const from = burst(pacer, 0, 30, 200).endedAt;
    pacer.touch(from);
    const owed = pacer.dueAt ?? 0;
    assert.isTrue(pacer.press());
    assert.isFalse(pacer.press(), 'it is pressed already');
    assert.equal(pacer.dueAt, from + 100);
    assert.isAbove(owed, from + 100);
    pacer.sent(from + 100);
    pacer.consumed(0, from + 100);
    pacer.touch(from + 100);
    assert.equal(pacer.dueAt, owed, 'what is owed is still to be paid');
  });

  test('asks for no longer pause after a computer has slept on an update', () => {
    const pacer = new Pacer();
    assert.equal(burst(pacer, 0, 3_600_000, 2).lastPauseMs, 1_000);
    assert.equal(burst(pacer, 10_000, 1, 2).lastPauseMs, 100);
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
