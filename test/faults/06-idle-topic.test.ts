import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, world, type LiveWorld } from '../support/faults/model/world.js';

const HALF_AN_HOUR = 30 * 60_000;

/** Live, and nothing has ever come. */
async function idleWorld(): Promise<LiveWorld> {
  const made = world({ idleTimeoutMs: 300_000 });
  const opened = made.open();
  await made.clock.advance(15_000);
  assert.equal(opened.page.diagnostics().state, 'live');
  return { ...made, ...opened };
}

faultSuite(6, () => {
  faultTest(
    6,
    'keeps its session alive with a question a minute at least, and no answer is counted for it',
    async () => {
      const made = await idleWorld();
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

  faultTest(6, 'costs one handshake after its last message, and none after that', async () => {
    const made = await liveWorld({ idleTimeoutMs: 300_000 });
    await made.clock.advance(4 * HALF_AN_HOUR);
    assert.lengthOf(made.service.dialsAt, 2, 'the socket that had brought something is replaced once');
    assert.equal(made.page.diagnostics().state, 'live');
    await assertHonest(made);
  });
});
