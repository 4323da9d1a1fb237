import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const HALF_AN_HOUR = 30 * 60_000;
const HOUR_MS = 3_600_000;
const FACTOR = 5;
const FAST = 20;

faultSuite(7, () => {
  faultTest(
    7,
    'in a real browser: after a sleep the dead socket is replaced within 10 s, and nothing is lost',
    () =>
      FaultyPage.with({ factor: FACTOR }, async (page) => {
        await page.network.fault({ fault: 'end', ending: 'half-open' });
        page.time?.sleep(HALF_AN_HOUR);
        await page.publish(5);
        const wokenAt = Date.now();
        page.host.window.dispatchEvent(new Event('online'));
        await page.untilShown();
        await page.host.untilConnection('live');
        assert.isAtMost(Date.now() - wokenAt, 10_000 / FACTOR + 1_000);
        await page.assertComplete();
      }),
  );

  faultTest(7, 'in a real browser: a clock that is set back by an hour holds nothing up', () =>
    FaultyPage.with({ factor: FAST }, async (page) => {
      page.time?.setBack(HOUR_MS);
      await page.publish(2);
      await page.untilShown(5_000);
      await page.network.fault({ fault: 'end', ending: 'half-open' });
      await page.publish(5);
      const { waitedMs } = await page.untilReplaced();
      assert.isAtMost(waitedMs, 36_000 / FAST + 1_000);
      await page.untilShown();
      await page.assertComplete();
    }),
  );

  faultTest(7, 'in a real browser: a socket that lived through the sleep is kept', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      page.time?.sleep(HALF_AN_HOUR);
      page.host.window.dispatchEvent(new Event('online'));
      const questions = async (): Promise<number> => {
        const { sessions } = await page.topic.service.seen(page.topic);
        return sessions.find(({ kind }) => kind === 'reader')?.endOfTopicRequests ?? 0;
      };
      await until('the question', async () => (await questions()) >= 1);
      await page.assertComplete();
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
    }),
  );
});
