import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const FACTOR = 60;

faultSuite(6, () => {
  faultTest(6, 'in a real browser: ten idle minutes are one connection with a question every 25 s', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      const questions = async (): Promise<number> => {
        const { sessions } = await page.topic.service.seen(page.topic);
        return sessions.find(({ kind }) => kind === 'reader')?.endOfTopicRequests ?? 0;
      };
      const before = await questions();
      const from = Date.now();
      await until('ten minutes of questions', async () => (await questions()) - before >= 24, 30_000);
      const minutes = ((Date.now() - from) * FACTOR) / 60_000;
      assert.isAtLeast(minutes, 9, 'not asked more often than needed');
      assert.isAtMost(minutes, 24, 'asked once a minute at least');
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
      await page.assertComplete();
    }),
  );
});
