import { assert } from '@open-wc/testing';
import type { HeapSample } from '../../soak/heap.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { HostPage, feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, Service, service } from '../../support/service-client.js';
import { TopLevelTab } from '../../support/top-level-tab.js';
import { until } from '../../support/wait.js';

const MIB = 1024 * 1024;
const EVENTS = 50_000;

/** What is held may be so much more afterwards, and is to be so after so long. */
const MAX_GROWTH = 1.2;
const BACK_WITHIN_MS = 30_000;

/** One a frame, and what comes early or late. */
const MAX_UPDATES = 65;

function mostInOneSecond(times: readonly number[]): number {
  let from = 0;
  return times.reduce((most, time, to) => {
    while ((times[from] ?? time) < time - 1_000) from++;
    return Math.max(most, to - from + 1);
  }, 0);
}

/** An event of so many characters in a name and in a list of agents: what is kept of them is cut from a long text. */
function called(index: number, length: number): object {
  const interaction = created(index)['Interaction'] as object;
  const pair = { attachedDataKey: 'remoteCallingName', attachedDataValue: 'N'.repeat(length / 2) };
  const participatingAgents = `agAglVJkg0TU28dok9y9UQKg,ag${'x'.repeat(length / 2)}`;
  return { Interaction: { ...interaction, participatingAgents, attachedData: { attachedDatum: [pair] } } };
}

/** Longest time between two turns of a page's event loop, while `body` runs. */
async function longestGapIn(page: Window, body: () => Promise<void>): Promise<number> {
  const channel = new MessageChannel();
  let longest = 0;
  let before = page.performance.now();
  let isOver = false;
  channel.port1.onmessage = () => {
    const now = page.performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setTimeout(() => channel.port2.postMessage(undefined), 0);
  };
  channel.port2.postMessage(undefined);
  await body();
  isOver = true;
  return longest;
}

faultSuite(18, () => {
  faultTest(
    18,
    'in a real browser: 7 MiB are shown, 32 MiB are refused with an error and answered, and the stream goes on',
    () =>
      FaultyPage.with({}, async (page) => {
        const { record } = page.host;
        const [large, larger] = [7, 32].map((size) => ({ ...created(0), filler: 'x'.repeat(size * MIB) }));
        // Publishing is this page's work too: what is measured begins when it is done.
        await page.network.fault({ fault: 'slow', delayMs: 1_500 });
        await page.publishAs([large]);
        const longest = await longestGapIn(page.host.window, async () => {
          await page.untilShown(60_000);
        });
        await page.network.fault({ fault: 'clear' });
        console.log(`row 18: longest turn of the page while 7 MiB come: ${Math.round(longest)} ms`);
        await page.publishAs([larger]);
        // Refused: it is known, and is not among what must be shown.
        page.published.pop();
        const refused = await until(
          'the refusal',
          () =>
            record.widgetEvents.find(
              ({ name, detail }) =>
                name === 'x8-error' && JSON.stringify(detail).includes('payload-oversize'),
            ),
          60_000,
        );
        assert.include(JSON.stringify(refused.detail), 'payload-oversize');
        await page.publish(3);
        await page.untilShown(60_000);
        const { sessions } = await page.topic.service.seen(page.topic);
        assert.equal(sessions.find(({ kind }) => kind === 'reader')?.pending, 0, 'unanswered');
        await page.assertComplete();
        const { dialsAt } = await page.network.state();
        assert.lengthOf(dialsAt, 1);
      }),
  );

  faultTest(
    18,
    'in a tab of its own: of 7 MiB in a name and a list, and of a refused 32 MiB, nothing stays in memory',
    async () => {
      const topic = await service.freshTopic();
      const producer = await Producer.open(topic);
      const tab = await TopLevelTab.open([feedOn(topic)]);
      try {
        await tab.untilConnection('live');
        const untilShown = (id: string | undefined): Promise<unknown> => tab.untilShown(id, 60_000);
        await untilShown((await producer.publish([0, 1, 2].map((index) => called(index, 30)))).at(-1));
        const before = await tab.heap();
        const [large] = await producer.publish([called(3, 7 * MIB), called(4, 32 * MIB)]);
        await untilShown(large);
        await untilShown((await producer.publish([created(5)])).at(-1));
        const isBack = (now: number, then: number): boolean => now <= MAX_GROWTH * then;
        let after = before;
        await until(
          'memory to be back',
          async () => {
            after = await tab.heap();
            return isBack(after.workerBytes, before.workerBytes) && isBack(after.pageBytes, before.pageBytes);
          },
          BACK_WITHIN_MS,
        ).finally(() => {
          const inMb = ({ pageBytes, workerBytes }: HeapSample): string =>
            `page ${(pageBytes / 1e6).toFixed(1)} MB, worker ${(workerBytes / 1e6).toFixed(1)} MB`;
          console.log(`row 18: before ${inMb(before)}; after ${inMb(after)}`);
        });
      } finally {
        await tab.close();
        producer.close();
      }
    },
  );
});

faultSuite(19, () => {
  faultTest(19, 'in a real browser: 50,000 waiting events all come, once and in order', async () => {
    // One of its own: half a topic of 50 MB would slow everybody's.
    const service = await Service.own();
    const topic = await service.freshTopic();
    const producer = await Producer.open(topic);
    const filler = 'x'.repeat(800);
    const payloads = Array.from({ length: EVENTS }, (_, i) => ({ ...created(i), filler }));
    const published = await producer.publish(payloads);
    producer.close();
    const host = await HostPage.open({ widgets: [feedOn(topic, { start: 'earliest' })] });
    const updatesAt: number[] = [];
    host.document.addEventListener('x8-events', () => updatesAt.push(performance.now()));
    try {
      const from = performance.now();
      const longest = await longestGapIn(host.window, async () => {
        await until('50,000 events', () => host.record.events.length >= EVENTS, 90_000);
      });
      const seconds = (performance.now() - from) / 1_000;
      console.log(
        `row 19: ${Math.round(EVENTS / seconds)} events/s, told to the page in ${updatesAt.length} updates; longest turn ${Math.round(longest)} ms`,
      );
      assert.deepEqual(
        host.record.events.map(({ messageId }) => messageId),
        published,
      );
      assert.isAtMost(mostInOneSecond(updatesAt), MAX_UPDATES);
      assert.deepEqual(host.record.exceptions, []);
    } finally {
      host.close();
    }
  });
});
