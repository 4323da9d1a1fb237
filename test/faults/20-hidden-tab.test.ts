import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, type LiveWorld } from '../support/faults/model/world.js';

/** Most events that wait for a page. */
const CAP = 2_000;

/** 100 a second. */
async function publishFor({ clock, service }: LiveWorld, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 1_000) {
    service.publish(100);
    await clock.advance(1_000);
  }
}

async function hidden(): Promise<LiveWorld> {
  const made = await liveWorld({ idleTimeoutMs: 300_000 });
  made.page.lifecycle('hidden');
  made.page.isConsuming = false;
  return made;
}

function assertBounded({ page }: LiveWorld): void {
  const batches = page.updates.map(({ update }) => update.views[0]?.events.length ?? 0);
  assert.isAtMost(Math.max(...batches), CAP);
}

faultSuite(20, () => {
  faultTest(
    20,
    'that draws once a minute for an hour at 100 events a second loses none, and reconnects for nothing',
    async () => {
      const made = await hidden();
      const { clock, page } = made;
      for (let minute = 0; minute < 60; minute++) {
        await publishFor(made, 60_000);
        page.consume();
        page.isConsuming = false;
      }
      page.consume();
      page.lifecycle('visible');
      await clock.advance(20_000);
      assert.equal(page.diagnostics().state, 'live');
      const causes = page.updates.map(({ update: { connection } }) =>
        connection.kind === 'reconnecting' ? connection.cause.kind : '',
      );
      assert.notInclude(causes, 'keepalive-timeout');
      assertBounded(made);
      await assertHonest(made);
    },
  );

  faultTest(20, 'that draws nothing for 20 minutes loses nothing without a word', async () => {
    const made = await hidden();
    await publishFor(made, 20 * 60_000);
    made.page.consume();
    made.page.lifecycle('visible');
    await made.clock.advance(60_000);
    assertBounded(made);
    await assertHonest(made);
  });

  faultTest(
    20,
    'that draws nothing for 20 minutes reads 120,000 events on its return, and is live in seconds',
    async () => {
      const made = await hidden();
      await publishFor(made, 20 * 60_000);
      made.page.consume();
      made.page.lifecycle('visible');
      // 1,500 for each update, ten updates a second: nothing is dropped to be live sooner (docs/decisions/0014).
      await made.clock.advance(10_000);
      assert.equal(made.page.diagnostics().state, 'live');
      await assertHonest(made);
    },
  );
});
