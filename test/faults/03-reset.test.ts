import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases } from '../support/random-cases.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';
import { formatMessageId, parseMessageId, predecessor } from '../../src/worker/message-id.js';

faultSuite(3, () => {
  faultTest(
    3,
    'after any message: dialed again within a second, from just before the last one, in 1,000 schedules',
    async () => {
      const given = fc.record({
        k: fc.integer({ min: 1, max: 60 }),
        seed: fc.integer(),
        isBatch: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(given, async ({ k, seed: chance, isBatch }) => {
          const made = await liveWorld({ seed: chance });
          const { clock, service, page } = made;
          service.dropAfterMessages = k;
          service.publish(60, { isBatch });
          for (let ms = 0; page.sockets[0]?.readyState === 1 && ms < 1_000; ms++) await clock.advance(1);
          await clock.advance(1_000);
          const [first, second] = page.sockets;
          const lost = service.topic.everything[2 + k];
          assert.isDefined(lost);
          assert.equal(first?.readyState, 3, 'the first socket was reset');
          const id = lost === undefined ? undefined : parseMessageId(lost.text);
          assert.equal(second?.startsAt, id === undefined ? '' : formatMessageId(predecessor(id)));
          assert.include(second?.url, `messageId=${encodeURIComponent(second?.startsAt ?? '')}&`);
          await assertHonest(made);
          assert.equal(page.diagnostics().counts.gaps, 0);
          assert.equal(page.events.length, 64);
        }),
        randomCases('reset', { numRuns: 1_000 }),
      );
    },
  );
});
