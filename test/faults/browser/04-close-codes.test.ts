import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const CODES = [1000, 1001, 1006, 1011, 1012, 1013, 4401];

faultSuite(4, () => {
  faultTest(4, 'in a real browser: each code is said with its number, and the stream goes on', () =>
    FaultyPage.with({ factor: 20 }, async (page) => {
      for (const code of CODES) {
        const { widgetEvents } = page.host.record;
        const before = widgetEvents.length;
        await page.topic.service.fault({
          fault: 'drop',
          topic: page.topic.path,
          kind: 'reader',
          ...(code === 1006 ? {} : { code }),
        });
        const said = await until(`the loss with ${code} to be said`, () =>
          widgetEvents
            .slice(before)
            .map(({ detail }) => JSON.stringify(detail))
            .find((text) => text.includes('"reconnecting"')),
        );
        assert.include(said, `"code":${code}`);
        await page.host.untilConnection('live');
        await page.publish(2);
        await page.untilShown();
      }
      await page.assertComplete();
    }),
  );
});
