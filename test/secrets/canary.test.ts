/** Worry: does the key show up anywhere but in the WebSocket URL, or a caller where names are masked? */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { attached, created, interaction } from '../support/payloads.js';
import { freshTopic, Producer, service, Service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const CANARY = 'eght_CANARY+5f1d/4be0==';
const PIECES = ['CANARY', encodeURIComponent(CANARY)];

suite('the key', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  test('is in the WebSocket URL and nowhere else: page, console, events, storage, diagnostics', async () => {
    const own = await Service.own();
    const topic = await own.freshTopic();
    const feed = feedOn(topic, { 'api-key': CANARY });
    const tile = {
      tag: 'x8-queue-tile',
      attributes: {
        endpoint: own.webSocketBase,
        tenant: own.tenant,
        topic: topic.name,
        'api-key': CANARY,
        'queue-id': '591',
      },
    } as const;
    page = await HostPage.open({ widgets: [feed, tile], recordsWorker: true });
    const host = page;
    await host.untilConnection('live', 20_000);
    const producer = await Producer.open(topic);
    await producer.publish(['not json', created(1)]);
    producer.close();
    await until('the event', () => host.record.events.length === 1);
    // Faults make the most words.
    await own.restart();
    await host.untilConnection('live', 30_000);

    const { counts } = await host.widget('x8-agent-feed').getDiagnostics();
    assert.isAtLeast(counts?.reconnects ?? 0, 1);
    await assertNowhere(host);
    assert.isAbove((await storedValues()).length, 0, 'the widget has stored something');
  });

  test('is nowhere when the service refuses it, another is set, and everything is logged and opened', async () => {
    const own = await Service.own();
    const topic = await own.freshTopic();
    await own.fault({ fault: 'refuse', status: 401, topic: topic.path });
    page = await HostPage.open({
      widgets: [feedOn(topic, { 'api-key': 'eght_first', log: 'info' })],
      recordsWorker: true,
    });
    const host = page;
    const widget = host.widget('x8-agent-feed');
    widget.apiKey = CANARY;
    await host.untilConnection('auth-suspected', 30_000);
    const details = widget.shadowRoot?.querySelector<HTMLElement>('[aria-controls="details"]');
    details?.click();
    await widget.updateComplete;
    // Clipboards are denied in frames, mostly: then the text is in the DOM.
    widget.shadowRoot?.querySelector<HTMLElement>('.details .action')?.click();
    await widget.getDiagnostics();
    await own.fault({ fault: 'clear' });
    widget.apiKey = `${CANARY}2`;
    await host.untilConnection('live', 20_000);
    await assertNowhere(host);
  });

  test('is nowhere when the service says it back while it closes', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({
      widgets: [feedOn(topic, { 'api-key': CANARY, log: 'info' })],
      recordsWorker: true,
    });
    const host = page;
    await host.untilConnection('live', 20_000);
    await service.fault({ fault: 'hang', topic: topic.path });
    await service.fault({ fault: 'drop', code: 4401, reason: `no ${CANARY}`, topic: topic.path });
    await until('the loss', () => host.record.console.some((line) => line.includes('closed with 4401')));
    await assertNowhere(host);
    await service.fault({ fault: 'clear', topic: topic.path });
  });

  for (const worker of ['blob:', "'none'"]) {
    test(`is only in the browser’s own report when the page’s policy forbids the service (worker-src ${worker})`, async () => {
      const topic = await freshTopic();
      page = await HostPage.open({
        widgets: [feedOn(topic, { 'api-key': CANARY, log: 'info' })],
        csp: `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src ${worker}`,
        recordsWorker: true,
      });
      const host = page;
      await host.untilConnection('cannot-connect', 15_000);
      await assertNowhere(host, reportedAddress);
    });
  }

  test('is nowhere when credentials() gives it, fails with it, and hands over nonsense', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({
      widgets: [feedOn(topic, { tenant: '', log: 'info' })],
      recordsWorker: true,
    });
    const host = page;
    const widget = host.widget('x8-agent-feed');
    let asked = 0;
    widget.credentials = () => {
      asked++;
      if (asked === 1) return Promise.reject(new Error(CANARY));
      if (asked === 2) return Promise.resolve({ apiKey: `${CANARY}\n${CANARY}` });
      return Promise.resolve({ apiKey: CANARY });
    };
    widget.tenant = service.tenant;
    await host.untilConnection('live', 20_000);
    assert.equal(asked, 3);
    await assertNowhere(host);
  });
});

suite('a caller', function () {
  this.timeout(60_000);

  test('is nowhere by default: not in an event that was skipped, nor in the log, diagnostics or storage', async () => {
    const topic = await freshTopic();
    const host = await HostPage.open({ widgets: [feedOn(topic, { log: 'info' })], recordsWorker: true });
    try {
      await host.untilConnection('live', 20_000);
      const caller = attached({ remoteCallingName: 'Ada Byron', remotePhoneNum: '+441632960855' });
      const producer = await Producer.open(topic);
      await producer.publish([
        '{"Interaction":{"callingName":"Ada Byron +441632960855"',
        interaction('InteractionCreated', 'int-1-phone-01-acme', { mediaType: 'phone', ...caller }),
        interaction('InteractionAccepted', 'int-1-phone-01-acme', { mediaType: 'phone', ...caller }),
      ]);
      producer.close();
      await until('the events', () => host.record.events.length === 2);
      const widget = host.widget('x8-agent-feed');
      widget.shadowRoot?.querySelector<HTMLElement>('[aria-controls="details"]')?.click();
      await widget.updateComplete;
      widget.shadowRoot?.querySelector<HTMLElement>('.details .action')?.click();
      await widget.getDiagnostics();
      await assertNowhere(host, /^$/, ['Ada Byron', 'Byron', '632960855']);
    } finally {
      host.close();
    }
  });
});

/**
 * The one exception, and the README's security table names it: the address of a dial that the page's policy forbids, as the
 * browser quotes it in its own violation event.
 */
const reportedAddress = new RegExp(
  `^connect-src ${service.webSocketBase}/\\S+[?&]x-api-key=${encodeURIComponent(CANARY)}(&\\S*)? $`,
);

async function assertNowhere(host: HostPage, exception = /^$/, pieces = PIECES): Promise<void> {
  const widgets = [...host.document.querySelectorAll('x8-agent-feed, x8-queue-tile')] as (
    HTMLElementTagNameMap['x8-agent-feed'] | HTMLElementTagNameMap['x8-queue-tile']
  )[];
  const places: Record<string, string> = {
    'light DOM': host.document.documentElement.outerHTML,
    'events, console, exceptions, worker messages, violations': JSON.stringify({
      ...host.record,
      violations: host.record.violations.filter((violation) => !exception.test(violation)),
    }),
    sessionStorage: JSON.stringify(Object.entries(host.window.sessionStorage)),
    localStorage: JSON.stringify(Object.entries(host.window.localStorage)),
    'resource timing': JSON.stringify(host.window.performance.getEntries()),
    cookies: host.document.cookie,
    IndexedDB: (await storedValues()).join('\n'),
  };
  for (const widget of widgets) {
    places[`shadow DOM of ${widget.localName}`] = [
      widget.shadowRoot?.innerHTML ?? '',
      ...[...(widget.shadowRoot?.querySelectorAll('textarea') ?? [])].map(({ value }) => value),
    ].join('\n');
    places['diagnostics'] = JSON.stringify(await widget.getDiagnostics());
    places['snapshot'] = JSON.stringify(widget.getSnapshot());
    places['own properties'] = ownTexts(widget).join('\n');
    assert.isFalse(widget.hasAttribute('api-key'));
  }
  for (const [place, text] of Object.entries(places)) {
    for (const piece of pieces) assert.isFalse(withoutQuery(text).includes(piece), place);
  }
}

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
  return values;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
