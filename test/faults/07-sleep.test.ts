import { assert } from '@open-wc/testing';
import { MAX_SILENCE_MS } from '../../src/worker/connection-state.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, type LiveWorld } from '../support/faults/model/world.js';

const HALF_AN_HOUR = 30 * 60_000;

/** The laptop sleeps, the service gives its session up, five events are published. */
function sleep({ clock, service }: LiveWorld): void {
  clock.sleep(HALF_AN_HOUR);
  service.halfOpen();
  service.publish(5);
}

const questions = ({ page }: LiveWorld): number =>
  page.sockets[0]?.sent.filter((text) => text.includes('isEndOfTopic')).length ?? 0;

faultSuite(7, () => {
  for (const event of ['visible', 'online', 'resume', 'pageshow'] as const) {
    faultTest(
      7,
      `woken by "${event}": asked at once, replaced after 5 s, live within 10 s, nothing lost`,
      async () => {
        const made = await liveWorld();
        const { clock, page } = made;
        const before = questions(made);
        sleep(made);
        page.lifecycle(event);
        await clock.advance(1_000);
        assert.equal(questions(made), before + 1);
        assert.lengthOf(page.sockets, 1);
        await clock.advance(9_000);
        assert.lengthOf(page.sockets, 2);
        assert.equal(page.diagnostics().state, 'live');
        assert.equal(page.events.length, 8);
        await assertHonest(made);
        assert.equal(page.diagnostics().counts.gaps, 0);
      },
    );
  }

  faultTest(7, 'woken by nothing but the wall clock: asked within 1 s, live within 10 s', async () => {
    const made = await liveWorld();
    const { clock, page } = made;
    const before = questions(made);
    sleep(made);
    await clock.advance(1_000);
    assert.isAtLeast(questions(made), before + 1, 'asked within 1 s');
    await clock.advance(9_000);
    assert.equal(page.diagnostics().state, 'live');
    assert.equal(page.events.length, 8);
    await assertHonest(made);
  });

  faultTest(
    7,
    'with a question out: asked again, given up after 5 s, live within 10 s of waking',
    async () => {
      const made = await liveWorld();
      const { clock, page } = made;
      const before = questions(made);
      // The keepalive's question is out, and its answer not here yet.
      while (questions(made) === before) await clock.advance(1);
      sleep(made);
      page.lifecycle('visible');
      await clock.advance(6_000);
      assert.equal(questions(made), before + 2);
      assert.lengthOf(page.sockets, 2);
      await clock.advance(4_000);
      assert.equal(page.diagnostics().state, 'live');
      assert.equal(page.events.length, 8);
      await assertHonest(made);
    },
  );

  faultTest(7, 'with a question out, on a socket that has lived on: asked again, and kept', async () => {
    const made = await liveWorld();
    const { clock, page } = made;
    const before = questions(made);
    while (questions(made) === before) await clock.advance(1);
    clock.sleep(HALF_AN_HOUR);
    page.lifecycle('visible');
    await clock.advance(20_000);
    assert.lengthOf(page.sockets, 1);
    assert.equal(page.diagnostics().state, 'live');
    await assertHonest(made);
  });

  faultTest(7, 'with a socket that has lived on: asked once, and kept', async () => {
    const made = await liveWorld();
    const { clock, page } = made;
    clock.sleep(HALF_AN_HOUR);
    page.lifecycle('visible');
    await clock.advance(10_000);
    assert.lengthOf(page.sockets, 1);
    // The sleep was no silence of the service's, at the next question neither.
    await clock.advance(MAX_SILENCE_MS - 30_000);
    assert.lengthOf(page.sockets, 1);
    assert.equal(page.diagnostics().state, 'live');
    await assertHonest(made);
  });
});
