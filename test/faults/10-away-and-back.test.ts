import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

faultSuite(10, () => {
  faultTest(10, 'the position is saved before a page is frozen', async () => {
    for (const event of ['pagehide', 'freeze', 'hidden'] as const) {
      const { clock, service, page } = await liveWorld();
      service.publish(50);
      await clock.advance(120);
      page.lifecycle(event);
      await clock.advance(0);
      assert.equal(page.visit.saved.last?.messageId, page.handover, `on ${event}`);
    }
  });

  faultTest(
    10,
    'a page kept for Back, its socket lost meanwhile, is live within 1 s of its return',
    async () => {
      const made = await liveWorld();
      const { clock, service, page } = made;
      page.lifecycle('pagehide');
      page.lifecycle('freeze');
      clock.sleep(5 * 60_000);
      service.publish(5);
      page.lifecycle('resume');
      page.lifecycle('pageshow');
      service.drop();
      page.lifecycle('visible');
      await clock.advance(1_000);
      assert.equal(page.diagnostics().state, 'live');
      assert.lengthOf(page.events, 8);
      await assertHonest(made);
      assert.equal(page.diagnostics().counts.gaps, 0);
    },
  );
});
