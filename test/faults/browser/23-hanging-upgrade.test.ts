import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const FACTOR = 20;

faultSuite(23, () => {
  faultTest(23, 'in a real browser: given up after 45 s, one attempt at a time, and nothing is lost', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      await page.network.fault({ fault: 'greet', greeting: 'hang', count: 2 });
      await page.network.fault({ fault: 'end', ending: 'reset' });
      await page.publish(4);
      const state = await until(
        'the second hanging attempt',
        async () => {
          const now = await page.network.state();
          return now.dialsAt.length >= 3 && now;
        },
        30_000,
      );
      const [, first = 0, second = 0] = state.dialsAt;
      // The proxy sees a dial when it arrives, which is later than it was begun.
      assert.isAtLeast(second - first, 45_000 / FACTOR - 600);
      assert.isAtMost(second - first, 45_000 / FACTOR + 2_500);
      await page.untilShown(30_000);
      await page.assertComplete();
    }),
  );
});
