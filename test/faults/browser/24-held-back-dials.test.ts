import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

/** Twelve dials that the network refused, each forced, so that the browser's own delay is all that is waited for. */
async function refuseTwelve(page: FaultyPage): Promise<void> {
  await page.network.fault({ fault: 'greet', greeting: 'refuse' });
  await page.network.fault({ fault: 'end', ending: 'reset' });
  await until(
    '12 refused dials',
    async () => {
      page.host.window.dispatchEvent(new Event('online'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      return (await page.network.state()).dialsAt.length >= 13;
    },
    90_000,
  );
}

faultSuite(24, () => {
  faultTest(24, 'after 12 refused dials: live within 30 s of health, and never more than one socket', () =>
    FaultyPage.with({}, async (page) => {
      await refuseTwelve(page);
      await page.network.fault({ fault: 'clear' });
      const healthyAt = Date.now();
      await page.publish(2);
      await page.untilShown(45_000);
      assert.isAtMost(Date.now() - healthyAt, 30_000);
      await page.assertComplete();
    }),
  );

  faultTest(24, 'after 12 refused dials the widget says that the browser is holding the next one back', () =>
    FaultyPage.with({}, async (page) => {
      await refuseTwelve(page);
      page.host.window.dispatchEvent(new Event('online'));
      await until('the wait to be explained', () => /browser/i.test(page.host.text('x8-agent-feed')), 5_000);
    }),
  );
});
