import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import type { Position } from '../../../src/protocol/connection-status.js';
import { DATABASE_NAME } from '../../../src/worker/position-store.js';
import type { Held } from '../../support/host-page.js';
import { until } from '../../support/wait.js';

const RELEASE_MS = 250;

/** Where the program runs in the page, nothing ends it. */
const ROUTES = [
  { route: 'inline', csp: {} },
  { route: 'page', csp: { csp: "default-src 'self'; script-src 'self'; connect-src *; worker-src 'none'" } },
] as const;

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

  for (const { route, csp } of ROUTES) {
    const options = { isWatched: true, hasTile: true, ...csp };

    faultTest(30, `${route}: 250 ms after the last element went nothing of it is left`, () =>
      FaultyPage.with(options, async (page) => {
        removeAll(page);
        // The same thread as the page's own timers: what the page wanted to do by then, it has done.
        await new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
        // A position that was not saved yet is being written, as long as the disk takes.
        assert.deepEqual({ ...held(page), databases: 0 }, NOTHING);
        // Of the page's own socket the last frame may still be on its way.
        if (route === 'page') await page.network.untilOpen(0, 5_000);
        const { open } = await page.network.state();
        assert.equal(open, 0, 'sockets');
      }),
    );

    faultTest(30, `${route}: an element that went while it waited for a credential waits no more`, () =>
      FaultyPage.with(options, async (page) => {
        const feed = page.host.widget('x8-agent-feed') as HTMLElement & { credentials: unknown };
        let isAsked = false;
        feed.credentials = () => {
          isAsked = true;
          return new Promise(() => undefined);
        };
        await until('the question', () => isAsked);
        removeAll(page);
        await new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
        assert.deepEqual({ ...held(page), databases: 0 }, NOTHING);
      }),
    );

    faultTest(
      30,
      `${route}: after the last element went nothing that was held stays, and its place does`,
      () =>
        FaultyPage.with(options, async (page) => {
          assert.isNotEmpty(held(page).listeners, 'counted at all');
          const { workers, sockets, channels, databases, locks } = held(page);
          const own = { sockets, channels, databases, locks };
          assert.equal(workers, route === 'inline' ? 1 : 0, 'counted at all');
          for (const [what, count] of Object.entries(own))
            assert.equal(count, route === 'page' ? 1 : 0, `${what}, counted at all`);
          // Another update comes only when the one before it has been drawn, and is to be saved.
          for (let i = 0; i < 2; i++) {
            await page.publish(1);
            await page.untilShown();
          }
          removeAll(page);
          const from = performance.now();
          await page.network.untilOpen(0, 5_000);
          const closedMs = performance.now() - from;
          await until('everything to be let go', () => isEqual(held(page), NOTHING), 10_000);
          console.log(
            `row 30, ${route}: the socket was closed ${Math.round(closedMs)} ms after the removal, ` +
              `all was let go ${Math.round(performance.now() - from)} ms after it`,
          );
          await until('the service to have no reader', async () => {
            const { open } = await page.topic.service.seen(page.topic);
            return (open.reader ?? 0) === 0;
          });
          assert.include(page.published.slice(-2), await savedPosition(page));
          assert.deepEqual(page.host.record.exceptions, []);
        }),
    );

    faultTest(
      30,
      `${route}: elements that go and come back hold as much as at first, and nothing when they go`,
      () =>
        FaultyPage.with(options, async (page) => {
          const atFirst = held(page);
          const widgets = [...page.host.document.querySelectorAll('x8-agent-feed, x8-queue-tile')];
          for (let i = 0; i < 3; i++) {
            await until(
              'its place to be saved',
              async () => (await savedPosition(page)) === page.published.at(-1),
            );
            for (const widget of widgets) widget.remove();
            await until('everything to be let go', () => isEqual(held(page), NOTHING), 10_000);
            page.host.document.body.append(...widgets);
            await page.publish(1);
            await page.untilShown();
          }
          // The timers are those of what is being waited for.
          assert.deepEqual({ ...held(page), timers: [] }, { ...atFirst, timers: [] });
          await page.assertComplete();
        }),
    );
  }
});

const NOTHING: Held = {
  timers: [],
  listeners: [],
  workers: 0,
  sockets: 0,
  channels: 0,
  databases: 0,
  locks: 0,
};

const isEqual = (one: Held, other: Held): boolean => JSON.stringify(one) === JSON.stringify(other);

function held({ host }: FaultyPage): Held {
  const { timers, listeners, ...counts } = host.record.held();
  // The test's own page hears the widgets' events. A copy: what is of the frame is no list of this page's.
  const own = [...listeners].filter((one) => !one.startsWith('document x8-'));
  return { timers: [...timers], listeners: own, ...counts };
}

/** What another visit would find of the topic's place. */
async function savedPosition({ topic, network }: FaultyPage): Promise<unknown> {
  const database = await done(indexedDB.open(DATABASE_NAME, 1));
  try {
    const records = database.transaction('positions').objectStore('positions');
    const key = [network.webSocketBase, topic.service.tenant, ...topic.name.split('/')].join('|');
    const found = await done(records.get(`last|${key}`) as IDBRequest<Position | undefined>);
    return found?.messageId;
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

function removeAll({ host }: FaultyPage): void {
  for (const widget of host.document.querySelectorAll('x8-agent-feed, x8-queue-tile')) widget.remove();
}
