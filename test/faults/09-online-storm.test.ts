import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, type LiveWorld } from '../support/faults/model/world.js';

/** Into a wait of more than 2 s, so that what is dialed next comes from an event. */
async function untilLongWait({ clock, page }: LiveWorld): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    const { connection } = page;
    const retryAt = connection?.kind === 'reconnecting' ? connection.retryAt : undefined;
    if ((retryAt ?? 0) > clock.now + 2_000) return;
    await clock.advance(500);
  }
  throw new Error('waited in vain for a long back-off');
}

async function tenOnline({ clock, page }: LiveWorld): Promise<void> {
  for (let i = 0; i < 10; i++) {
    page.lifecycle('online');
    await clock.advance(100);
  }
}

faultSuite(9, () => {
  for (const fate of ['open', 'hang'] as const) {
    faultTest(9, `ten in one second of a long back-off make one dial (${fate})`, async () => {
      const made = await liveWorld();
      const { service, page } = made;
      service.handshake = 'hang';
      service.drop();
      await untilLongWait(made);
      service.handshake = fate;
      const dials = service.dialsAt.length;
      await tenOnline(made);
      assert.equal(service.dialsAt.length - dials, 1);
      assert.lengthOf(
        page.sockets.filter((socket) => socket.isHeld),
        1,
      );
      await assertHonest(made);
    });
  }

  faultTest(9, 'a dial that was made without a network is made anew, and that one is not', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.nextHandshakes.push('hang', 'hang');
    page.lifecycle('offline');
    service.drop();
    await clock.advance(2_000);
    const dials = service.dialsAt.length;
    await tenOnline(made);
    assert.equal(service.dialsAt.length - dials, 1);
    assert.equal(page.diagnostics().state, 'reconnecting');
    page.lifecycle('offline');
    page.lifecycle('online');
    await clock.advance(1_000);
    assert.equal(page.diagnostics().state, 'live');
    await assertHonest(made);
  });

  faultTest(9, 'after refusals too: one more dial tests the position, one socket at a time', async () => {
    const made = await liveWorld();
    const { service, page } = made;
    service.handshake = 'refuse';
    service.drop();
    await untilLongWait(made);
    service.handshake = 'open';
    const dials = service.dialsAt.length;
    await tenOnline(made);
    assert.isAtMost(service.dialsAt.length - dials, 2);
    assert.lengthOf(
      page.sockets.filter((socket) => socket.isHeld),
      1,
    );
    await assertHonest(made);
  });
});
