import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { liveWorld } from '../support/faults/model/world.js';

const MIB = 1024 * 1024;

faultSuite(18, () => {
  faultTest(
    18,
    '7 MiB are shown, 32 MiB are refused with an error and answered, and the stream goes on',
    async () => {
      const { clock, service, page } = await liveWorld();
      service.publish(1, { payload: JSON.stringify({ text: 'x'.repeat(7 * MIB) }) });
      await clock.advance(1_000);
      assert.equal(page.events.at(-1)?.messageId, service.topic.everything[3]?.text);
      service.publish(1, { payload: JSON.stringify({ text: 'x'.repeat(32 * MIB) }) });
      await clock.advance(1_000);
      assert.deepEqual(
        page.errors.map(({ code, messageId }) => [code, messageId]),
        [['payload-oversize', service.topic.everything[4]?.text]],
      );
      service.publish(1);
      await clock.advance(1_000);
      assert.lengthOf(page.events, 5);
      const [session] = service.open;
      assert.equal(session?.freed, session?.delivered.length);
      assert.equal(page.diagnostics().counts.reconnects, 0);
    },
  );
});
