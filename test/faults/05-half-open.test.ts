import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { dataFrame } from '../support/faults/model/service.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

faultSuite(5, () => {
  faultTest(
    5,
    'is asked after 25 s and replaced within 36 s of the last byte, without waiting for its close',
    async () => {
      const made = await liveWorld();
      const { clock, service, page } = made;
      service.publish(1);
      await clock.advance(50);
      const lastByteAt = clock.now;
      service.halfOpen();
      await clock.advance(25_000);
      assert.include(page.sockets[0]?.sent.at(-1), 'isEndOfTopic');
      assert.isAtLeast(service.dialsAt.length, 1);
      await clock.advance(lastByteAt + 36_000 - clock.now);
      assert.lengthOf(page.sockets, 2, 'the replacement is dialed');
      assert.equal(page.sockets[0]?.readyState, 2, 'the dead socket is still closing');
      await assertHonest(made);
      assert.equal(page.diagnostics().counts.gaps, 0);
    },
  );

  faultTest(5, 'what it says late reaches nobody, and no two sockets deliver', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.halfOpen();
    service.publish(5);
    await clock.advance(40_000);
    const [dead] = page.sockets;
    const before = page.diagnostics().counts.received;
    const newest = service.topic.everything.at(-1);
    if (dead !== undefined && newest !== undefined) {
      dead.readyState = 1;
      dead.deliver(dataFrame(newest));
      dead.drop(1001);
    }
    await clock.advance(100);
    assert.equal(page.diagnostics().counts.received, before);
    assert.equal(page.diagnostics().state, 'live');
    await assertHonest(made);
  });
});
