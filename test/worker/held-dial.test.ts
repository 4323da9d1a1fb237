/** Worry: is a dial given up before the browser has made it, and the wait blamed on the service? */
import { assert } from '@open-wc/testing';
import { heldLonger, NO_HOLD, type Hold } from '../../src/worker/held-dial.js';
import { started, type Shell } from './support/connection-shell.js';

/** What Firefox 153 did after 1 to 14 failures, ms. */
const MEASURED = [
  237, 355, 504, 754, 1_128, 1_743, 2_556, 3_876, 5_746, 8_551, 13_041, 21_183, 32_024, 47_986,
];
const NOON = 12 * 3_600_000;

/** So many dials are refused at once, each as soon as it is made. */
async function refused(times: number, isGecko: boolean): Promise<Shell> {
  const made = started({ isGecko, chance: () => 0 });
  for (let i = 0; i < times; i++) {
    made.socket().drop();
    await made.platform.clock.advance(1);
  }
  return made;
}

function holdOf({ connection, platform }: Shell): number {
  const { status } = connection;
  return 'heldUntil' in status ? Math.max(0, (status.heldUntil ?? 0) - platform.now()) : 0;
}

suite('A browser that holds dials back', () => {
  test('is taken to wait about as long as was measured', () => {
    let hold: Hold = NO_HOLD;
    for (const ms of MEASURED) {
      hold = heldLonger(hold, NOON);
      assert.approximately(ms / hold.delayMs, 1, 1 / 3, `${ms}`);
      assert.equal(hold.until, NOON + hold.delayMs, 'from the last failure');
    }
  });

  test('waits a minute at most', () => {
    let hold: Hold = NO_HOLD;
    for (let failures = 0; failures < 50; failures++) hold = heldLonger(hold, NOON);
    assert.equal(hold.delayMs, 60_000);
  });

  test('forgets a failure a minute after it has held for it', () => {
    const first = heldLonger(NO_HOLD, NOON);
    assert.isAbove(heldLonger(first, first.until + 60_000).delayMs, first.delayMs);
    assert.equal(heldLonger(first, first.until + 60_001).delayMs, first.delayMs);
  });

  test('is said to hold the tenth try back, as an estimate', async () => {
    assert.approximately(holdOf(await refused(9, true)), 8_000, 4_000);
    assert.equal(holdOf(await refused(9, false)), 0, 'and no other browser is');
  });

  test('has the 45 s of a dial to itself when it has let it go', async () => {
    const made = await refused(14, true);
    const holdMs = holdOf(made);
    assert.isAbove(holdMs, 45_000);
    const dials = made.platform.sockets.length;
    await made.platform.clock.advance(holdMs + 44_999);
    assert.isTrue(made.socket().isHeld);
    assert.lengthOf(made.platform.sockets, dials, 'one socket at a time');
    await made.platform.clock.advance(1);
    assert.isFalse(made.platform.sockets[dials - 1]?.isHeld);
  });

  test('counts no dial that was given up', async () => {
    const made = await refused(9, true);
    const holdMs = holdOf(made);
    await made.platform.clock.advance(holdMs + 45_000);
    assert.equal(holdOf(made), 0);
  });

  test('starts anew after an opening, and counts only what nobody asked for', async () => {
    const made = await refused(14, true);
    made.socket().open();
    made.socket().drop(1012);
    assert.equal(holdOf(made), 0);
    await made.platform.clock.advance(8_000);
    made.socket().open();
    made.socket().drop(1006);
    assert.approximately(holdOf(made), 300, 100);
  });
});
