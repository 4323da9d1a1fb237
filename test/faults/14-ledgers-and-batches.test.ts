import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

faultSuite(14, () => {
  faultTest(14, 'a ledger that rolls is no gap: under an open socket, and during a loss', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.roll();
    service.publish(2);
    await clock.advance(1_000);
    service.drop();
    service.roll();
    service.publish(2);
    await clock.advance(20_000);
    assert.deepEqual(page.gaps, []);
    assert.lengthOf(page.events, 7);
    await assertHonest(made);
  });

  faultTest(14, 'a batch goes on where it was broken off, at every place in it', async () => {
    for (let k = 1; k <= 10; k++) {
      const made = await liveWorld();
      const { clock, service, page } = made;
      service.dropAfterMessages = k;
      service.publish(10, { isBatch: true });
      await clock.advance(20_000);
      assert.deepEqual(page.gaps, []);
      assert.lengthOf(page.events, 13, `broken off after ${k} of 10`);
      await assertHonest(made);
    }
  });

  faultTest(14, 'what the service sends again is counted and not shown', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.publish(4, { isBatch: true });
    await clock.advance(1_000);
    const before = page.diagnostics().counts.duplicates;
    service.repeatTail(4);
    await clock.advance(1_000);
    assert.equal(page.diagnostics().counts.duplicates - before, 4);
    assert.lengthOf(page.events, 7);
    await assertHonest(made);
  });
});
