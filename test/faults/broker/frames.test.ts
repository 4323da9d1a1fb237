/** Frames that a network, or something in it, spoils or brings again, before any service: `npm run test:pulsar`. */
import { assert } from '@open-wc/testing';
import type { WidgetError } from '../../../src/protocol/errors.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { until } from '../../support/wait.js';

/** How a message may be spoilt, what is said of it, and whether the error can name it. */
const SPOILT = [
  ['broken-json', 'frame-not-json', false],
  ['truncated', 'frame-not-json', false],
  ['no-message-id', 'frame-not-a-message', false],
  ['bad-base64', 'payload-not-base64', true],
  ['invalid-utf8', 'payload-not-utf8', true],
  ['not-json', 'payload-not-json', true],
  ['json-array', 'payload-not-an-object', true],
] as const;

const errorsOf = ({ host }: FaultyPage): readonly WidgetError[] =>
  host.record.widgetEvents
    .filter(({ name }) => name === 'x8-error')
    .map(({ detail }) => detail['error'] as WidgetError);

const idsOf = ({ host }: FaultyPage): readonly string[] =>
  host.record.events.map(({ messageId }) => messageId);

faultSuite(17, () => {
  faultTest(
    17,
    'on any service: a frame that is spoilt on its way is one error, and the next event comes on the same socket',
    () =>
      FaultyPage.with({}, async (page) => {
        const lost: string[] = [];
        for (const [how, code, isNamed] of SPOILT) {
          const before = errorsOf(page).length;
          await page.network.fault({ fault: 'corrupt', how });
          await page.publish(1);
          const spoilt = page.published.at(-1) ?? '';
          lost.push(spoilt);
          await page.publish(1);
          await page.untilShown();
          await until('the error', () => errorsOf(page).length > before);
          const [error, ...others] = errorsOf(page).slice(before);
          assert.deepEqual(others, [], how);
          assert.equal(error?.code, code);
          assert.equal(error?.messageId, isNamed ? spoilt : undefined);
        }
        assert.deepEqual(
          idsOf(page),
          page.published.filter((id) => !lost.includes(id)),
        );
        const { spoilt, dialsAt } = await page.network.state();
        assert.deepEqual(
          spoilt.map(({ messageId }) => messageId),
          lost,
        );
        assert.lengthOf(dialsAt, 1);
        assert.deepEqual(page.gapKinds, []);
        assert.deepEqual(page.host.record.exceptions, []);
      }),
  );

  for (const [how, name] of [
    ['raw-bytes', 'bytes that are no frame end'],
    ['invalid-utf8-frame', 'a text that is not UTF-8 ends'],
  ] as const) {
    faultTest(17, `on any service: ${name} the connection, and the message comes on the next`, () =>
      FaultyPage.with({ factor: 20 }, async (page) => {
        await page.network.fault({ fault: 'corrupt', how });
        await page.publish(10);
        await page.untilShown(60_000);
        await page.assertComplete();
        const { spoilt, dialsAt } = await page.network.state();
        assert.lengthOf(spoilt, 1);
        assert.isAtLeast(dialsAt.length, 2);
      }),
    );
  }
});

faultSuite(3, () => {
  faultTest(3, 'on any service: messages that come again on the same socket are shown once', () =>
    FaultyPage.with({}, async (page) => {
      await page.publish(20);
      await page.untilShown();
      await page.network.fault({ fault: 'replay', when: 'now', count: 10 });
      await page.assertComplete();
      const { counts } = await page.host.widget('x8-agent-feed').getDiagnostics();
      assert.equal(counts?.duplicates, 10);
    }),
  );

  faultTest(
    3,
    'on any service: messages that come again after a reset, before the new ones, are shown once and are no gap',
    () =>
      FaultyPage.with({ factor: 20 }, async (page) => {
        await page.publish(20);
        await page.untilShown();
        await page.network.fault({ fault: 'replay', when: 'at-dial', count: 10 });
        await page.network.fault({ fault: 'end', ending: 'reset' });
        await page.publish(20);
        await page.untilShown(60_000);
        await page.assertComplete();
        const { counts } = await page.host.widget('x8-agent-feed').getDiagnostics();
        assert.isAtLeast(counts?.duplicates ?? 0, 10);
      }),
  );
});
