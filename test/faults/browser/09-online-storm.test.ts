import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

faultSuite(8, () => {
  faultTest(
    8,
    'in a real browser: an offline event over a healthy socket makes no dial and no "offline"',
    () =>
      FaultyPage.with({}, async (page) => {
        page.host.window.dispatchEvent(new Event('offline'));
        await page.assertComplete();
        const said = JSON.stringify(page.host.record.widgetEvents.map(({ detail }) => detail));
        assert.notInclude(said, '"offline"');
        const { dialsAt } = await page.network.state();
        assert.lengthOf(dialsAt, 1);
      }),
  );
});

faultSuite(9, () => {
  faultTest(9, 'in a real browser: ten online events after an outage leave exactly one socket', () =>
    FaultyPage.with({ factor: 5 }, async (page) => {
      await page.network.cutOff();
      await page.publish(3);
      await page.host.untilConnection('reconnecting');
      await page.network.fault({ fault: 'clear' });
      const { dialsAt: before } = await page.network.state();
      for (let i = 0; i < 10; i++) {
        page.host.window.dispatchEvent(new Event('online'));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // An engine that holds dials back after failures needs its time.
      await page.untilShown(40_000);
      await until('one socket', async () => (await page.network.state()).open === 1);
      const { dialsAt } = await page.network.state();
      assert.isAtMost(dialsAt.length - before.length, 2, 'dials after the outage');
      await page.assertComplete();
    }),
  );
});
