/** Worry: a broker whose disk was emptied counts from the start again, so that what it says now has ids of what it said before. */
import { assert } from '@open-wc/testing';
import { StreamModel } from '../../src/domain/stream-model.js';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import type { WorkerToPage } from '../../src/protocol/messages.js';
import { Stream } from '../../src/worker/stream.js';
import { created } from '../support/payloads.js';
import { memoryPositions } from './support/memory-positions.js';
import { ModelBroker } from './support/model-broker.js';
import { draw, opened, text, type Page } from './support/stream-page.js';
import {
  seededChance,
  settle,
  VirtualClock,
  virtualPlatform,
  type PlatformParts,
  type VirtualPlatform,
} from './support/virtual-platform.js';

const NINE = Date.UTC(2026, 10, 20, 9);
const HOUR = 3_600_000;
const CONFIG: StreamConfig = {
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic: 'a1',
  start: { kind: 'resume' },
};

/** A page that shows all events, with the model behind it that a page has. */
async function showing(
  config: StreamConfig,
  parts: PlatformParts = {},
): Promise<{ platform: VirtualPlatform; stream: Stream; posted: readonly WorkerToPage[] }> {
  const posted: WorkerToPage[] = [];
  const platform = virtualPlatform({
    store: () => Promise.resolve(memoryPositions({ last: undefined, index: [] })),
    ...parts,
  });
  const post = (message: WorkerToPage): void => {
    posted.push(message);
    if (message.kind === 'update') platform.setTimer(() => stream.consumed(2), 2);
  };
  const stream: Stream = new Stream(7, config, { apiKey: 'k' }, platform, post, new StreamModel());
  const feed = { kind: 'feed', agentId: undefined, group: 'none', mask: 'all', hold: 'none' } as const;
  stream.watch(1, { ...feed, maxItems: 100, expanded: [], wantsEvents: true });
  void stream.open(platform.openStore(), { handover: undefined, wasOpen: false });
  await settle();
  return { platform, stream, posted };
}

function eventsOf(posted: readonly WorkerToPage[]): readonly string[] {
  return posted
    .filter((message) => message.kind === 'update')
    .flatMap(({ views }) => views.flatMap(({ events }) => events.map(({ messageId }) => messageId)));
}

async function answering(page: Page, ms: number): Promise<void> {
  const until = page.platform.now() + ms;
  let answered = 0;
  while (page.platform.now() < until) {
    const asked = page.socket().sent.filter((one) => one.includes('isEndOfTopic')).length;
    for (; answered < asked; answered++) page.socket().deliver('{"endOfTopic":false}');
    await draw(page, 50);
  }
}

suite('A broker that was emptied and begins with the same ids again', () => {
  test('under an open page: one gap, and what is published then is shown, each row once', async () => {
    const { platform, stream, posted } = await showing(CONFIG);
    let sent = 0;
    const publish = async (count: number): Promise<void> => {
      for (let entry = 0; entry < count; entry++) {
        await platform.clock.advance(1_000);
        const payload = btoa(JSON.stringify(created(sent++, platform.now())));
        const publishTime = new Date(platform.now()).toISOString();
        platform.sockets.at(-1)?.deliver(JSON.stringify({ messageId: text(3, entry), payload, publishTime }));
      }
    };
    platform.sockets.at(-1)?.open();
    await publish(20);
    platform.sockets.at(-1)?.drop();
    await platform.clock.advance(2_000);
    platform.sockets.at(-1)?.open();
    await publish(15);
    await platform.clock.advance(1_000);
    assert.lengthOf(eventsOf(posted), 35);
    const updates = posted.filter((message) => message.kind === 'update');
    assert.deepEqual(
      updates.flatMap(({ gaps }) => gaps.map(({ kind }) => kind)),
      ['position-unknown'],
    );
    assert.equal(stream.diagnostics().counts.delivered, 35);
    const feed = updates.flatMap(({ views }) => views).at(-1)?.data;
    const ids = feed?.kind === 'feed' ? feed.rows.map(({ id }) => id) : [];
    assert.lengthOf(new Set(ids), 36, '35 events and a gap');
  });

  test('under a subscription: what is published then is shown, not taken for what was answered', async () => {
    const parameters = { subscriptionType: 'Exclusive', subscriptionInitialPosition: 'Latest' } as const;
    const page = await opened({ parameters });
    for (let life = 0; life < 2; life++) {
      page.socket().open();
      for (let entry = 0; entry < 10; entry++) {
        page.deliver(3, entry);
        await draw(page, 500);
      }
      page.socket().drop();
      await draw(page, 3_000);
    }
    assert.equal(page.stream.diagnostics().counts.delivered, 20);
  });

  for (const losses of [0, 1, 3]) {
    test(`between two visits: one gap, though ${losses} connections are lost before it is proven`, async () => {
      const last = { messageId: text(3, 50), publishTime: NINE - HOUR };
      const index = [{ messageId: text(3, 10), publishTime: NINE - 2 * HOUR }];
      const page = await opened({ saved: { last, index } });
      page.socket().open();
      let entry = 10;
      const read = (to: number): void => {
        for (; entry <= to; entry++) page.deliver(3, entry, 'e30=', NINE - 60_000 + entry);
      };
      read(20);
      for (let loss = 1; loss <= losses; loss++) {
        await answering(page, 5_000);
        page.socket().drop();
        await draw(page, 61_000);
        page.socket().open();
        page.deliver(3, entry - 1, 'e30=', NINE - 60_000 + entry - 1);
        read(20 + loss);
      }
      await answering(page, 30_000);
      page.deliver(3, entry);
      await answering(page, 1_000);
      assert.deepEqual(page.gaps(), ['position-unknown']);
      const gaps = page.updates().flatMap((update) => update.gaps);
      assert.deepEqual(gaps[0]?.from, last);
      assert.equal(page.stream.diagnostics().state, 'live');
      assert.equal(page.stream.diagnostics().counts.delivered, 12 + losses);
    });
  }

  test('is not suspected where the way to the position was cut in the middle', async () => {
    const last = { messageId: text(3, 50), publishTime: NINE - HOUR };
    const index = [{ messageId: text(3, 10), publishTime: NINE - 2 * HOUR }];
    const page = await opened({ saved: { last, index } });
    const at = (entry: number): number => NINE - HOUR - 50_000 + entry * 1_000;
    page.socket().open();
    for (let entry = 10; entry <= 20; entry++) page.deliver(3, entry, 'e30=', at(entry));
    page.socket().drop();
    await draw(page, 2_000);
    page.socket().open();
    for (let entry = 20; entry <= 55; entry++) page.deliver(3, entry, 'e30=', at(entry));
    await answering(page, 30_000);
    assert.isEmpty(page.gaps());
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.equal(page.stream.diagnostics().counts.delivered, 46);
  });
});

suite('A service that has the position, and is silent for longer than anybody waits', () => {
  for (const count of [100, 1_500]) {
    test(`brings no event of ${count} twice where a window is asked for`, async () => {
      const clock = new VirtualClock(NINE);
      const broker = new ModelBroker(clock, seededChance(1), 0);
      broker.window = 1_000;
      const { stream, posted } = await showing(
        { ...CONFIG, start: { kind: 'since', durationMs: 2 * HOUR } },
        {
          clock,
          connected: (socket) => broker.connect(socket),
          heard: (socket, sent) => broker.heard(socket, sent),
        },
      );
      await clock.advance(1_000);
      for (let published = 0; published < count; published += 10) {
        broker.publish(10, false);
        await clock.advance(200);
      }
      await clock.advance(10_000);
      broker.stall(60_000);
      broker.drop();
      await clock.advance(120_000);
      broker.drop();
      await clock.advance(10_000);
      broker.publish(1, false);
      await clock.advance(10_000);
      const ids = eventsOf(posted);
      assert.lengthOf(ids, count + 1);
      assert.lengthOf(new Set(ids), count + 1);
      assert.equal(stream.diagnostics().counts.gaps, 1);
    });
  }
});

suite('A topic that ended and does not have the position', () => {
  test('is asked for its window again, and the socket stays', async () => {
    const page = await opened({ start: { kind: 'since', durationMs: 2 * HOUR } });
    page.socket().open();
    page.deliver(3, 0);
    await draw(page, 15_000);
    page.socket().drop();
    await draw(page, 2_000);
    page.socket().open();
    page.socket().deliver('{"endOfTopic":true}');
    await draw(page, 1_000);
    assert.equal(page.socket().startsAt, 'earliest');
    page.socket().open();
    page.deliver(1, 0);
    page.socket().deliver('{"endOfTopic":true}');
    await draw(page, 60_000);
    assert.equal(page.stream.diagnostics().state, 'ended');
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.equal(page.stream.diagnostics().counts.delivered, 2);
    assert.lengthOf(page.platform.sockets, 3);
    assert.isTrue(page.socket().isHeld);
  });
});
