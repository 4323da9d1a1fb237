import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { liveWorld, world } from '../support/faults/model/world.js';

faultSuite(25, () => {
  faultTest(25, 'is dialed at most 6 times in the first minute, whatever chance says', async () => {
    const counts: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const { clock, service, open } = world({ seed });
      service.handshake = 'refuse';
      open({ host: 'reachable' });
      await clock.advance(60_000);
      counts.push(service.dialsAt.length);
    }
    assert.isAtMost(Math.max(...counts), 6, `dials: ${counts.join(' ')}`);
  });

  faultTest(25, 'is suspected after three refusals, and then tried once in 5 minutes', async () => {
    const { clock, service, open } = world();
    service.handshake = 'refuse';
    const { page } = open({ host: 'reachable' });
    await clock.advance(60_000);
    assert.equal(String(page.diagnostics().state), 'auth-suspected');
    const before = service.dialsAt.length;
    await clock.advance(30 * 60_000);
    assert.isAtMost(service.dialsAt.length - before, 6);
  });

  faultTest(25, 'and a new one is tried at once: live within 2 s', async () => {
    const { clock, service, open } = world();
    service.handshake = 'refuse';
    const { page } = open({ host: 'reachable' });
    await clock.advance(120_000);
    service.handshake = 'open';
    page.changeCredential({ apiKey: 'eght_new' });
    await clock.advance(2_000);
    assert.equal(page.diagnostics().state, 'live');
    assert.include(page.sockets.at(-1)?.url, 'eght_new');
  });

  faultTest(25, 'the service that refuses everybody with 503 loses nobody anything', async () => {
    const { clock, service, page } = await liveWorld();
    service.handshake = 'refuse';
    service.drop();
    service.publish(5);
    await clock.advance(10 * 60_000);
    service.handshake = 'open';
    page.changeCredential({ apiKey: 'eght_new' });
    await clock.advance(60_000);
    assert.lengthOf(page.events, 8);
    assert.deepEqual(page.gaps, []);
  });
});
