import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, service } from '../../support/service-client.js';
import { TopLevelTab } from '../../support/top-level-tab.js';
import { until } from '../../support/wait.js';

faultSuite(29, () => {
  faultTest(
    29,
    'in a tab of its own: storage that is full is said once, and the stream loses nothing',
    async () => {
      const topic = await service.freshTopic();
      const producer = await Producer.open(topic);
      // Another origin than the runner's, where other tests store.
      const tab = await TopLevelTab.open([], location.origin.replace('localhost', '127.0.0.1'));
      const published: string[] = [];
      const show = async (count: number): Promise<void> => {
        const payloads = Array.from({ length: count }, (_, i) => created(published.length + i));
        published.push(...(await producer.publish(payloads)));
        await tab.untilShown(published.at(-1));
      };
      const storage = (): Promise<{ readonly kind: string; readonly reason?: string }> =>
        tab.evaluate(
          `document.querySelector('x8-agent-feed').getDiagnostics().then(({ storage }) => storage)`,
        );
      try {
        // Before anything is stored: Chromium asks for what is left only now and then.
        await tab.allowStorage(1);
        await tab.show([feedOn(topic)]);
        await tab.untilConnection('live');
        await show(3);
        const { reason } = await until('the store to give up', async () => {
          const now = await storage();
          return now.kind === 'memory' && now;
        });
        assert.include(reason, 'Quota');
        await show(3);
        assert.deepEqual(await tab.ids(), published);
        const { widgetEvents, exceptions } = await tab.record();
        const errors = widgetEvents.filter(({ name }) => name === 'x8-error');
        assert.lengthOf(errors, 1);
        assert.include(JSON.stringify(errors), 'storage-unavailable');
        assert.deepEqual(exceptions, []);
      } finally {
        await tab.close();
        producer.close();
      }
    },
  );
});
