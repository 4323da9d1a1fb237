import { assert } from '@open-wc/testing';
import { engineOf } from '../../support/faults/engine.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

const CODES = [1000, 1001, 1006, 1011, 1012, 1013, 4401];
/** WebKitGTK takes codes that RFC 6455 itself does not name for a broken connection. */
const UNKNOWN_TO_WEBKIT: readonly number[] = [1012, 1013];
const FACTOR = 20;
faultSuite(4, () => {
  const isWebkit = engineOf(navigator.userAgent) === 'webkit';

  faultTest(4, 'in a real browser: each code is said with its number, and the stream goes on', () =>
    FaultyPage.with({ factor: FACTOR }, async (page) => {
      for (const code of CODES) {
        await page.untilLasting();
        const { widgetEvents } = page.host.record;
        const before = widgetEvents.length;
        await page.topic.service.fault({
          fault: 'drop',
          topic: page.topic.path,
          kind: 'reader',
          ...(code === 1006 ? {} : { code }),
        });
        const said = await until(
          `the loss with ${code} to be said`,
          () =>
            widgetEvents
              .slice(before)
              .map(({ detail }) => JSON.stringify(detail))
              .find((text) => text.includes('"reconnecting"')),
          20_000,
        );
        assert.include(said, `"code":${isWebkit && UNKNOWN_TO_WEBKIT.includes(code) ? 1006 : code}`);
        await page.host.untilConnection('live', 20_000);
        await page.publish(2);
        await page.untilShown();
      }
      await page.assertComplete();
    }),
  );
});
