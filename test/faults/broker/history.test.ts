/** What the service does to a topic under a page that reads it, or while that page is away. */
import { assert } from '@open-wc/testing';
import type { Gap } from '../../../src/protocol/connection-status.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { feedOn, HostPage } from '../../support/host-page.js';
import { recreate, trim, unload, untilTrimmed } from '../../support/history.js';
import { Service } from '../../support/service-client.js';
import { until } from '../../support/wait.js';

/** The broker's own client takes seconds to find a topic again. */
const SHOWN_MS = 60_000;

/** What a page says that begins after a message which it names, once it has shown the last one published. */
async function readAfter(
  page: FaultyPage,
  start: string,
): Promise<{ ids: readonly string[]; gaps: readonly string[] }> {
  // Of its own: the page beside it has kept what the service has not.
  const feed = feedOn(page.network.topic(page.topic), { start, share: 'off' });
  const host = await HostPage.open({ widgets: [feed] });
  try {
    const ids = (): readonly string[] => host.record.events.map(({ messageId }) => messageId);
    await until('the last event', () => ids().at(-1) === page.published.at(-1), SHOWN_MS);
    const gaps = host.record.widgetEvents.filter(({ name }) => name === 'x8-gap');
    return { ids: ids(), gaps: gaps.map(({ detail }) => (detail['gap'] as Gap).kind) };
  } finally {
    host.close();
  }
}

const idsOf = ({ host }: FaultyPage): readonly string[] =>
  host.record.events.filter(({ phase }) => phase !== 'replayed').map(({ messageId }) => messageId);

faultSuite(13, () => {
  faultTest(
    13,
    'on any service: history that is trimmed while the page is away is one gap, and the rest comes',
    () =>
      FaultyPage.with({}, async (page) => {
        const shown = [...page.published];
        await page.whileAway(async () => {
          await page.publish(5);
          await trim(page.topic);
          await page.publish(5);
          await untilTrimmed(page.topic);
        });
        await page.untilShown(SHOWN_MS);
        assert.deepEqual(page.gapKinds, ['history-expired']);
        // What was published between the roll and the trim may or may not be in a closed ledger: all that came is new.
        const kept = idsOf(page).slice(shown.length);
        assert.deepEqual([...shown, ...kept], idsOf(page));
        assert.deepEqual(kept, page.published.slice(-kept.length));
        assert.isAtLeast(kept.length, 1);
        await page.publish(3);
        await page.untilShown(SHOWN_MS);
        assert.deepEqual(page.gapKinds, ['history-expired']);
        assert.deepEqual(page.host.record.exceptions, []);
      }),
  );

  faultTest(
    13,
    'on any service: what a page reads after a message that it names is whole, or begins with a gap',
    () =>
      FaultyPage.with({}, async (page) => {
        const [, named = ''] = page.published;
        assert.deepEqual(await readAfter(page, named), { ids: page.published.slice(2), gaps: [] });
        await trim(page.topic);
        await page.reopenProducer();
        await page.publish(2);
        await untilTrimmed(page.topic);
        assert.deepEqual(await readAfter(page, named), {
          ids: page.published.slice(-2),
          gaps: ['history-expired'],
        });
      }),
  );

  faultTest(
    13,
    'on any service: a topic that is made anew while the page is away is one gap, and the new one is read',
    () =>
      FaultyPage.with({}, async (page) => {
        const shown = [...page.published];
        let anew: readonly string[] = [];
        await page.whileAway(async () => {
          await recreate(page.topic);
          await page.reopenProducer();
          await page.publish(5);
          anew = page.published.slice(-5);
        });
        await page.untilShown(SHOWN_MS);
        assert.lengthOf(page.gapKinds, 1);
        assert.include(['history-expired', 'position-unknown'], page.gapKinds[0]);
        assert.deepEqual(idsOf(page), [...shown, ...anew]);
        await page.publish(3);
        await page.untilShown(SHOWN_MS);
        assert.lengthOf(page.gapKinds, 1);
      }),
  );
});

faultSuite(14, () => {
  faultTest(14, 'on any service: an unload under an open page is no gap', () =>
    FaultyPage.with({}, async (page) => {
      for (let round = 0; round < 2; round++) {
        await unload(page.topic);
        await page.reopenProducer();
        await page.publish(10);
        await page.untilShown(SHOWN_MS);
      }
      await page.assertComplete();
    }),
  );

  faultTest(14, 'on any service: an unload while the page is away is no gap', () =>
    FaultyPage.with({}, async (page) => {
      await page.whileAway(async () => {
        await page.publish(5);
        await unload(page.topic);
        await page.reopenProducer();
        await page.publish(5);
      });
      await page.untilShown(SHOWN_MS);
      await page.assertComplete();
    }),
  );
});

faultSuite(21, () => {
  faultTest(
    21,
    'on any service: one that is killed and started under an open page costs nothing',
    async () => {
      const service = await Service.own();
      await FaultyPage.with({ service }, async (page) => {
        await page.publish(20);
        await page.untilShown();
        await service.restart();
        await page.reopenProducer();
        await page.publish(20);
        await page.untilShown(SHOWN_MS);
        await page.assertComplete();
      });
    },
  );
});
