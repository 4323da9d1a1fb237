import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

/**
 * Firefox waits 0.2 to 0.4 s after the first failure of an address and half as long again after each further one, by
 * chance. Nine make 15 to 30 s of waits, and the tenth dial is held for 8 to 15 s; twelve make up to 100 s, and a hold
 * of up to 52 s that no page can shorten.
 */
const REFUSED = 9;

const HELD = /Browser may wait|browser probably waits/;

/** Each dial is forced, so that the browser's own delay is all that is waited for. */
async function refuseNine(page: FaultyPage): Promise<void> {
  await page.network.fault({ fault: 'greet', greeting: 'refuse' });
  await page.network.fault({ fault: 'end', ending: 'reset' });
  await until(
    `${REFUSED} refused dials`,
    async () => {
      page.host.window.dispatchEvent(new Event('online'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      return (await page.network.state()).dialsAt.length > REFUSED;
    },
    90_000,
  );
}

faultSuite(24, () => {
  faultTest(24, 'after 9 refused dials: live within 30 s of health, and never more than one socket', () =>
    FaultyPage.with({}, async (page) => {
      await refuseNine(page);
      await page.network.fault({ fault: 'clear' });
      const healthyAt = Date.now();
      await page.publish(2);
      await page.untilShown(45_000);
      assert.isAtMost(Date.now() - healthyAt, 30_000);
      await page.assertComplete();
    }),
  );

  faultTest(24, 'after 9 refused dials the widget says that the browser is holding the next one back', () =>
    FaultyPage.with({}, async (page) => {
      await refuseNine(page);
      page.host.window.dispatchEvent(new Event('online'));
      await until('the wait to be explained', () => HELD.test(page.host.text('x8-agent-feed')), 10_000);
    }),
  );

  faultTest(24, 'after 9 refused dials nothing is said of a browser that holds nothing back', () =>
    FaultyPage.with({}, async (page) => {
      await refuseNine(page);
      const words = page.host.text('x8-agent-feed');
      assert.match(words, /Reconnecting/);
      assert.notMatch(words, HELD);
    }),
  );
});
