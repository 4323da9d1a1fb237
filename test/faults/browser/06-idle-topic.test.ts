import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

/** The 10 s that an answer may take are half a second then; three engines that start at once stand still for a fifth of one. */
const FACTOR = 20;
/** Eight minutes of questions; after ten silent ones the socket is replaced once, which is row 30's business. */
const QUESTIONS = 19;

faultSuite(6, () => {
  faultTest(6, 'in a real browser: eight idle minutes are one connection with a question every 25 s', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      const questions = async (): Promise<number> => {
        const { sessions } = await page.topic.service.seen(page.topic);
        return sessions.find(({ kind }) => kind === 'reader')?.endOfTopicRequests ?? 0;
      };
      const before = await questions();
      const from = Date.now();
      // That they come once a minute at least is held in virtual time: a slow computer would be told off here.
      await until('the questions', async () => (await questions()) - before >= QUESTIONS, 60_000);
      const minutes = ((Date.now() - from) * FACTOR) / 60_000;
      assert.isAtLeast(minutes, QUESTIONS * 0.375, 'not asked more often than needed');
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
      await page.assertComplete();
    }),
  );
});
