import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { Observer } from '../support/faults/model/observer.js';
import { assertHonest, liveWorld, NINE_O_CLOCK, world } from '../support/faults/model/world.js';

const OF_ANOTHER_CLUSTER = 'CJBOEAUwAA==';

faultSuite(15, () => {
  faultTest(
    15,
    'is tried without after three refusals, dropped once with a gap, and the stream is live within 30 s',
    async () => {
      for (let seed = 1; seed <= 20; seed++) {
        const made = world({ seed });
        const { clock, service } = made;
        service.refusesPositions = true;
        const saved = {
          last: { messageId: OF_ANOTHER_CLUSTER, publishTime: NINE_O_CLOCK - 60_000 },
          index: [],
        };
        const page = made.open({ saved }).page;
        const observer = new Observer(page, service);
        await clock.advance(30_000);
        assert.equal(page.diagnostics().state, 'live');
        assert.deepEqual(
          page.gaps.map(({ kind, from }) => [kind, from?.messageId]),
          [['position-refused', OF_ANOTHER_CLUSTER]],
        );
        const withPosition = page.sockets.filter(({ startsAt }) => startsAt !== 'latest').length;
        assert.equal(withPosition, 4, 'three refusals, and one to make sure');
        await clock.advance(600_000);
        assert.lengthOf(service.open, 1);
        await assertHonest({ ...made, page, observer });
      }
    },
  );

  faultTest(15, 'a service that refuses everybody for a while costs no position', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const made = await liveWorld({ seed });
      const { clock, service, page } = made;
      service.handshake = 'refuse';
      service.drop();
      service.publish(3);
      await clock.advance(90_000);
      service.handshake = 'open';
      await clock.advance(60_000);
      assert.deepEqual(page.gaps, []);
      assert.lengthOf(page.events, 6);
      await assertHonest(made);
    }
  });

  faultTest(15, 'a stored position that is no id at all is as good as none', async () => {
    const made = world();
    const { clock, service } = made;
    const saved = { last: { messageId: 'garbage', publishTime: NINE_O_CLOCK }, index: [] };
    const page = made.open({ saved }).page;
    await clock.advance(30_000);
    assert.lengthOf(service.sessions, 1);
    assert.equal(page.diagnostics().state, 'live');
  });

  for (const keeps of ['the record', 'the hand-over'] as const) {
    faultTest(15, `is gone for the next visit too on a topic where nothing comes: ${keeps}`, async () => {
      const made = world();
      const { clock, service } = made;
      service.refusesPositions = true;
      const last = { messageId: OF_ANOTHER_CLUSTER, publishTime: NINE_O_CLOCK - 60_000 };
      const saved = keeps === 'the record' ? { last, index: [last] } : { last: undefined, index: [] };
      const handover = keeps === 'the hand-over' ? OF_ANOTHER_CLUSTER : undefined;
      const first = made.open({ saved, handover }).page;
      await clock.advance(30_000);
      assert.lengthOf(first.gaps, 1);
      assert.deepEqual(saved, { last: undefined, index: [] });
      assert.isUndefined(first.handover);
      await first.close();
      const { page, observer } = made.open({ saved, handover: first.handover });
      await clock.advance(1_000);
      assert.lengthOf(page.sockets, 1);
      await assertHonest({ ...made, page, observer });
      assert.isEmpty(page.gaps);
    });
  }

  faultTest(15, 'a position that is only suspected is kept', async () => {
    const made = world();
    const { clock, service } = made;
    service.handshake = 'refuse';
    const saved = {
      last: { messageId: OF_ANOTHER_CLUSTER, publishTime: NINE_O_CLOCK - 60_000 },
      index: [],
    };
    const page = made.open({ saved, handover: OF_ANOTHER_CLUSTER }).page;
    await clock.advance(120_000);
    assert.isAbove(page.sockets.length, 6);
    assert.equal(saved.last.messageId, OF_ANOTHER_CLUSTER);
    assert.equal(page.handover, OF_ANOTHER_CLUSTER);
  });

  for (const [topic, name, partition, cost, dials] of [
    ['in partitions', 'a1', 0, 'one dial', 1],
    ['that is one partition, read under its own name', 'a1-partition-0', 0, 'six dials', 6],
    ['without partitions', 'a1', -1, 'six dials', 6],
  ] as const) {
    faultTest(15, `after a refusal each loss costs ${cost} and one gap on a topic ${topic}`, async () => {
      for (let seed = 1; seed <= 20; seed++) {
        const made = world({ seed });
        const { clock, service } = made;
        service.topic.partition = partition;
        service.refusesPositions = true;
        const { page, observer } = made.open({ topic: name });
        await clock.advance(1_000);
        for (const loss of [1, 2, 3]) {
          service.publish(2);
          await clock.advance(15_000);
          const { length } = page.sockets;
          service.drop();
          await clock.advance(60_000);
          assert.equal(page.sockets.length - length, loss === 1 ? 6 : dials);
          assert.lengthOf(page.gaps, loss);
          const { kind, from } = page.gaps.at(-1) ?? {};
          assert.deepEqual([kind, from?.messageId], ['position-refused', page.events.at(-1)?.messageId]);
        }
        await assertHonest({ ...made, page, observer });
      }
    });
  }
});
