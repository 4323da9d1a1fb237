import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

faultSuite(13, () => {
  for (const entriesLater of [40, 7]) {
    faultTest(
      13,
      `is exactly one gap with both ends, ${entriesLater} entries later, and the stream goes on`,
      async () => {
        const made = await liveWorld();
        const { clock, service, page } = made;
        service.drop();
        service.handshake = 'refuse';
        service.publish(entriesLater);
        service.roll();
        service.publish(4);
        service.trim();
        service.handshake = 'open';
        await clock.advance(20_000);
        const { topic } = service;
        assert.deepEqual(
          page.gaps.map(({ kind, from, to }) => [kind, from?.messageId, to?.messageId]),
          [['history-expired', topic.everything[2]?.text, topic.everything[3 + entriesLater]?.text]],
        );
        assert.equal(page.diagnostics().state, 'live');
        assert.lengthOf(page.events, 7);
        await assertHonest(made);
      },
    );
  }

  faultTest(13, 'a topic that was deleted and made again is one gap; a later restart is none', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.drop();
    service.recreate('same-cluster');
    service.publish(2);
    await clock.advance(20_000);
    assert.lengthOf(page.gaps, 1);
    service.drop();
    service.roll();
    service.publish(2);
    await clock.advance(20_000);
    assert.lengthOf(page.gaps, 1);
    await assertHonest(made);
  });
});
