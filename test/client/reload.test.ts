import { assert } from '@open-wc/testing';
import { streamKey } from '../../src/protocol/stream-config.js';
import { updateOf } from './support/fake-worker.js';
import { CONFIG, Harness } from './support/harness.js';

const KEY = `x8-widgets:position:${streamKey(CONFIG)}`;

/** A page of this tab, on the tab's real storage. */
class TabPage {
  readonly harness = new Harness();

  constructor() {
    this.harness.storageAccess = () => sessionStorage;
  }

  /** Shows an agent's stream up to a position; says where it went on. */
  async show(topic: string, position: string): Promise<string | undefined> {
    const { stream } = this.harness.subscribe({ config: { ...CONFIG, topic } }).subscription;
    await this.harness.settle();
    this.harness.worker.say(updateOf(stream.number, { position }));
    return this.harness.worker.of('open').at(-1)?.handover;
  }

  leave(): void {
    this.harness.page.window.dispatchEvent(new Event('pagehide'));
  }

  backFromCache(): void {
    this.harness.page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  }
}

/** What lies in the tab's storage, by topic. */
function notes(): Readonly<Record<string, string | null>> {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith('x8-widgets:position:'));
  return Object.fromEntries(
    keys.map((key) => [key.split('\n')[0]?.split('|').at(-1) ?? '', sessionStorage.getItem(key)]),
  );
}

suite('a tab that shows one agent after another', () => {
  setup(() => sessionStorage.clear());
  teardown(() => sessionStorage.clear());

  test('keeps the note of the latest of its page loads only', async () => {
    for (let agent = 0; agent < 20; agent++) {
      const page = new TabPage();
      await page.show(`ag${agent}`, 'CAEQAQ==');
      page.leave();
      assert.deepEqual(notes(), { [`ag${agent}`]: 'CAEQAQ==' });
    }
  });

  test('finds the note of the load before, whatever else opens in that page first', async () => {
    const first = new TabPage();
    await first.show('agA', 'CAEQAQ==');
    await first.show('agB', 'CAEQAg==');
    first.leave();
    const second = new TabPage();
    assert.equal(await second.show('agB', 'CAEQAw=='), 'CAEQAg==');
    assert.equal(await second.show('agA', 'CAEQBA=='), 'CAEQAQ==');
    assert.deepEqual(notes(), {});
  });

  test('keeps what another frame has just written, and the host page’s own, in whatever order they go', async () => {
    sessionStorage.setItem('theirs', '~');
    for (const isReversed of [false, true]) {
      const pages = [new TabPage(), new TabPage()] as const;
      await pages[0].show('agA', 'CAEQAQ==');
      await pages[1].show('agB', 'CAEQAg==');
      for (const page of isReversed ? pages.toReversed() : pages) page.leave();
      assert.deepEqual(notes(), { agA: 'CAEQAQ==', agB: 'CAEQAg==' });
    }
    assert.equal(sessionStorage.getItem('theirs'), '~');
  });

  test('leaves nothing of a page that came back from the cache and then showed another agent', async () => {
    const page = new TabPage();
    const { stream } = page.harness.subscribe().subscription;
    await page.harness.settle();
    page.harness.worker.say(updateOf(stream.number, { position: 'CAEQAQ==' }));
    page.leave();
    page.backFromCache();
    for (const held of stream.subscriptions.values()) page.harness.client.close(held);
    await page.show('agB', 'CAEQAg==');
    page.leave();
    assert.deepEqual(notes(), { agB: 'CAEQAg==' });
  });

  test('finds after a reload that comes before a worker runs what it would have found then', async () => {
    for (const note of ['CAEQAQ==', '-']) {
      sessionStorage.setItem(KEY, note);
      const page = new TabPage();
      page.harness.subscribe();
      page.leave();
      assert.equal(sessionStorage.getItem(KEY), note);
      page.backFromCache();
      assert.isNull(sessionStorage.getItem(KEY));
      await page.harness.settle();
      const [open] = page.harness.worker.of('open');
      assert.deepEqual([open?.handover, open?.wasOpen], note === '-' ? [undefined, true] : [note, false]);
    }
  });

  test('does not take a mark for a position', async () => {
    sessionStorage.setItem(KEY, 'CAEQ~AQ==');
    assert.isUndefined(await new TabPage().show('agA', 'CAEQAQ=='));
    sessionStorage.setItem(KEY, '~~CAEQAQ==');
    assert.isUndefined(await new TabPage().show('agA', 'CAEQAQ=='));
  });
});

suite('hand-over across a reload', () => {
  let harness: Harness;

  setup(() => {
    harness = new Harness();
  });

  async function opened(): Promise<string | undefined> {
    harness.subscribe();
    await harness.settle();
    return harness.worker.of('open')[0]?.handover;
  }

  function leave(): void {
    harness.page.window.dispatchEvent(new Event('pagehide'));
  }

  test('the position that was delivered last is written at pagehide, even before it is painted', async () => {
    harness.nextFrame = () => new Promise(() => undefined);
    await opened();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
    assert.equal(harness.storage.map.size, 0, 'nothing is kept while the page lives');
    leave();
    assert.deepEqual([...harness.storage.map], [[KEY, 'CAEQAg==']]);
  });

  test('it is read and removed when the stream opens', async () => {
    harness.storage.map.set(KEY, 'CAEQAQ==');
    assert.equal(await opened(), 'CAEQAQ==');
    assert.equal(harness.storage.map.size, 0);
  });

  test('it is there for a stream that opens when the page is shown for the first time', async () => {
    harness.storage.map.set(KEY, 'CAEQAQ==');
    harness.subscribe();
    harness.page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    await harness.settle();
    assert.equal(harness.worker.of('open')[0]?.handover, 'CAEQAQ==');
  });

  test('a second reload before the first update hands the same position over again', async () => {
    harness.storage.map.set(KEY, 'CAEQAQ==');
    await opened();
    leave();
    assert.equal(harness.storage.map.get(KEY), 'CAEQAQ==');
  });

  test('a stream that reads the topic again from its start leaves the note of the other alone', async () => {
    await opened();
    harness.subscribe({ config: { ...CONFIG, start: { kind: 'earliest' } } });
    await harness.settle();
    harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
    harness.worker.say(updateOf(2, { position: 'CAEQAQ==' }));
    leave();
    assert.equal(harness.storage.map.get(KEY), 'CAEQAg==');
  });

  test('a reader’s note is not for a subscription, whose place the broker keeps', async () => {
    harness.storage.map.set(KEY, 'CAEQAQ==');
    const parameters = { subscriptionType: 'Shared', subscriptionInitialPosition: 'Latest' } as const;
    harness.subscribe({ config: { ...CONFIG, subscription: { name: 's', parameters } } });
    await harness.settle();
    assert.lengthOf(harness.worker.of('open'), 1);
    assert.isUndefined(harness.worker.of('open')[0]?.handover);
    leave();
    assert.equal(harness.storage.map.get(KEY), 'CAEQAQ==');
  });

  test('a subscription leaves nothing, whatever has become of it', async () => {
    const parameters = { subscriptionType: 'Shared', subscriptionInitialPosition: 'Latest' } as const;
    harness.subscribe({ config: { ...CONFIG, subscription: { name: 's', parameters } } });
    await harness.settle();
    harness.worker.say(updateOf(1));
    leave();
    assert.equal(harness.storage.map.size, 0);
  });

  test('a position that the service does not know or take is handed over no more', async () => {
    harness.storage.map.set(KEY, 'CAEQAQ==');
    await opened();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    harness.worker.say(updateOf(1, { position: undefined }));
    leave();
    assert.deepEqual([...harness.storage.map], [[KEY, '-']]);
  });

  test('not either where the page hears of it on its way into the cache', async () => {
    await opened();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    leave();
    assert.equal(harness.storage.map.size, 1);
    harness.worker.say(updateOf(1, { position: undefined }));
    harness.page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    assert.equal(harness.storage.map.size, 0);
  });

  test('a stream that was never open leaves nothing', async () => {
    await opened();
    leave();
    assert.equal(harness.storage.map.size, 0);
  });

  test('a stream that was open without a position says so to the next load, once', async () => {
    await opened();
    harness.worker.say(updateOf(1));
    leave();
    const [[key, text] = []] = harness.storage.map;
    assert.deepEqual([key, text], [KEY, '-']);
    const next = new Harness();
    next.storage.map.set(KEY, '-');
    next.subscribe();
    await next.settle();
    const [open] = next.worker.of('open');
    assert.deepEqual([open?.handover, open?.wasOpen], [undefined, true]);
    assert.equal(next.storage.map.size, 0);
  });

  test('not so where the start rule does not go on from an earlier visit', async () => {
    harness.subscribe({ config: { ...CONFIG, start: { kind: 'latest' } } });
    await harness.settle();
    harness.worker.say(updateOf(1));
    leave();
    assert.equal(harness.storage.map.size, 0);
  });

  test('a stream whose element was taken out, and is put back, goes on where it was, or without a position was open before', async () => {
    const { subscription } = harness.subscribe();
    harness.subscribe({ config: { ...CONFIG, topic: 'other' } });
    await harness.settle();
    harness.worker.say(updateOf(1));
    harness.client.release(subscription);
    await harness.time.advance(100);
    const again = harness.subscribe().subscription;
    await harness.settle();
    assert.isTrue(harness.worker.of('open').at(-1)?.wasOpen);
    // Whether the worker has saved it by then or not.
    harness.worker.say(updateOf(again.stream.number, { position: 'CAEQAQ==' }));
    await harness.settle();
    harness.client.release(again);
    await harness.time.advance(100);
    harness.subscribe();
    await harness.settle();
    const open = harness.worker.of('open').at(-1);
    assert.deepEqual([open?.handover, open?.wasOpen], ['CAEQAQ==', false]);
  });

  test('what the page itself ends begins anew', async () => {
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.worker.say(updateOf(1));
    harness.client.close(subscription);
    harness.subscribe();
    await harness.settle();
    assert.isFalse(harness.worker.of('open').at(-1)?.wasOpen);
  });

  test('a page that comes back from the cache takes its note away', async () => {
    await opened();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    leave();
    harness.page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    assert.equal(harness.storage.map.size, 0);
  });

  for (const text of [
    '',
    'latest',
    '<script>alert(1)</script>',
    'CAEQAQ==&x-api-key=1',
    `${'CAEQ'.repeat(100)}`,
    'A'.repeat(1_000_000),
  ]) {
    test(`what is no message id (${text.slice(0, 24)}) is no hand-over, and is removed`, async () => {
      harness.storage.map.set(KEY, text);
      assert.isUndefined(await opened());
      assert.equal(harness.storage.map.size, 0);
    });
  }

  test('storage whose every use throws means no hand-over and nothing else', async () => {
    harness.storage.failure = new DOMException('full', 'QuotaExceededError');
    assert.isUndefined(await opened());
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    leave();
    assert.equal(harness.worker.orders.at(-1), 'lifecycle');
  });

  test('storage whose property access throws means no hand-over and nothing else', async () => {
    harness.storageAccess = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    assert.isUndefined(await opened());
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    leave();
    assert.equal(harness.worker.orders.at(-1), 'lifecycle');
  });

  test('the key is never written', async () => {
    await opened();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    leave();
    assert.notInclude(JSON.stringify([...harness.storage.map]), 'canary');
  });
});
