import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

const FIVE_MINUTES = 5 * 60_000;

faultSuite(22, () => {
  faultTest(22, 'is dialed at most 14 times in 5 minutes, whatever chance says', async () => {
    const counts: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const made = await liveWorld({ seed });
      const { clock, service } = made;
      service.dropsAfterMs = 200;
      service.drop();
      const before = service.dialsAt.length;
      await clock.advance(FIVE_MINUTES);
      counts.push(service.dialsAt.length - before);
      service.heal();
      await clock.advance(60_000);
      await assertHonest(made);
    }
    assert.isAtMost(Math.max(...counts), 14, `dials: ${counts.join(' ')}`);
  });

  faultTest(22, 'is called unstable and does not flap to live', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.dropsAfterMs = 200;
    service.drop();
    await clock.advance(30_000);
    const before = page.updates.length;
    await clock.advance(FIVE_MINUTES);
    const states = new Set<string>(page.updates.slice(before).map(({ update }) => update.connection.kind));
    assert.isFalse(states.has('live'), `the states shown are ${[...states].join()}`);
    assert.isTrue(states.has('unstable'), `the states shown are ${[...states].join()}`);
  });
});
