import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, world } from '../support/faults/model/world.js';

faultSuite(23, () => {
  faultTest(23, 'is waited for 45 s, one attempt at a time, and then backed off', async () => {
    const made = world();
    const { clock, service } = made;
    service.handshake = 'hang';
    const opened = made.open();
    const { page } = opened;
    await clock.advance(44_900);
    assert.lengthOf(page.sockets, 1);
    assert.equal(page.diagnostics().state, 'connecting');
    assert.isAtMost(page.diagnostics().since, clock.now - 44_000, 'the time that has passed can be shown');
    await clock.advance(1_200);
    assert.lengthOf(page.sockets, 2);
    await clock.advance(10 * 60_000);
    assert.isAtMost(service.dialsAt.length, 14, 'each attempt has its 45 s');
    service.handshake = 'open';
    await clock.advance(80_000);
    assert.equal(page.diagnostics().state, 'live');
    await assertHonest({ ...made, ...opened });
  });

  faultTest(23, 'during a session that was lost costs nothing', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.nextHandshakes.push('hang', 'hang');
    service.drop();
    service.publish(4);
    await clock.advance(120_000);
    assert.lengthOf(page.events, 7);
    assert.deepEqual(page.gaps, []);
    await assertHonest(made);
  });
});
