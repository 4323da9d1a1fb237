import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { VirtualPage } from '../support/faults/model/virtual-page.js';
import { world } from '../support/faults/model/world.js';

const WIDGETS = 1_000;
/** What a real broker needed from `kill -9` to the first accepted reader. */
const RESTART_MS = 5_800;

faultSuite(21, () => {
  faultTest(
    21,
    'no second has more than 15 % of the dials of the first ten, and no widget dials often',
    async () => {
      const { clock, service } = world();
      const pages = Array.from(
        { length: WIDGETS },
        (_, seed) => new VirtualPage(clock, service, { seed: seed + 1, wantsEvents: false }),
      );
      await clock.advance(2_000);
      service.publish(1);
      await clock.advance(13_000);
      assert.lengthOf(service.open, WIDGETS);
      const dialsBefore = pages.map(({ sockets }) => sockets.length);
      const from = clock.now;
      service.handshake = 'refuse';
      service.drop(1012);
      await clock.advance(RESTART_MS);
      service.handshake = 'open';
      await clock.advance(300_000 - RESTART_MS);
      const dials = service.dialsAt.filter((at) => at >= from).map((at) => at - from);
      const seconds = Array.from(
        { length: 10 },
        (_, second) => dials.filter((at) => Math.floor(at / 1_000) === second).length,
      );
      console.info(`restart storm, dials by second: ${seconds.join(' ')}`);
      const firstTen = dials.filter((at) => at < 10_000).length;
      const busiest = Math.max(...pages.map(({ sockets }, i) => sockets.length - (dialsBefore[i] ?? 0)));
      assert.lengthOf(service.open, WIDGETS, 'all are back');
      assert.isAtMost(busiest, 12, 'dials of one widget in 5 minutes');
      assert.isAtMost(Math.max(...seconds), 0.15 * firstTen, `the busiest second of ${seconds.join(' ')}`);
    },
  );
});
