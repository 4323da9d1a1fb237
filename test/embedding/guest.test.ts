/**
 * Worry: is the widget a good guest? Moved, doubled, removed, and asked for before and after its script. The built-in
 * service tells how many sockets it really has.
 */
import { assert } from '@open-wc/testing';
import { engineOf } from '../support/faults/engine.js';
import { HostPage, feedOn, tileOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, freshTopic, service, type Topic } from '../support/service-client.js';
import { TopLevelTab } from '../support/top-level-tab.js';
import { until } from '../support/wait.js';

suite('a guest on the page', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  const readers = async (topic: Topic): Promise<number> => (await service.seen(topic)).open.reader ?? 0;

  async function publish(topic: Topic, payloads: readonly unknown[]): Promise<readonly string[]> {
    const producer = await Producer.open(topic);
    const ids = await producer.publish(payloads);
    producer.close();
    return ids;
  }

  test('a feed and a tile on one topic share one socket', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic), tileOn(topic, '591')] });
    const host = page;
    await host.untilConnection('live', 20_000);
    await publish(topic, [created(1)]);
    await until('the event', () => host.record.events.length === 1);
    assert.equal(await readers(topic), 1);
    assert.equal((await service.seen(topic)).handshakes.filter(({ kind }) => kind === 'reader').length, 1);
  });

  test('a widget that is moved in the DOM keeps its connection and loses nothing', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    const widget = host.widget('x8-agent-feed');
    const box = host.document.createElement('section');
    host.document.body.append(box);
    const before = await publish(topic, [created(1)]);
    await until('the first event', () => host.record.events.length === 1);
    box.append(widget);
    const after = await publish(topic, [created(2)]);
    await until('the second event', () => host.record.events.length === 2);
    assert.deepEqual(
      host.record.events.map(({ messageId }) => messageId),
      [...before, ...after],
    );
    assert.equal((await widget.getDiagnostics()).counts?.reconnects, 0);
    assert.equal((await service.seen(topic)).handshakes.filter(({ kind }) => kind === 'reader').length, 1);
  });

  test('removing the last widget closes its socket', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    assert.equal(await readers(topic), 1);
    host.widget('x8-agent-feed').remove();
    await until('the socket to close', async () => (await readers(topic)) === 0);
    assert.deepEqual(host.record.exceptions, []);
  });

  test('a second copy of the script changes nothing and throws nothing', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    const first = host.window.customElements.get('x8-agent-feed');
    const script = host.document.createElement('script');
    script.type = 'module';
    script.src = '/__built/x8-widgets.js?copy=2';
    const loaded = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error('the second copy did not load'));
    });
    host.document.head.append(script);
    await loaded;
    const [id] = await publish(topic, [created(1)]);
    await until('the event', () => host.record.events.at(-1)?.messageId === id);
    assert.equal(host.window.customElements.get('x8-agent-feed'), first);
    assert.deepEqual(host.record.exceptions, []);
    assert.equal(await readers(topic), 1);
  });

  test('nothing is added to the light DOM, and no attribute but the key is taken away', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({
      widgets: [feedOn(topic, { 'api-key': 'eght_1', role: 'region', id: 'mine', tabindex: '-1' })],
    });
    const host = page;
    await host.untilConnection('live', 20_000);
    const widget = host.widget('x8-agent-feed');
    assert.equal(widget.childNodes.length, 0);
    assert.deepEqual(widget.getAttributeNames().sort(), [
      'emit-events',
      'endpoint',
      'id',
      'role',
      'tabindex',
      'tenant',
      'topic',
    ]);
    assert.equal(widget.getAttribute('role'), 'region');
  });

  test('a tile shows what its queue does', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [tileOn(topic, '591')] });
    const host = page;
    await until(
      'the tile to be live',
      () =>
        host.record.widgetEvents.some(
          ({ name, detail }) => name === 'x8-connection-change' && JSON.stringify(detail).includes('live'),
        ),
      20_000,
    );
    await until('a true zero', () => /0\s*waiting/.test(host.text('x8-queue-tile')));
    const queued = {
      Interaction: {
        event: 'InteractionQueued',
        interactionGUID: 'int-1-q-phone-01-acme',
        queueId: 591,
        queueTime: Math.floor(Date.now() / 1000),
        mediaType: 'phone',
        direction: 'in',
        msgInfo: { timestamp: Date.now() },
      },
    };
    await publish(topic, [queued]);
    await until('one waiting', () => /1\s*waiting/.test(host.text('x8-queue-tile')));
    assert.deepEqual(host.record.exceptions, []);
  });
});

/** The same, served over TLS; without a base the pages of this run. */
async function overTls(base?: string): Promise<string> {
  const query = base === undefined ? '' : `?${new URLSearchParams({ of: base })}`;
  const response = await fetch(`/__tls/new${query}`, { method: 'POST' });
  if (!response.ok) throw new Error(`no TLS: ${response.status}`);
  return (await response.text()).replace(/\/$/, '');
}

// The driver of WebKit has one window, and a frame of another origin cannot be looked into.
if (engineOf(navigator.userAgent) === 'webkit')
  console.info('NOT RUN: the https page, because this engine opens no tab');
// Over `wss:`, and with what browsers refuse there: every real page is on https.
else
  suite('a guest on an https page', function () {
    this.timeout(60_000);
    let tab: TopLevelTab | undefined;
    teardown(() => tab?.close());

    test('the feed is live over wss, shows what is published, and goes on where it was after a reload', async () => {
      const topic = await freshTopic();
      const endpoint = await overTls(topic.service.webSocketBase);
      tab = await TopLevelTab.open([feedOn(topic, { endpoint })], await overTls());
      const page = tab;
      assert.isTrue(await page.evaluate('isSecureContext'));
      assert.equal(await page.evaluate('location.protocol'), 'https:');
      await page.untilConnection('live');
      const producer = await Producer.open(topic);
      const ids = [...(await producer.publish([created(0), created(1)]))];
      const shown = async (): Promise<readonly string[]> =>
        (await page.record()).events.map(({ messageId }) => messageId);
      await until('the events', async () => (await shown()).length === 2);
      await page.reload();
      ids.push(...(await producer.publish([created(2)])));
      producer.close();
      await until('the event after the reload', async () => (await shown()).includes(ids.at(-1) ?? ''));
      const { events, widgetEvents, exceptions } = await page.record();
      const fresh = events.filter(({ phase }) => phase !== 'replayed').map(({ messageId }) => messageId);
      assert.deepEqual(fresh, ids.slice(2));
      assert.notInclude(
        widgetEvents.map(({ name }) => name),
        'x8-gap',
      );
      assert.deepEqual(exceptions, []);
    });

    test('a ws: endpoint is called mixed content, not a policy that lacks a source', async () => {
      const topic = await freshTopic();
      // A name that is never resolved: the browser refuses before it looks.
      tab = await TopLevelTab.open(
        [feedOn(topic, { endpoint: 'ws://relay.invalid:8080/ws/v2' })],
        await overTls(),
      );
      const page = tab;
      const cause = async (): Promise<unknown> =>
        (await page.record()).widgetEvents
          .filter(({ name }) => name === 'x8-connection-change')
          .map(({ detail }) => detail['connection'] as { readonly kind: string; readonly cause?: unknown })
          .find(({ kind }) => kind === 'cannot-connect')?.cause;
      assert.deepEqual(await until('the cause', cause, 20_000), {
        kind: 'blocked',
        by: 'mixed-content',
        source: 'ws://relay.invalid:8080',
      });
    });
  });
