import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

faultSuite(8, () => {
  faultTest(8, 'only asks: an answer keeps the socket, and the state stays live', async () => {
    const made = await liveWorld();
    const { clock, page } = made;
    const before = page.updates.length;
    page.lifecycle('offline');
    await clock.advance(20_000);
    assert.lengthOf(page.sockets, 1);
    const states = page.updates.slice(before).map(({ update }) => update.connection.kind);
    assert.notInclude(states.join(), 'offline');
    assert.equal(page.diagnostics().state, 'live');
    assert.equal(page.diagnostics().counts.reconnects, 0);
    await assertHonest(made);
  });

  faultTest(8, 'without an answer in 5 s the socket is replaced', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.halfOpen();
    page.lifecycle('offline');
    await clock.advance(4_900);
    assert.lengthOf(page.sockets, 1);
    await clock.advance(1_200);
    assert.lengthOf(page.sockets, 2);
    await assertHonest(made);
  });
});
