import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';

const FACTOR = 20;
/** For two dials, an answer and what else is not the clock's. */
const SLACK_MS = 1_000;

faultSuite(5, () => {
  faultTest(
    5,
    'in a real browser: replaced within 36 s of the last byte, while its close is still to come',
    () =>
      FaultyPage.with({ factor: FACTOR }, async (page) => {
        await page.network.fault({ fault: 'end', ending: 'half-open' });
        await page.publish(5);
        const { firstState, waitedMs } = await page.untilReplaced();
        assert.isAtMost(waitedMs, 36_000 / FACTOR + SLACK_MS);
        assert.equal(firstState, 'half-open', 'the dead connection has not been closed');
        await page.untilShown();
        await page.assertComplete();
      }),
  );
});
