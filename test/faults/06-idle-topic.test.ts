import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

const HALF_AN_HOUR = 30 * 60_000;

faultSuite(6, () => {
  faultTest(
    6,
    'keeps its session alive with a question a minute at least, and no answer is counted for it',
    async () => {
      const made = await liveWorld({ idleTimeoutMs: 300_000 });
      const { clock, service, page } = made;
      const [session] = service.sessions;
      assert.isDefined(session);
      if (session === undefined) return;
      const answers = session.answers.length;
      const from = clock.now;
      await clock.advance(HALF_AN_HOUR);
      assert.lengthOf(service.dialsAt, 1);
      assert.equal(session.answers.length, answers);
      assert.equal(session.freed, session.delivered.length);
      for (let minute = 0; minute < 30; minute++) {
        const [start, end] = [from + minute * 60_000, from + (minute + 1) * 60_000];
        const frames = session.clientFramesAt.filter((at) => at >= start && at < end);
        assert.isAtLeast(frames.length, 1, `minute ${minute}`);
      }
      assert.equal(page.diagnostics().counts.reconnects, 0);
      await assertHonest(made);
    },
  );
});
