import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { HostPage, feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, Service } from '../../support/service-client.js';
import { until } from '../../support/wait.js';

const MIB = 1024 * 1024;
const EVENTS = 50_000;

/** One a frame, and what comes early or late. */
const MAX_UPDATES = 65;

function mostInOneSecond(times: readonly number[]): number {
  let from = 0;
  return times.reduce((most, time, to) => {
    while ((times[from] ?? time) < time - 1_000) from++;
    return Math.max(most, to - from + 1);
  }, 0);
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
