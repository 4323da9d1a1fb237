/** The network in front of the service, which may be a real broker: `npm run test:pulsar`. */
import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const FACTOR = 20;
const CUTS = [1, 7, 40] as const;

faultSuite(3, () => {
  faultTest(3, 'on any service: a socket that is cut in the middle of a burst costs nothing', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      for (const count of CUTS) {
        await page.untilLasting();
        const { dialsAt } = await page.network.state();
        await page.network.fault({ fault: 'cut', ending: 'reset', unit: 'frames', count, isTorn: true });
        await page.publish(60);
        await until(
          'another dial',
          async () => (await page.network.state()).dialsAt.length > dialsAt.length,
          20_000,
        );
        await page.untilShown();
      }
      await page.assertComplete();
    }),
  );

  faultTest(3, 'on any service: dials that are refused cost nothing', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      await page.network.fault({ fault: 'greet', greeting: 'refuse', count: 3 });
      await page.network.fault({ fault: 'end', ending: 'reset' });
      await page.publish(20);
      await page.untilShown(60_000);
      await page.assertComplete();
    }),
  );
});

faultSuite(5, () => {
  faultTest(5, 'on any service: a half-open socket is replaced, and nothing is lost', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      await page.network.fault({ fault: 'end', ending: 'half-open' });
      await page.publish(20);
      await page.untilShown(40_000);
      await page.assertComplete();
    }),
  );
});

faultSuite(8, () => {
  faultTest(8, 'on any service: an offline event over a healthy socket makes no dial', () =>
    FaultyPage.with({}, async (page) => {
      page.host.window.dispatchEvent(new Event('offline'));
      await page.assertComplete();
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
    }),
  );
});

faultSuite(9, () => {
  faultTest(
    9,
    'on any service: ten online events after an outage leave one socket, and nothing is lost',
    () =>
      FaultyPage.with({ factor: FACTOR }, async (page) => {
        await page.whileAway(() => page.publish(20));
        for (let i = 0; i < 10; i++) page.host.window.dispatchEvent(new Event('online'));
        await page.untilShown(60_000);
        await page.assertComplete();
      }),
  );
});
