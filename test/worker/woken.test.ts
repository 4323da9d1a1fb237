/** Worry: a computer slept, its socket did not die of it, and the calls of that time come as if they rang now. */
import { assert } from '@open-wc/testing';
import { draw, opened, type Page } from './support/stream-page.js';

const SLEPT_MS = 60_000;
/** Of the newest question: nothing is on its way. */
const ANSWER = '{"endOfTopic":false}';

suite('A stream that has slept', () => {
  for (const clockMs of [0, 3_600_000, -3_600_000]) {
    suite(`on a computer whose clock is ${clockMs} ms ahead`, () => {
      test('has missed what waited on its socket, and has live what is published from then on', async () => {
        const flow = await flowing(clockMs);
        const fellAsleepAt = flow.serviceNow();
        flow.sleep();
        // The first one is older by just the sleep, as anything would be had somebody set the clock forward.
        for (let ms = 500; ms < SLEPT_MS - 2_000; ms += 1_000) flow.publish(fellAsleepAt + ms);
        assert.deepEqual([...new Set(flow.phases())], ['missed']);
        flow.publish(flow.serviceNow() + 10);
        assert.equal(flow.phases().at(-1), 'live');
        assert.equal(flow.page.stream.diagnostics().state, 'live');
      });

      test('is live again when nothing more is on its way', async () => {
        const flow = await flowing(clockMs);
        const fellAsleepAt = flow.serviceNow();
        flow.sleep();
        assert.equal(flow.page.stream.diagnostics().state, 'catching-up');
        flow.publish(fellAsleepAt + 500);
        await draw(flow.page, 600);
        flow.page.socket().deliver(ANSWER);
        await draw(flow.page, 600);
        flow.page.socket().deliver(ANSWER);
        await draw(flow.page, 600);
        assert.equal(flow.page.stream.diagnostics().state, 'live');
        assert.lengthOf(flow.page.platform.sockets, 1);
        flow.publish(flow.serviceNow() - 20);
        assert.deepEqual(flow.phases(), ['missed', 'live']);
      });
    });
  }

  test('was not asleep where its clock was set forward: it knows that by the first live message', async () => {
    const flow = await flowing(0);
    const realNow = (): number => flow.serviceNow() - SLEPT_MS;
    flow.sleep();
    for (let second = 0; second < 15; second++) {
      flow.publish(realNow() - 20);
      await draw(flow.page, 1_000);
      flow.page.socket().deliver(ANSWER);
    }
    flow.publish(realNow() - 20);
    assert.equal(flow.phases().at(-1), 'live');
    assert.equal(flow.page.stream.diagnostics().clockSkewMs, SLEPT_MS + 20);
  });
});

interface Flow {
  readonly page: Page;
  serviceNow(): number;
  publish(publishedAt: number): void;
  /** The clock goes on, and nothing else. */
  sleep(): void;
  /** Of what came after the sleep. */
  phases(): readonly string[];
}

/** Live, with a message in each second. */
async function flowing(clockMs: number): Promise<Flow> {
  const page = await opened();
  const { platform, model, stream } = page;
  let entry = 0;
  let before = 0;
  const serviceNow = (): number => platform.now() - clockMs;
  const publish = (publishedAt: number): void => page.deliver(3, entry++, undefined, publishedAt);
  const all = (): readonly string[] =>
    model.records.flatMap((one) => (one.kind === 'event' ? [one.entry.phase] : []));
  page.socket().open();
  for (let second = 0; second < 30; second++) {
    publish(serviceNow() - 20);
    await draw(page, 1_000);
  }
  assert.equal(all().at(-1), 'live');
  return {
    page,
    serviceNow,
    publish,
    sleep: () => {
      before = all().length;
      platform.clock.sleep(SLEPT_MS);
      stream.woke(SLEPT_MS);
    },
    phases: () => all().slice(before),
  };
}
