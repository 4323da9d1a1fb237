import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { Observer } from '../support/faults/model/observer.js';
import { assertHonest, liveWorld, type LiveWorld } from '../support/faults/model/world.js';

/** 500 a second. */
async function burst({ clock, service }: LiveWorld, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 10) {
    service.publish(5);
    await clock.advance(10);
  }
}

/** Ends the visit and begins the next one, with what the first has saved. */
async function reloaded(made: LiveWorld, handover: string | undefined): Promise<LiveWorld> {
  const { saved } = made.page.visit;
  await made.page.close();
  const page = made.open({ saved: { ...saved }, handover }).page;
  return { ...made, page, observer: new Observer(page, made.service) };
}

const newIn = ({ page }: LiveWorld): readonly string[] =>
  page.events.filter(({ phase }) => phase !== 'replayed').map(({ messageId }) => messageId);

faultSuite(11, () => {
  faultTest(
    11,
    'with the hand-over of its tab begins at the first event that was not on screen',
    async () => {
      const first = await liveWorld();
      await burst(first, 2_000);
      first.page.lifecycle('pagehide');
      const { handover } = first.page;
      const shown = first.page.events.map(({ messageId }) => messageId);
      const second = await reloaded(first, handover);
      await burst(second, 2_000);
      await second.clock.advance(5_000);
      const published = first.service.topic.everything.map(({ text }) => text);
      assert.deepEqual([...shown, ...newIn(second)], published);
      await assertHonest(second);
    },
  );

  faultTest(11, 'after a crash repeats at most 250 ms or 200 messages, and loses none', async () => {
    const first = await liveWorld();
    await burst(first, 2_000);
    const shown = first.page.events.map(({ messageId }) => messageId);
    const { last, index } = first.page.visit.saved;
    // What the page's end still writes, a crash would not.
    const saved = { last, index };
    await first.page.close();
    const page = first.open({ saved }).page;
    const second = { ...first, page, observer: new Observer(page, first.service) };
    await burst(second, 1_000);
    await second.clock.advance(5_000);
    const again = newIn(second).filter((id) => shown.includes(id));
    assert.isAtMost(again.length, 200);
    const published = first.service.topic.everything.map(({ text }) => text);
    assert.sameMembers([...new Set([...shown, ...newIn(second)])], published);
    await assertHonest(second);
  });
});
