/** A place kept from another cluster, or from before a topic was moved: ids that mean nothing on this topic. */
import { assert } from '@open-wc/testing';
import type { Gap } from '../../../src/protocol/connection-status.js';
import { positionKey } from '../../../src/protocol/stream-config.js';
import { openPositionStore } from '../../../src/worker/position-store.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { HostPage, feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, service, type Topic } from '../../support/service-client.js';
import { until } from '../../support/wait.js';

/** Silence is asked about for 10 s before a position is called unknown, and a reader of a real broker begins slowly. */
const NOTICED_MS = 60_000;

async function filled(): Promise<{ readonly topic: Topic; readonly ids: readonly string[] }> {
  const topic = await service.freshTopic();
  const producer = await Producer.open(topic);
  const ids = await producer.publish([created(0), created(1), created(2)]);
  producer.close();
  return { topic, ids };
}

/** As an earlier visit of this origin would have left it. */
async function keep(topic: Topic, messageId: string): Promise<void> {
  const store = await openPositionStore(() => indexedDB);
  const [namespace = '', name = ''] = topic.name.split('/');
  const { webSocketBase: endpoint, tenant } = topic.service;
  const key = positionKey({ endpoint, tenant, namespace, topic: name, start: { kind: 'resume' } });
  await store.saveLast(key, { messageId, publishTime: Date.now() - 60_000 }, true);
  assert.equal((await store.load(key)).last?.messageId, messageId);
}

async function assertOneGapAndAllThatFollows(topic: Topic, kinds: readonly Gap['kind'][]): Promise<void> {
  const page = await HostPage.open({ widgets: [feedOn(topic)] });
  const gapKinds = (): readonly Gap['kind'][] =>
    page.record.widgetEvents
      .filter(({ name }) => name === 'x8-gap')
      .map(({ detail }) => (detail['gap'] as Gap).kind);
  const producer = await Producer.open(topic);
  try {
    await until('the gap', () => gapKinds().length > 0, NOTICED_MS);
    await page.untilConnection('live', NOTICED_MS);
    const published = await producer.publish([created(3), created(4), created(5)]);
    await until('what follows', () => page.record.events.at(-1)?.messageId === published.at(-1), NOTICED_MS);
    const ids = page.record.events.map(({ messageId }) => messageId);
    assert.deepEqual(ids.slice(-3), published);
    assert.lengthOf(new Set(ids), ids.length, 'once each');
    assert.lengthOf(gapKinds(), 1);
    assert.include(kinds, gapKinds()[0]);
    assert.deepEqual(page.record.exceptions, []);
  } finally {
    producer.close();
    page.close();
  }
}

faultSuite(15, () => {
  faultTest(
    15,
    'on any service: a position from another topic, beyond the end of this one, is one gap and no silence',
    async () => {
      const { topic } = await filled();
      const other = await filled();
      await keep(topic, other.ids.at(-1) ?? '');
      await assertOneGapAndAllThatFollows(topic, ['position-unknown']);
    },
  );

  faultTest(
    15,
    'on any service: a position from another topic, before the start of this one, is one gap',
    async () => {
      const other = await filled();
      const { topic } = await filled();
      await keep(topic, other.ids.at(-1) ?? '');
      // A broker moves the reader to the first message that is newer, as it does after a trim: nobody can tell them apart.
      await assertOneGapAndAllThatFollows(topic, ['history-expired', 'position-unknown']);
    },
  );
});
