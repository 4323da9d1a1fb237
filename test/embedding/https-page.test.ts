/** Worry: is it the same on https, where every real page is? Over `wss:`, and with what browsers refuse there. */
import { assert } from '@open-wc/testing';
import { feedOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, freshTopic } from '../support/service-client.js';
import { TopLevelTab } from '../support/top-level-tab.js';
import { until } from '../support/wait.js';

/** The same, served over TLS; without a base the pages of this run. */
async function overTls(base?: string): Promise<string> {
  const query = base === undefined ? '' : `?${new URLSearchParams({ of: base })}`;
  const response = await fetch(`/__tls/new${query}`, { method: 'POST' });
  if (!response.ok) throw new Error(`no TLS: ${response.status}`);
  return (await response.text()).replace(/\/$/, '');
}

suite('on an https page', function () {
  this.timeout(60_000);
  // The driver of WebKit has one window, and a frame of another origin cannot be looked into.
  if (!/Chrome|Firefox/.test(navigator.userAgent)) {
    console.info('NOT RUN: the https page, because this engine opens no tab');
    return;
  }

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
