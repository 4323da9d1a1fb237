import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, world } from '../support/faults/model/world.js';

faultSuite(12, () => {
  faultTest(12, 'is exactly one gap, whether five events were published meanwhile or none', async () => {
    for (const published of [5, 0]) {
      const made = world();
      const { clock, service } = made;
      const opened = made.open();
      await clock.advance(5_000);
      service.handshake = 'refuse';
      service.drop();
      await clock.advance(10_000);
      service.publish(published);
      await clock.advance(10_000);
      service.handshake = 'open';
      await clock.advance(60_000);
      assert.deepEqual(
        opened.page.gaps.map(({ kind, from, to }) => ({ kind, from, to })),
        [{ kind: 'no-cursor', from: undefined, to: undefined }],
      );
      await assertHonest({ ...made, ...opened });
    }
  });

  faultTest(12, 'is one gap, however often the connection is lost before the first message', async () => {
    const made = world();
    const { clock, service } = made;
    const opened = made.open();
    for (let losses = 0; losses < 4; losses++) {
      await clock.advance(15_000);
      service.drop();
      service.publish(2);
    }
    await clock.advance(60_000);
    assert.deepEqual(
      opened.page.gaps.map(({ kind }) => kind),
      ['no-cursor'],
    );
    assert.equal(opened.page.diagnostics().counts.gaps, 1);
    await assertHonest({ ...made, ...opened });
  });

  faultTest(12, 'with a start that looks back costs nothing: the events are read', async () => {
    const made = world();
    const { clock, service } = made;
    const opened = made.open({ rule: { kind: 'since', durationMs: 3_600_000 } });
    await clock.advance(5_000);
    service.drop();
    service.publish(5);
    await clock.advance(20_000);
    assert.lengthOf(opened.page.events, 5);
    assert.deepEqual(opened.page.gaps, []);
    await assertHonest({ ...made, ...opened });
  });
});
