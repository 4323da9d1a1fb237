import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import type { Held } from '../../support/host-page.js';
import { until } from '../../support/wait.js';

const RELEASE_MS = 250;

faultSuite(30, () => {
  faultTest(30, 'in a real browser: a feed and a tile on one topic share one socket', () =>
    FaultyPage.with({ hasTile: true }, async (page) => {
      await page.assertComplete();
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
    }),
  );

  faultTest(30, 'in a real browser: an element that is moved in the DOM dials nobody and loses nothing', () =>
    FaultyPage.with({}, async (page) => {
      const widget = page.host.widget('x8-agent-feed');
      const box = page.host.document.createElement('section');
      page.host.document.body.append(box);
      for (let i = 0; i < 10; i++) {
        (i % 2 === 0 ? box : page.host.document.body).append(widget);
        await page.publish(2);
      }
      await page.untilShown();
      await page.assertComplete();
      const { dialsAt } = await page.network.state();
      assert.lengthOf(dialsAt, 1);
    }),
  );

  faultTest(30, 'in a real browser: 250 ms after the last element went nothing of it is left', () =>
    FaultyPage.with({ isWatched: true, hasTile: true }, async (page) => {
      removeAll(page);
      // The same thread as the page's own timers: what the page wanted to do by then, it has done.
      await new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
      assert.deepEqual(held(page), NOTHING);
      const { open } = await page.network.state();
      assert.equal(open, 0, 'sockets');
    }),
  );

  faultTest(
    30,
    'in a real browser: after the last element went no socket, timer, listener or worker stays',
    () =>
      FaultyPage.with({ isWatched: true, hasTile: true }, async (page) => {
        assert.equal(held(page).workers, 1, 'counted at all');
        assert.isNotEmpty(held(page).listeners, 'counted at all');
        removeAll(page);
        const from = performance.now();
        await page.network.untilOpen(0, 5_000);
        console.log(
          `row 30: the socket was closed ${Math.round(performance.now() - from)} ms after the removal`,
        );
        await until('the service to have no reader', async () => {
          const { open } = await page.topic.service.seen(page.topic);
          return (open.reader ?? 0) === 0;
        });
        await until('everything to be let go', () => isEqual(held(page), NOTHING), 10_000);
        console.log(`row 30: all was let go ${Math.round(performance.now() - from)} ms after the removal`);
        assert.deepEqual(page.host.record.exceptions, []);
      }),
  );
});

const NOTHING: Held = { timers: [], listeners: [], workers: 0 };

const isEqual = (one: Held, other: Held): boolean => JSON.stringify(one) === JSON.stringify(other);

function held({ host }: FaultyPage): Held {
  const { timers, listeners, workers } = host.record.held();
  // The test's own page hears the widgets' events. A copy: what is of the frame is no list of this page's.
  const own = [...listeners].filter((one) => !one.startsWith('document x8-'));
  return { timers: [...timers], listeners: own, workers };
}

function removeAll({ host }: FaultyPage): void {
  for (const widget of host.document.querySelectorAll('x8-agent-feed, x8-queue-tile')) widget.remove();
}
