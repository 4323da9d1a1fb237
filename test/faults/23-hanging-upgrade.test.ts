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

  faultTest(
    23,
    'that the browser gives up by itself is no refusal, of the key or of the position',
    async () => {
      for (const visit of [{ rule: { kind: 'latest' } }, {}] as const) {
        const made = world();
        const { clock, service } = made;
        const opened = made.open({ host: 'reachable', ...visit });
        const { page } = opened;
        await clock.advance(1_000);
        service.publish(3);
        await clock.advance(14_000);
        service.handshake = 'hang';
        service.drop();
        // As Firefox does it, 20 s after it has let the dial go.
        for (let dials = 0; dials < 12; dials++) {
          const before = page.sockets.length;
          while (page.sockets.length === before) await clock.advance(100);
          await clock.advance(20_000);
          page.sockets.at(-1)?.drop();
          assert.notEqual(page.diagnostics().state, 'auth-suspected');
        }
        assert.equal(page.diagnostics().cause?.kind, 'connect-timeout');
        service.handshake = 'open';
        await clock.advance(40_000);
        assert.equal(page.diagnostics().state, 'live', 'and it is tried again with the back-off');
        assert.deepEqual(page.gaps, []);
        await assertHonest({ ...made, ...opened });
      }
    },
  );
});
