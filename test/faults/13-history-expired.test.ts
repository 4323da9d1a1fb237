import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld, world } from '../support/faults/model/world.js';

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

  faultTest(13, 'after a message that the page names, too, and that message is not shown', async () => {
    for (const isTrimmed of [false, true]) {
      const { clock, service, open } = world();
      service.publish(10);
      const named = service.topic.everything[1]?.text ?? '';
      if (isTrimmed) {
        service.roll();
        service.publish(1);
        service.trim();
      }
      const { page } = open({ rule: { kind: 'message-id', messageId: named } });
      await clock.advance(20_000);
      const first = service.topic.everything[isTrimmed ? 10 : 2]?.text;
      assert.equal(page.events[0]?.messageId, first);
      assert.deepEqual(
        page.gaps.map(({ kind, from, to }) => [kind, from, to?.messageId]),
        isTrimmed ? [['history-expired', undefined, first]] : [],
      );
      assert.equal(page.diagnostics().continuity?.kind, isTrimmed ? 'gap' : 'continuous');
      assert.equal(page.diagnostics().state, 'live');
    }
  });

  faultTest(13, 'is not what a slow network looks like, which brings half a backlog late', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const first = await liveWorld({ seed, receiverQueueSize: 20 });
      const { clock, service } = first;
      service.publish(400);
      await clock.advance(60_000);
      const { last } = first.page.visit.saved;
      await first.page.close();
      const { page, observer } = first.open({ saved: { last, index: [] }, rule: { kind: 'earliest' } });
      while (page.events.length === 0) await clock.advance(1);
      // The first question is answered behind what has come, and before the rest.
      service.jam(15_000);
      await clock.advance(40_000);
      assert.deepEqual(page.gaps, [], `seed ${seed}`);
      assert.notEqual(page.diagnostics().continuity?.kind, 'gap');
      await assertHonest({ ...first, page, observer });
    }
  });

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

  faultTest(13, 'a busy topic that counts anew, with ids from before the position, is one gap', async () => {
    for (const everyMs of [1_000, 5_000, 9_000]) {
      const made = await liveWorld();
      const { clock, service } = made;
      for (let minute = 0; minute < 30; minute++) {
        service.publish(10);
        await clock.advance(60_000);
      }
      service.roll();
      service.publish(20);
      await clock.advance(5_000);
      made.page.lifecycle('pagehide');
      const { saved } = made.page.visit;
      const { handover } = made.page;
      await made.page.close();
      service.topic.recreate('same-cluster', -1);
      await clock.advance(60_000);
      service.publish(5);
      const { page } = made.open({ saved: { ...saved }, handover });
      for (let passed = 0; passed < 60_000; passed += everyMs) {
        service.publish(1);
        await clock.advance(everyMs);
      }
      assert.deepEqual(
        page.gaps.map(({ kind }) => kind),
        ['position-unknown'],
        `an event every ${everyMs} ms`,
      );
      assert.equal(page.diagnostics().state, 'live');
      assert.equal(page.events.at(-1)?.phase, 'live');
      assert.equal(page.handover, page.events.at(-1)?.messageId);
      await page.close();
    }
  });
});
