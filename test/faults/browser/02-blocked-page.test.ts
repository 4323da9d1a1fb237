import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';

const EVENTS = 10_000;
const BLOCKED_MS = 5_000;
/** Publishing is this page's work too: nothing comes before it is done. */
const DELAY_MS = 3_000;
/** Most events that wait for a page. */
const CAP = 2_000;

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

faultSuite(2, () => {
  faultTest(
    2,
    'in a real browser: 10,000 events for a page that is blocked for 5 s all come, in portions, on one socket',
    () =>
      FaultyPage.with({}, async (page) => {
        await page.network.fault({ fault: 'slow', delayMs: DELAY_MS });
        await page.publish(EVENTS);
        block(DELAY_MS + BLOCKED_MS);
        const from = performance.now();
        await page.untilShown(60_000);
        console.log(
          `row 2: ${EVENTS} events ${Math.round(performance.now() - from)} ms after the page went on`,
        );
        const portions = page.host.record.heard.map((heard) =>
          heard.kind === 'events' ? heard.entries.length : 0,
        );
        assert.isAtMost(Math.max(...portions), CAP);
        await page.assertComplete();
        const { dialsAt } = await page.network.state();
        assert.lengthOf(dialsAt, 1);
      }),
  );
});
