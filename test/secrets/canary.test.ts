/** Worry: does the key show up anywhere but in the WebSocket URL? */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, Service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const CANARY = 'eght_CANARY+5f1d/4be0==';
const PIECES = ['CANARY', encodeURIComponent(CANARY)];

suite('the key', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  test('is in the WebSocket URL and nowhere else: page, console, events, storage, diagnostics', async () => {
    const service = await Service.own();
    const topic = await service.freshTopic();
    const feed = feedOn(topic, { 'api-key': CANARY });
    const tile = {
      tag: 'x8-queue-tile',
      attributes: {
        endpoint: service.webSocketBase,
        tenant: service.tenant,
        topic: topic.name,
        'api-key': CANARY,
        'queue-id': '591',
      },
    } as const;
    page = await HostPage.open({ widgets: [feed, tile] });
    const host = page;
    await host.untilConnection('live', 20_000);
    const producer = await Producer.open(topic);
    await producer.publish(['not json', created(1)]);
    producer.close();
    await until('the event', () => host.record.events.length === 1);
    // Faults make the most words.
    await service.restart();
    await host.untilConnection('live', 30_000);

    const widget = host.widget('x8-agent-feed');
    const diagnostics = await widget.getDiagnostics();
    assert.isAtLeast(diagnostics.counts.reconnects, 1);
    const places: Readonly<Record<string, string>> = {
      'light DOM': host.document.documentElement.outerHTML,
      'feed shadow DOM': widget.shadowRoot?.innerHTML ?? '',
      'tile shadow DOM': host.widget('x8-queue-tile').shadowRoot?.innerHTML ?? '',
      'events, console, exceptions': JSON.stringify(host.record),
      diagnostics: JSON.stringify(diagnostics),
      snapshot: JSON.stringify(widget.getSnapshot()),
      'own properties': ownTexts(widget).join('\n'),
      sessionStorage: JSON.stringify(Object.entries(host.window.sessionStorage)),
      localStorage: JSON.stringify(Object.entries(host.window.localStorage)),
      'resource timing': JSON.stringify(host.window.performance.getEntries()),
      cookies: host.document.cookie,
    };
    for (const [place, text] of Object.entries(places)) {
      for (const piece of PIECES) assert.notInclude(withoutQuery(text), piece, place);
    }
    assert.isFalse(widget.hasAttribute('api-key'));
    for (const value of await storedValues()) {
      for (const piece of PIECES) assert.notInclude(value, piece, 'IndexedDB');
    }
  });
});

/** Every text that hangs on an element as a property, its own or inherited, two levels deep. */
function ownTexts(value: object, depth = 2): readonly string[] {
  const texts: string[] = [];
  for (const name in value) {
    const inner: unknown = Reflect.get(value, name);
    if (typeof inner === 'string') texts.push(inner);
    else if (typeof inner === 'object' && inner !== null && !(inner instanceof Node) && depth > 0) {
      texts.push(...ownTexts(inner, depth - 1));
    }
  }
  return texts;
}

/** The page under test was given the key in its own address, by the test. */
function withoutQuery(text: string): string {
  return text.replace(/widgets=[^"\s]*/g, '');
}

async function storedValues(): Promise<readonly string[]> {
  const values: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error(`cannot open ${name}`));
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const [keys, records] = await Promise.all([result(all.getAllKeys()), result(all.getAll())]);
      values.push(JSON.stringify([keys, records]));
    }
    database.close();
  }
  assert.isAbove(values.length, 0, 'the widget has stored something');
  return values;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
