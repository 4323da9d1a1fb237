import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

/** The back-off between losses that follow each other is not what is looked at here. */
const FACTOR = 20;

faultSuite(3, () => {
  for (const ending of ['reset', 'fin'] as const) {
    for (const isTorn of [false, true]) {
      const place = isTorn ? 'inside' : 'after';
      faultTest(3, `in a real browser: ${ending} ${place} the k-th message costs nothing, ten times`, () =>
        FaultyPage.with({ factor: FACTOR }, async (page) => {
          for (let round = 0; round < 10; round++) {
            const count = 1 + Math.floor(Math.random() * 30);
            await page.network.fault({ fault: 'cut', unit: 'frames', count, ending, isTorn });
            await page.publish(30);
            await page.untilShown();
            await until('the cut to have been made', async () => {
              const { dialsAt } = await page.network.state();
              return dialsAt.length >= round + 2;
            });
            await page.host.untilConnection('live');
          }
          await page.assertComplete();
          const { counts } = await page.host.widget('x8-agent-feed').getDiagnostics();
          assert.isAtLeast(counts?.reconnects ?? 0, 10);
        }),
      );
    }
  }
});
