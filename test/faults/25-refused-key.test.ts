import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { liveWorld, world } from '../support/faults/model/world.js';

const MINUTE = 60_000;

/** What the host says, and after how many ms: it is asked for 5 s at most. */
const HOSTS = [
  ['reachable', 0],
  ['reachable', 4_900],
  ['unknown', 0],
  ['unknown', 4_900],
] as const;

faultSuite(25, () => {
  for (const [host, hostMs] of HOSTS) {
    for (const [position, visit] of [
      ['with a position', {}],
      ['without one', { rule: { kind: 'latest' } }],
    ] as const) {
      faultTest(
        25,
        `revoked under an open stream ${position} it is dialed at most 6 times in a minute, host ${host} after ${hostMs} ms`,
        async () => {
          const counts: number[] = [];
          for (let seed = 1; seed <= 60; seed++) {
            const { clock, service, open } = world({ seed });
            open({ host, hostMs, ...visit });
            await clock.advance(1_000);
            if (position === 'with a position') service.publish(3);
            await clock.advance(14_000);
            const before = service.dialsAt.length;
            service.handshake = 'refuse';
            service.drop();
            await clock.advance(MINUTE);
            counts.push(service.dialsAt.length - before);
          }
          assert.isAtMost(Math.max(...counts), 6, `dials: ${counts.join(' ')}`);
        },
      );
    }
  }

  faultTest(
    25,
    'a service that refused for a while is found within half a minute of its return',
    async () => {
      for (let seed = 1; seed <= 60; seed++) {
        const { clock, service, page } = await liveWorld({ seed }, { host: 'reachable' });
        service.handshake = 'refuse';
        service.drop();
        await clock.advance(seed * 1_500);
        service.handshake = 'open';
        await clock.advance(30_000);
        assert.equal(page.diagnostics().state, 'live', `seed ${seed}`);
      }
    },
  );

  for (const [host, hostMs] of HOSTS) {
    faultTest(
      25,
      `is dialed at most 6 times in the first minute, whatever chance says, host ${host} after ${hostMs} ms`,
      async () => {
        const counts: number[] = [];
        for (let seed = 1; seed <= 60; seed++) {
          const { clock, service, open } = world({ seed });
          service.handshake = 'refuse';
          open({ host, hostMs });
          await clock.advance(MINUTE);
          counts.push(service.dialsAt.length);
        }
        assert.isAtMost(Math.max(...counts), 6, `dials: ${counts.join(' ')}`);
      },
    );
  }

  faultTest(25, 'is suspected after three refusals, and then tried once in 5 minutes', async () => {
    const { clock, service, open } = world();
    service.handshake = 'refuse';
    const { page } = open({ host: 'reachable' });
    await clock.advance(60_000);
    assert.equal(String(page.diagnostics().state), 'auth-suspected');
    const before = service.dialsAt.length;
    await clock.advance(30 * MINUTE);
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
    await clock.advance(10 * MINUTE);
    service.handshake = 'open';
    page.changeCredential({ apiKey: 'eght_new' });
    await clock.advance(60_000);
    assert.lengthOf(page.events, 8);
    assert.deepEqual(page.gaps, []);
  });
});
