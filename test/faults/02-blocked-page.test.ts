import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';
import { created } from '../support/payloads.js';

/** Most events that wait for a page. */
const CAP = 2_000;

const largestBatch = (batches: readonly number[]): number => Math.max(0, ...batches);

faultSuite(2, () => {
  faultTest(
    2,
    '10,000 messages for a page that is blocked for 5 s: bounded, and caught up within 2 s',
    async () => {
      const made = await liveWorld();
      const { clock, service, page } = made;
      page.isConsuming = false;
      service.publish(10_000);
      await clock.advance(5_000);
      const taken = service.open[0]?.delivered.length ?? 0;
      assert.isAtMost(taken, 3 + CAP, 'answers are held back');
      page.consume();
      await clock.advance(2_000);
      assert.equal(page.events.length, 10_003);
      const batches = page.updates.map(({ update }) => update.views[0]?.events.length ?? 0);
      assert.isAtMost(largestBatch(batches), CAP);
      await assertHonest(made);
    },
  );

  for (const wantsEvents of [true, false]) {
    const outcome = wantsEvents ? 'each is told' : '64 are told, and how many are not';
    faultTest(
      2,
      `of 5,000 new calls for a page that is blocked, emit-events ${wantsEvents}, ${outcome}`,
      async () => {
        const { clock, service, page } = await liveWorld({}, { wantsEvents });
        page.isConsuming = false;
        for (let call = 0; call < 5_000; call++) {
          service.publish(1, { payload: JSON.stringify(created(call, clock.now)) });
        }
        await clock.advance(5_000);
        const taken = service.open[0]?.delivered.length ?? 0;
        if (wantsEvents) assert.isAtMost(taken, 3 + CAP, 'answers are held back');
        else assert.equal(taken, 3 + 5_000, 'what is on screen does not wait');
        page.consume();
        await clock.advance(5_000);
        const notices = page.updates.map(({ update }) => update.views[0]?.notices ?? []);
        assert.isAtMost(largestBatch(notices.map(({ length }) => length)), CAP);
        const told = notices.flat().map((notice) => ('card' in notice ? notice.card.guid : ''));
        assert.lengthOf(new Set(told), told.length);
        const omitted = page.errors
          .filter(({ code }) => code === 'events-omitted')
          .map(({ message }) => Number(/(\d+) events/.exec(message)?.[1]));
        assert.equal(told.length + omitted.reduce((sum, count) => sum + count, 0), 5_000);
        if (wantsEvents) assert.isEmpty(omitted);
        else assert.isNotEmpty(omitted);
      },
    );
  }

  faultTest(
    2,
    'connections that are lost while the page is blocked cost nothing, or a gap says what',
    async () => {
      const made = await liveWorld();
      const { clock, service, page } = made;
      page.isConsuming = false;
      service.publish(10_000);
      for (let loss = 0; loss < 3; loss++) {
        await clock.advance(15_000);
        service.drop();
      }
      page.consume();
      await assertHonest(made);
    },
  );
});
