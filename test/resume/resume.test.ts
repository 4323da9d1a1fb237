/** Worry: does a reload, a trim or a restart lose an event, show one twice, or hide that one is lost? */
import { assert } from '@open-wc/testing';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import { trim, untilTrimmed } from '../support/history.js';
import { HostPage, feedOn, type Widget } from '../support/host-page.js';
import { created, status } from '../support/payloads.js';
import { Producer, Service, freshTopic, type Topic } from '../support/service-client.js';
import { until } from '../support/wait.js';

const numbered = (count: number, from = 0): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => created(from + index));

/** About 500 a second until it is stopped, so that whatever happens meanwhile happens in the middle of a burst. */
class Burst {
  readonly #published: Promise<readonly string[]>;
  #isOver = false;

  constructor(producer: Producer, from: number) {
    this.#published = this.#publish(producer, from);
  }

  /** Ends the burst; settles with all that it published. */
  stop(): Promise<readonly string[]> {
    this.#isOver = true;
    return this.#published;
  }

  async #publish(producer: Producer, from: number): Promise<readonly string[]> {
    const ids: string[] = [];
    while (!this.#isOver) {
      ids.push(...(await producer.publish(numbered(5, from + ids.length))));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return ids;
  }
}

const idsOf = (entries: readonly EventEntry[]): readonly string[] => entries.map((entry) => entry.messageId);

const without = (entries: readonly EventEntry[], phase: EventEntry['phase']): readonly EventEntry[] =>
  entries.filter((entry) => entry.phase !== phase);

async function continuity(page: HostPage): Promise<string | undefined> {
  return (await page.widget('x8-agent-feed').getDiagnostics()).continuity?.kind;
}

suite('resume', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  let producer: Producer | undefined;
  teardown(() => {
    page?.close();
    producer?.close();
  });

  async function openLive(topic: Topic, attributes?: Widget['attributes']): Promise<HostPage> {
    page = await HostPage.open({ widgets: [feedOn(topic, attributes)] });
    await page.untilConnection('live', 20_000);
    return page;
  }

  test('a reload in the middle of a burst loses nothing and shows nothing twice', async () => {
    const topic = await freshTopic();
    const host = await openLive(topic);
    producer = await Producer.open(topic);
    const published = [...(await producer.publish(numbered(300)))];
    await until('300 events', () => host.record.events.length === 300);
    const before = host.record.events;

    const burst = new Burst(producer, 300);
    await until('the burst to arrive', () => before.length > 350);
    await host.reload();
    await until(
      'the burst to arrive again',
      () => host.record.events.some(({ phase }) => phase === 'live'),
      20_000,
    );
    published.push(...(await burst.stop()));
    await until(
      'the rest of the burst',
      () => host.record.events.at(-1)?.messageId === published.at(-1),
      20_000,
    );

    const after = without(host.record.events, 'replayed');
    assert.deepEqual([...idsOf(before), ...idsOf(after)], published);
    assert.isAbove(after.length, 0, 'the reload came after the burst');
    const window = host.record.events.filter((entry) => entry.phase === 'replayed');
    assert.includeMembers(idsOf(window).slice(), idsOf(before).slice(-300), 'the window is shown again');
    assert.equal(await continuity(host), 'continuous');
    assert.deepEqual(host.record.exceptions, []);
  });

  test('what came while the page was away is marked', async () => {
    const topic = await freshTopic();
    const host = await openLive(topic);
    producer = await Producer.open(topic);
    await producer.publish(numbered(5));
    await until('5 events', () => host.record.events.length === 5);
    await host.leave();
    // Log in, a break, work offline: three rows.
    const missed = await producer.publish([status(2), status(3), status(5)]);
    await host.back();
    await until('what was missed', () => host.record.events.at(-1)?.messageId === missed.at(-1), 20_000);
    const phases = host.record.events.filter((entry) => entry.phase === 'missed');
    assert.deepEqual(idsOf(phases), missed);
    await until('the divider', () => host.text('x8-agent-feed').includes('3 while you were away'));
    assert.equal(await continuity(host), 'continuous');
  });

  test('a feed that is away while another one stays gets what it missed when it comes back, once', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic), feedOn(topic)] });
    await page.untilConnection('live', 20_000);
    const [stays, goes] = page.document.querySelectorAll('x8-agent-feed');
    const told = [stays, goes].map((feed) => {
      const entries: EventEntry[] = [];
      feed?.addEventListener('x8-events', (event) => entries.push(...event.entries));
      return entries;
    });
    const hasCome = (id: string | undefined) => (entries: readonly EventEntry[]) =>
      entries.some(({ messageId, phase }) => messageId === id && phase !== 'replayed');
    const publisher = (producer = await Producer.open(topic));
    const ids = [...(await publisher.publish(numbered(3)))];
    await until('both to have the first', () => told.every(hasCome(ids.at(-1))));
    const place = goes?.parentElement;
    const ways = [
      [() => goes?.disconnect(), () => goes?.connect()],
      [() => goes?.remove(), () => goes && place?.append(goes)],
      [() => goes?.setAttribute('topic', 'other'), () => goes?.setAttribute('topic', topic.name)],
      [() => goes?.setAttribute('share', 'off'), () => goes?.removeAttribute('share')],
    ] as const;
    for (const [away, back] of ways) {
      away();
      ids.push(...(await publisher.publish(numbered(3, ids.length))));
      await until('the one that stayed to have them', () => told.slice(0, 1).every(hasCome(ids.at(-1))));
      // Longer than the grace in which a feed that was removed keeps its stream.
      await new Promise((resolve) => setTimeout(resolve, 300));
      back();
      await until('the other one to have them too', () => told.every(hasCome(ids.at(-1))), 20_000);
    }
    // Not drawn yet when it leaves, nor is it away for long.
    ids.push(...(await publisher.publish(numbered(1, ids.length))));
    goes?.disconnect();
    goes?.connect();
    await until('both to have the last', () => told.every(hasCome(ids.at(-1))), 20_000);
    for (const entries of told) assert.deepEqual(idsOf(without(entries, 'replayed')), ids);
    assert.isEmpty(page.record.widgetEvents.filter(({ name }) => name === 'x8-gap'));
    assert.isEmpty(page.record.exceptions);
  });

  test('history trimmed while away is exactly one gap, and the stream goes on', async () => {
    const topic = await freshTopic();
    const host = await openLive(topic, { group: 'none' });
    producer = await Producer.open(topic);
    const [first] = await producer.publish(numbered(1));
    await producer.publish(numbered(9, 1));
    await until('10 events', () => host.record.events.length === 10);
    await host.leave();
    await trim(topic);
    await producer.publish(numbered(10, 10));
    await topic.service.admin('PUT', `persistent/${topic.path}/unload`);
    const kept = await producer.publish(numbered(5, 20));
    await untilTrimmed(topic);
    await host.back();
    await until('what is kept', () => host.record.events.length >= 5, 20_000);
    await host.untilConnection('live', 20_000);

    assert.isDefined(first);
    assert.deepEqual(idsOf(host.record.events), kept);
    const gaps = host.record.widgetEvents.filter(({ name }) => name === 'x8-gap');
    assert.equal(gaps.length, 1);
    const diagnostics = await host.widget('x8-agent-feed').getDiagnostics();
    assert.equal(diagnostics.counts?.gaps, 1);
    assert.equal(
      diagnostics.continuity?.kind === 'gap' && diagnostics.continuity.gap.kind,
      'history-expired',
    );
    assert.equal(diagnostics.continuity?.kind === 'gap' && diagnostics.continuity.gap.to?.messageId, kept[0]);
    const [live] = await producer.publish(numbered(1, 25));
    await until('the next event', () => host.record.events.at(-1)?.messageId === live);
    assert.equal(host.record.events.at(-1)?.phase, 'live');
    const rows = (): readonly string[] =>
      [...(host.widget('x8-agent-feed').shadowRoot?.querySelectorAll('[data-row]') ?? [])].map((row) =>
        row.querySelector('.hole') === null ? 'event' : 'gap',
      );
    await until('all rows', () => rows().length === 7);
    assert.deepEqual(rows(), [...Array<string>(6).fill('event'), 'gap'], 'newest first');
  });

  test('a broker that is killed and comes back under an open page costs nothing', async () => {
    const broker = await Service.own();
    const topic = await broker.freshTopic();
    const host = await openLive(topic);
    producer = await Producer.open(topic);
    const published = [...(await producer.publish(numbered(50)))];
    await until('50 events', () => host.record.events.length === 50);
    await broker.restart();
    producer = await until(
      'a producer after the restart',
      () => Producer.open(topic).catch(() => undefined),
      30_000,
    );
    published.push(...(await producer.publish(numbered(50, 50))));
    await until('the rest', () => host.record.events.at(-1)?.messageId === published.at(-1), 45_000);
    assert.deepEqual(idsOf(host.record.events), published);
    assert.equal(await continuity(host), 'continuous');
    assert.deepEqual(
      host.record.widgetEvents.filter(({ name }) => name === 'x8-gap'),
      [],
    );
  });

  test('IndexedDB holds positions and nothing else', async () => {
    const topic = await freshTopic();
    const host = await openLive(topic);
    producer = await Producer.open(topic);
    await producer.publish(numbered(20));
    await until('20 events', () => host.record.events.length === 20);
    const own = await until('both records', async () => {
      const records = await readAll('x8-widgets');
      const found = records.filter(([key]) => key.endsWith(`|${topic.name.replace('/', '|')}`));
      return found.length >= 2 && found;
    });
    // What an empty store would also pass: the records are those of the events that were shown.
    assert.include(JSON.stringify(own), host.record.events[0]?.messageId ?? 'no event');
    assert.sameMembers(
      own.map(([key]) => key.split('|')[0] ?? ''),
      ['last', 'index'],
    );
    for (const [, value] of own) {
      for (const position of Array.isArray(value) ? value : [value]) {
        assert.sameMembers(Object.keys(position as object), ['messageId', 'publishTime']);
      }
    }
    assert.deepEqual(Object.keys(localStorage), []);
  });

  test('without IndexedDB the feed says so, and starts at now after a reload', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)], denyStorage: true });
    const host = page;
    await host.untilConnection('live', 20_000);
    producer = await Producer.open(topic);
    await producer.publish(numbered(5));
    await until('5 events', () => host.record.events.length === 5);
    const { storage } = await host.widget('x8-agent-feed').getDiagnostics();
    assert.equal(storage.kind, 'memory');
    const said = host.record.widgetEvents.filter(
      ({ name, detail }) => name === 'x8-error' && JSON.stringify(detail).includes('storage-unavailable'),
    );
    assert.equal(said.length, 1);
    await host.reload();
    await host.untilConnection('live', 20_000);
    const [next] = await producer.publish(numbered(1, 5));
    await until('the next event', () => host.record.events.length > 0);
    assert.isDefined(next);
    assert.deepEqual(idsOf(host.record.events), [next ?? '']);
  });
});

function readAll(name: string): Promise<[string, unknown][]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(request.error ?? new Error('no database'));
    request.onsuccess = () => {
      const database = request.result;
      const store = database
        .transaction(database.objectStoreNames[0] ?? '')
        .objectStore(database.objectStoreNames[0] ?? '');
      const records: [string, unknown][] = [];
      store.openCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
        if (cursor === null) {
          database.close();
          resolve(records);
          return;
        }
        records.push([String(cursor.key), cursor.value]);
        cursor.continue();
      };
    };
  });
}
