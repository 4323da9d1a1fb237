/** Worry: do several tabs and frames on one stream cost one connection, and what does it cost them when one is closed? */
import { assert } from '@open-wc/testing';
import type { Diagnostics } from '../../src/protocol/diagnostics.js';
import { HANDOVER_AFTER_MS } from '../../src/worker/connection-state.js';
import { engineOf } from '../support/faults/engine.js';
import { HostPage, feedOn, type HostRecord } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, freshTopic, service, type Topic } from '../support/service-client.js';
import { until } from '../support/wait.js';

/** A page with one feed, in a frame or in a tab. */
interface Reader {
  readonly record: HostRecord;
  widget(tag: 'x8-agent-feed'): HTMLElement & { getDiagnostics(): Promise<Diagnostics> };
  close(): void;
}

const NO_WORKER =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src ws: wss:; worker-src 'none'";

const idsOf = ({ record }: Reader): readonly string[] => record.events.map(({ messageId }) => messageId);

const diagnosticsOf = (reader: Reader): Promise<Diagnostics> =>
  reader.widget('x8-agent-feed').getDiagnostics();

async function roleOf(reader: Reader): Promise<string> {
  return (await diagnosticsOf(reader)).sharing.kind;
}

async function socketsOn(topic: Topic): Promise<number> {
  return (await service.seen(topic)).open.reader ?? 0;
}

/** A top-level page of its own. In a window: behind a tab the page of the test would be hidden, and its timers slow. */
async function openTab(topic: Topic): Promise<Reader> {
  const query = new URLSearchParams({ widgets: JSON.stringify([feedOn(topic)]) });
  const address = `/test/support/page/widget.html?${query}`;
  const tab = window.open(address, '_blank', 'popup,width=480,height=640');
  if (tab === null) throw new Error('the browser opened no tab');
  const page = tab as Window & { readonly record: HostRecord };
  await until(
    'the tab to define its widget',
    () => page.document.querySelector('x8-agent-feed') !== null && page.customElements.get('x8-agent-feed'),
    30_000,
  );
  return {
    get record() {
      return page.record;
    },
    widget: (tag) => {
      const found = page.document.querySelector(tag);
      if (found === null) throw new Error(`the tab has no <${tag}>`);
      return found;
    },
    close: () => page.close(),
  };
}

suite('pages that read one stream', function () {
  this.timeout(90_000);
  let readers: Reader[] = [];
  let producer: Producer | undefined;
  teardown(() => {
    for (const reader of readers) reader.close();
    readers = [];
    producer?.close();
    producer = undefined;
  });

  async function live(reader: Reader): Promise<Reader> {
    readers.push(reader);
    await until('a reader to be live', async () => (await diagnosticsOf(reader)).state === 'live', 20_000);
    return reader;
  }

  const frameOn = async (topic: Topic, attributes = {}, csp?: string): Promise<Reader> =>
    live(
      await HostPage.open({ widgets: [feedOn(topic, attributes)], ...(csp === undefined ? {} : { csp }) }),
    );

  async function leaderOf(pages: readonly Reader[]): Promise<Reader> {
    return until('one of them to lead', async () => {
      for (const page of pages) if ((await roleOf(page)) === 'leader') return page;
      return undefined;
    });
  }

  async function publish(topic: Topic, count: number, from = 0): Promise<readonly string[]> {
    producer ??= await Producer.open(topic);
    return producer.publish(Array.from({ length: count }, (_, index) => created(from + index)));
  }

  /** Publishes until it is told to stop; what goes wrong meanwhile goes wrong in a burst. */
  async function during(topic: Topic, what: () => Promise<void>): Promise<readonly string[]> {
    const ids: string[] = [];
    let isOver = false;
    const burst = (async () => {
      while (!isOver) {
        ids.push(...(await publish(topic, 5, ids.length)));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    await until('the burst to be under way', () => ids.length > 100);
    await what();
    const before = ids.length;
    await until('the burst to go on', () => ids.length > before + 100);
    isOver = true;
    await burst;
    return ids;
  }

  async function untilAllCame(reader: Reader, ids: readonly string[]): Promise<void> {
    const last = ids.at(-1) ?? '';
    await until(`the last of ${ids.length} events`, () => idsOf(reader).includes(last), 20_000);
    assert.deepEqual(idsOf(reader).slice(-ids.length), ids);
  }

  const untilOneSocket = (topic: Topic, timeoutMs?: number): Promise<unknown> =>
    until('one socket at the service', async () => (await socketsOn(topic)) === 1, timeoutMs);

  /** States that the page was shown from its first `live` on. */
  function statesOf({ record }: Reader): readonly string[] {
    const states = record.widgetEvents
      .filter(({ name }) => name === 'x8-connection-change')
      .map(({ detail }) => (detail['connection'] as { readonly kind: string }).kind);
    return states.slice(states.indexOf('live'));
  }

  /** Two readers; one is closed in the middle of a burst. */
  async function losesItsLeader(topic: Topic, pages: readonly Reader[]): Promise<void> {
    assert.equal(await socketsOn(topic), 1);
    const first = await publish(topic, 3);
    for (const page of pages) await untilAllCame(page, first);
    const leader = await leaderOf(pages);
    const rest = pages.filter((page) => page !== leader);
    const ids = await during(topic, async () => {
      leader.close();
      readers = readers.filter((page) => page !== leader);
      await untilOneSocket(topic, 2_000);
      await until('another leader', async () => (await roleOf(await leaderOf(rest))) === 'leader', 2_000);
    });
    for (const page of rest) {
      await untilAllCame(page, [...first, ...ids]);
      assert.deepEqual(statesOf(page), ['live']);
      assert.isEmpty(page.record.exceptions);
      assert.notInclude(
        page.record.events.map(({ phase }) => phase),
        'missed',
      );
    }
    assert.equal(await socketsOn(topic), 1);
  }

  test('three frames have one socket, and closing the leader in a burst loses and doubles nothing', async () => {
    const topic = await freshTopic();
    const pages = [await frameOn(topic), await frameOn(topic), await frameOn(topic)];
    await losesItsLeader(topic, pages);
  });

  // WebKit's automation lets no script open a window; there the frames stand for the tabs.
  const canOpenTabs = engineOf(navigator.userAgent) !== 'webkit';
  if (canOpenTabs)
    test('two tabs have one socket, and closing the leader in a burst loses and doubles nothing', async () => {
      const topic = await freshTopic();
      await losesItsLeader(topic, [await live(await openTab(topic)), await live(await openTab(topic))]);
    });

  test('a page that never had a message has a place when its leader goes', async () => {
    const topic = await freshTopic();
    const leader = await frameOn(topic);
    await untilAllCame(leader, await publish(topic, 3));
    const page = await frameOn(topic, { start: 'latest' });
    const liveAt = performance.now();
    assert.equal(await roleOf(page), 'follower');
    // A lead that changes hands at once is a quarrel, whoever has had messages, and is waited out.
    await until('the page to have stood', () => performance.now() > liveAt + 2 * HANDOVER_AFTER_MS);
    leader.close();
    readers = [page];
    await until('another leader', async () => (await roleOf(page)) === 'leader', 2_000);
    await untilAllCame(page, await publish(topic, 2, 3));
    assert.lengthOf(page.record.events, 2, 'what came before it is not its own');
    assert.deepEqual(statesOf(page), ['live']);
    assert.isEmpty(page.record.widgetEvents.filter(({ name }) => name === 'x8-gap'));
    assert.isEmpty(page.record.exceptions);
  });

  test('pages without workers share their connection too', async () => {
    const topic = await freshTopic();
    const pages = [await frameOn(topic, {}, NO_WORKER), await frameOn(topic, {}, NO_WORKER)];
    for (const page of pages) assert.equal((await diagnosticsOf(page)).workerRoute, 'page');
    await losesItsLeader(topic, pages);
  });

  test('a page that comes while others read starts with its window, and has no socket for long', async () => {
    const topic = await freshTopic();
    await frameOn(topic);
    const ids = await publish(topic, 50);
    const late = await frameOn(topic, { start: 'earliest' });
    await untilAllCame(late, ids);
    const more = await publish(topic, 1, 50);
    await untilAllCame(late, [...ids, ...more]);
    await untilOneSocket(topic);
    assert.equal(await roleOf(late), 'follower');
  });

  test('share="off" has a connection of its own', async () => {
    const topic = await freshTopic();
    const pages = [await frameOn(topic), await frameOn(topic, { share: 'off' })];
    assert.equal(await socketsOn(topic), 2);
    const [, own] = pages;
    assert.deepEqual(own && (await diagnosticsOf(own)).sharing, { kind: 'alone', reason: 'share="off"' });
    const ids = await publish(topic, 3);
    for (const page of pages) await untilAllCame(page, ids);
  });

  test('two widgets of one page that start at different places have one socket', async () => {
    const topic = await freshTopic();
    const page = await live(
      await HostPage.open({ widgets: [feedOn(topic), feedOn(topic, { start: 'latest' })] }),
    );
    await until('both to be live', async () => (await service.seen(topic)).sessions.length > 0);
    const ids = await publish(topic, 20);
    await until('both to have all', () => idsOf(page).length === 2 * ids.length);
    assert.equal(await socketsOn(topic), 1);
  });
});
