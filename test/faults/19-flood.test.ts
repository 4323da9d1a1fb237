import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { world } from '../support/faults/model/world.js';

const EVENTS = 50_000;

faultSuite(19, () => {
  faultTest(19, 'all come, in at most 65 updates a second of at most 1,500 events each', async () => {
    const made = world();
    const { clock, service } = made;
    service.publish(EVENTS, { payload: JSON.stringify({ text: 'x'.repeat(1_000) }) });
    service.maxBurst = 1_000;
    const { page, observer } = made.open({ rule: { kind: 'earliest' } });
    for (let second = 0; second < 60 && page.events.length < EVENTS; second++) {
      const before = page.updates.length;
      await clock.advance(1_000);
      assert.isAtMost(page.updates.length - before, 65);
    }
    assert.lengthOf(page.events, EVENTS);
    const batches = page.updates.map(({ update }) => update.views[0]?.events.length ?? 0);
    // 500 before answers are held back, and the service's window.
    assert.isAtMost(Math.max(...batches), 1_500);
    await clock.advance(20_000);
    assert.deepEqual(observer.judge(), []);
  });
});
