import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, world } from '../support/faults/model/world.js';

const LONGEST_SILENCE = 10 * 60_000;

faultSuite(30, () => {
  faultTest(
    30,
    'a silent inner stall is replaced after 10 minutes with one more handshake, and nothing is lost',
    async () => {
      const made = await liveWorld();
      const { clock, service, page } = made;
      service.stallInside();
      service.publish(5);
      await clock.advance(LONGEST_SILENCE + 60_000);
      assert.equal(service.dialsAt.length, 2, 'one more handshake');
      assert.lengthOf(page.events, 8);
      assert.deepEqual(page.gaps, []);
      await assertHonest(made);
    },
  );

  faultTest(
    30,
    'a quiet topic in partitions keeps its socket, since no other could go on from there',
    async () => {
      const made = world();
      const { clock, service } = made;
      service.topic.partition = 2;
      service.refusesPositions = true;
      const { page, observer } = made.open();
      await clock.advance(1_000);
      service.publish(2);
      await clock.advance(3 * LONGEST_SILENCE);
      service.publish(1);
      await clock.advance(1_000);
      assert.lengthOf(service.dialsAt, 1);
      assert.lengthOf(page.events, 3);
      assert.deepEqual(page.gaps, []);
      await assertHonest({ ...made, page, observer });
    },
  );

  faultTest(30, 'a quiet topic is not taken for a stall more than once in 10 minutes', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    await clock.advance(3 * LONGEST_SILENCE);
    assert.isAtMost(service.dialsAt.length, 1 + 3);
    assert.deepEqual(page.gaps, []);
    await assertHonest(made);
  });
});
