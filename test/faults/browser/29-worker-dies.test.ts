import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { WATCHED_WORKERS } from '../../support/host-page.js';
import { until } from '../../support/wait.js';

const RESPAWN_MS = 15_000;
/** For a start, a dial and the first frames on a busy computer. */
const SLACK_MS = 5_000;

function tellWorkers(what: 'close' | 'hang'): void {
  const channel = new BroadcastChannel(WATCHED_WORKERS);
  channel.postMessage(what);
  // A message that was posted still arrives.
  channel.close();
}

const DEATHS: Readonly<Record<string, (page: FaultyPage) => void>> = {
  'is terminated': ({ host }) => host.record.terminateWorkers(),
  'ends without a word': () => tellWorkers('close'),
  'loops for ever': () => tellWorkers('hang'),
};

faultSuite(29, () => {
  for (const [name, kill] of Object.entries(DEATHS)) {
    faultTest(
      29,
      `in a real browser: a worker that ${name} is replaced within 15 s, and nothing is lost`,
      () =>
        FaultyPage.with({ isWatched: true }, async (page) => {
          const { dialsAt } = await page.network.state();
          const killedAt = performance.now();
          kill(page);
          await page.publish(20);
          await until(
            'the dial of another worker',
            async () => (await page.network.state()).dialsAt.length > dialsAt.length,
            RESPAWN_MS + SLACK_MS,
          );
          console.log(
            `row 29: ${name}: another worker dialed after ${Math.round(performance.now() - killedAt)} ms`,
          );
          await page.untilShown();
          // An engine takes its time to end a worker that never comes back to its event loop; nothing comes of its socket.
          await page.network.untilSockets(1, 10_000);
          await page.assertComplete();
          assert.isAtMost(page.host.record.held().workers, 1, 'workers that were not given up');
        }),
    );
  }
});
