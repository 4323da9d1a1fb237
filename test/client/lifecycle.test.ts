import { assert } from '@open-wc/testing';
import { observeLifecycle } from '../../src/client/page-lifecycle.js';
import { CONFIG, Harness } from './support/harness.js';

suite('page life-cycle', () => {
  let harness: Harness;

  setup(() => {
    harness = new Harness();
  });

  function heard(): readonly string[] {
    return harness.worker.of('lifecycle').map(({ event }) => event);
  }

  test('each change is passed on at once, in order', async () => {
    harness.subscribe();
    await harness.settle();
    const { page } = harness;
    page.show('hidden');
    page.document.dispatchEvent(new Event('freeze'));
    page.document.dispatchEvent(new Event('resume'));
    page.show('visible');
    page.window.dispatchEvent(new Event('offline'));
    page.window.dispatchEvent(new Event('online'));
    page.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    assert.deepEqual(heard(), [
      'hidden',
      'freeze',
      'resume',
      'visible',
      'offline',
      'online',
      'pagehide',
      'pageshow',
    ]);
  });

  test('a host page’s own event of such a name, sent to one of its elements, is none of the page’s', async () => {
    const inside = document.createElement('div');
    document.body.append(inside);
    const listened: string[] = [];
    const stop = observeLifecycle(window, (event) => listened.push(event));
    for (const name of ['freeze', 'resume', 'pagehide', 'pageshow', 'online', 'offline'])
      inside.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
    document.dispatchEvent(new Event('resume'));
    window.dispatchEvent(new Event('online'));
    stop();
    inside.remove();
    assert.deepEqual(listened, ['resume', 'online']);
  });

  test('what was asked in the same task arrives before a pagehide', async () => {
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.watch(subscription, { ...subscription.request });
    harness.page.window.dispatchEvent(new Event('pagehide'));
    assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch', 'lifecycle']);
  });

  test('a stream that opens in a hidden page without network is told so, after it is opened', async () => {
    harness.page.document.visibilityState = 'hidden';
    harness.page.navigator.onLine = false;
    harness.subscribe();
    await harness.settle();
    assert.deepEqual(harness.worker.orders, ['open', 'watch', 'lifecycle', 'lifecycle']);
    assert.deepEqual(heard(), ['hidden', 'offline']);
  });

  test('in a page without network a stream that opens later is told so too', async () => {
    harness.subscribe();
    await harness.settle();
    harness.page.navigator.onLine = false;
    harness.page.window.dispatchEvent(new Event('offline'));
    harness.subscribe({ config: { ...CONFIG, topic: 'agB' } });
    await harness.settle();
    assert.deepEqual(harness.worker.orders.slice(-3), ['open', 'watch', 'lifecycle']);
    assert.deepEqual(heard(), ['offline', 'offline']);
  });

  test('in a page without network a worker that takes over from a dead one is told so, after its streams', async () => {
    harness.subscribe();
    await harness.settle();
    harness.page.navigator.onLine = false;
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.deepEqual(harness.worker.orders, ['open', 'watch', 'lifecycle']);
    assert.deepEqual(heard(), ['offline']);
  });

  test('a page that is rendered in advance starts no worker before somebody looks at it', async () => {
    const { page, routes } = harness;
    page.document.prerendering = true;
    page.document.visibilityState = 'hidden';
    harness.subscribe();
    await harness.settle();
    page.document.dispatchEvent(new Event('freeze'));
    page.document.dispatchEvent(new Event('resume'));
    await harness.settle();
    assert.isEmpty(routes.workers);
    page.document.prerendering = false;
    page.document.dispatchEvent(new Event('prerenderingchange'));
    page.show('visible');
    await harness.settle();
    assert.lengthOf(routes.workers, 1);
    assert.deepEqual(harness.worker.orders, ['open', 'watch']);
  });

  test('nor one whose last element has gone by then', async () => {
    const { page, routes } = harness;
    page.document.prerendering = true;
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.close(subscription);
    page.document.prerendering = false;
    page.document.dispatchEvent(new Event('prerenderingchange'));
    await harness.settle();
    assert.isEmpty(routes.workers);
  });

  test('two streams share one set of listeners', async () => {
    harness.subscribe();
    const { listeners } = harness.page;
    harness.subscribe({ credential: { apiKey: 'other' } });
    await harness.settle();
    assert.equal(harness.page.listeners, listeners);
    harness.page.show('hidden');
    assert.deepEqual(heard(), ['hidden']);
  });

  test('the worker of a stream that comes after the last one has gone hears of the page too', async () => {
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.close(subscription);
    await harness.time.advance(2000);
    harness.subscribe();
    await harness.settle();
    harness.page.show('hidden');
    assert.deepEqual(heard(), ['hidden']);
  });

  test('after the last stream nothing is listened to', async () => {
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.release(subscription);
    await harness.time.advance(2000);
    assert.equal(harness.page.listeners, 0);
    harness.page.show('hidden');
    assert.deepEqual(heard(), []);
  });
});
