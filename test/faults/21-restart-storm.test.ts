import { assert } from '@open-wc/testing';
import type { HostAnswer } from '../../src/protocol/connection-status.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { VirtualPage } from '../support/faults/model/virtual-page.js';
import { world } from '../support/faults/model/world.js';

const WIDGETS = 1_000;
/** Enough to see a wave. */
const SOME = 500;
/** To compare, not to count. */
const FEW = 30;
/** What a real broker needed from `kill -9` to the first accepted reader. */
const RESTART_MS = 5_800;
const MOST_IN_A_SECOND = 0.15;

/** When widgets dial in the minutes after a service has gone (five unless told), widget by widget, in ms since. */
async function dialsAfter(
  code: number,
  widgets = WIDGETS,
  host: HostAnswer = 'unknown',
  restartMs = RESTART_MS,
  watchedMs = 300_000,
): Promise<readonly (readonly number[])[]> {
  const { clock, service } = world();
  const pages = Array.from(
    { length: widgets },
    (_, seed) => new VirtualPage(clock, service, { seed: seed + 1, wantsEvents: false, host }),
  );
  await clock.advance(2_000);
  service.publish(1);
  await clock.advance(13_000);
  assert.lengthOf(service.open, widgets);
  const dials = pages.map((): number[] => []);
  const from = clock.now;
  for (const [i, { platform }] of pages.entries()) {
    const { openSocket } = platform;
    platform.openSocket = (url) => {
      dials[i]?.push(clock.now - from);
      return openSocket(url);
    };
  }
  service.handshake = 'refuse';
  service.drop(code);
  await clock.advance(restartMs);
  service.handshake = 'open';
  await clock.advance(watchedMs - restartMs);
  assert.lengthOf(service.open, widgets, 'all are back');
  return dials;
}

/** Dials in each of some seconds, the first ten unless told. */
function bySecond(dials: readonly number[], from = 0, length = 10): readonly number[] {
  return Array.from(
    { length },
    (_, second) => dials.filter((at) => Math.floor(at / 1_000) - from === second).length,
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

faultSuite(21, () => {
  faultTest(
    21,
    'no second has more than 15 % of the dials of the first ten, and no widget dials often',
    async () => {
      const dials = await dialsAfter(1012);
      const seconds = bySecond(dials.flat());
      const share = Math.max(...seconds) / sum(seconds);
      const busiest = Math.max(...dials.map(({ length }) => length));
      console.log(`row 21, 1012, dials by second: ${seconds.join(' ')}; at most ${busiest} of one widget`);
      assert.isAtMost(busiest, 12, 'dials of one widget in 5 minutes');
      assert.isAtMost(share, MOST_IN_A_SECOND, `the busiest second of ${seconds.join(' ')}`);
    },
  );

  faultTest(21, 'after 1001 and 1013 each widget dials when it would after 1012', async () => {
    const after1012 = await dialsAfter(1012, FEW);
    for (const code of [1001, 1013]) assert.deepEqual(await dialsAfter(code, FEW), after1012, `${code}`);
    assert.notDeepEqual(await dialsAfter(1006, FEW), after1012);
  });

  // What a broker says that is killed: nothing, and nothing answers in its place. One widget must be back within a
  // second (row 3), so a thousand are.
  faultTest(
    21,
    'after 1006 all dial in the first second, and from the third on no second has more than 15 %',
    async () => {
      const dials = await dialsAfter(1006, WIDGETS, 'unreachable');
      const seconds = bySecond(dials.flat());
      const shares = seconds.map((count) => count / sum(seconds));
      const busiest = Math.max(...dials.map(({ length }) => length));
      console.log(
        `row 21, 1006, dials by second: ${seconds.join(' ')} ` +
          `(${shares.map((share) => `${(100 * share).toFixed(1)} %`).join(' ')}); at most ${busiest} of one widget`,
      );
      assert.isBelow(Math.max(...dials.map(([first = Infinity]) => first)), 1_000, 'the last first dial');
      assert.isAtMost(busiest, 12, 'dials of one widget in 5 minutes');
      const [first = 1, second = 1, ...later] = shares;
      assert.isAtMost(first, 0.33, 'the first second');
      assert.isAtMost(second, 0.21, 'the second second');
      assert.isAtMost(Math.max(...later), MOST_IN_A_SECOND, 'later');
    },
  );

  faultTest(
    21,
    'behind a proxy that answers for a service that is away at most 15 % come back in one second',
    async () => {
      const dials = await dialsAfter(1006, SOME, 'reachable', 90_000, 125_000);
      const seconds = bySecond(dials.flat(), 60, 30);
      console.log(`row 21, refused for 90 s, dials by second from the 60th on: ${seconds.join(' ')}`);
      assert.isAtMost(Math.max(...seconds) / SOME, MOST_IN_A_SECOND, seconds.join(' '));
    },
  );
});
