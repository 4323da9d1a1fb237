/** Worry: does a widget look like itself in a frame's or a pop-up's document, which its script does not run in? */
import { assert, fixtureCleanup } from '@open-wc/testing';
import { feedView } from '../../demo/gallery-states.js';
import type { FeedRow } from '../../src/protocol/views.js';
import { until } from '../support/wait.js';
import { feedFixture, inside, resetClock, StillFeed } from './support/still-elements.js';

suite('documents other than the script’s own', () => {
  let frame: HTMLIFrameElement;

  setup(() => {
    resetClock();
    frame = document.createElement('iframe');
    document.body.append(frame);
  });
  teardown(() => {
    frame.remove();
    fixtureCleanup();
  });

  function otherBody(): HTMLElement {
    const { contentDocument } = frame;
    if (contentDocument === null) throw new Error('the frame has no document');
    return contentDocument.body;
  }

  const border = (feed: StillFeed): string => getComputedStyle(inside(feed, '.frame')).borderTopStyle;

  test('a feed that is moved into another document keeps its look, and has it when it comes back', async () => {
    const feed = await feedFixture();
    const home = feed.parentElement;
    assert.equal(border(feed), 'solid');
    otherBody().append(feed);
    assert.equal(border(feed), 'solid');
    home?.append(feed);
    assert.equal(border(feed), 'solid');
  });

  test('a feed that is made here and put into another document shows there, and throws nothing', async () => {
    const feed = new StillFeed();
    otherBody().append(feed);
    // An exception while it is put in would be the page's, and fail this test.
    await feed.updateComplete;
    assert.equal(border(feed), 'solid');
  });

  test('a feed that waits in a document without a window is drawn once it leaves it', async () => {
    const parsed = document.implementation.createHTMLDocument();
    const feed = new StillFeed();
    parsed.body.append(feed);
    document.body.append(feed);
    await feed.updateComplete;
    assert.equal(border(feed), 'solid');
    feed.remove();
  });

  /** Seconds are told to whoever draws; a feed that is not drawn needs none. */
  function countUpdates(feed: StillFeed): () => number {
    let updates = 0;
    feed.requestUpdate = () => updates++;
    return () => updates;
  }

  async function otherFeed(): Promise<StillFeed> {
    const feed = new StillFeed();
    otherBody().append(feed);
    feed.still.show({ connection: { kind: 'live', since: 0 }, view: feedView({}) });
    await feed.updateComplete;
    return feed;
  }

  test('P that is typed into a field of another document, put into a slot of the feed, is text', async () => {
    const feed = await otherFeed();
    const field = otherBody().ownerDocument.createElement('input');
    field.slot = 'header-end';
    feed.append(field);
    await feed.updateComplete;
    const press = (target: Element): boolean =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true, composed: true }));
    press(field);
    assert.isFalse(feed.isPaused);
    press(inside(feed, '.pause'));
    assert.isTrue(feed.isPaused);
  });

  test('a feed in the sight of another document is seen, and counts, while its script’s own is hidden', async () => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    try {
      const feed = await otherFeed();
      const { rows } = feedView({});
      feed.still.show({
        view: feedView({
          rows: rows.map((row): FeedRow => ({ ...row, id: `new ${row.id}`, phase: 'live' })),
        }),
      });
      await feed.updateComplete;
      assert.equal(feed.unread, 0);
      const updates = countUpdates(feed);
      await until('a second to be counted', () => updates() > 0, 3_000);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  test('text that is selected in another document counts as reading', async () => {
    const feed = await otherFeed();
    const title = inside(feed, '.row-title');
    const selection = otherBody().ownerDocument.getSelection();
    const hold = (): string | undefined => {
      const request = feed.still.options.request();
      return request.kind === 'feed' ? request.hold : undefined;
    };
    selection?.setBaseAndExtent(title, 0, title, title.childNodes.length);
    await until('the hold', () => hold() === 'reading');
    selection?.removeAllRanges();
    await until('the hold to end', () => hold() === 'none');
  });

  test('a feed whose frame is gone counts no seconds any more', async () => {
    const gone = new StillFeed();
    otherBody().append(gone);
    await gone.updateComplete;
    frame.remove();
    const updates = countUpdates(gone);
    const feed = await feedFixture();
    const others = countUpdates(feed);
    await until('two seconds to be counted elsewhere', () => others() > 1, 4_000);
    assert.equal(updates(), 0);
  });

  test('a feed that comes into another document calls off no timer of that document’s page', async () => {
    const feed = await feedFixture();
    const { contentWindow } = frame;
    if (contentWindow === null) throw new Error('the frame has no window');
    const calledOff: unknown[] = [];
    contentWindow.clearTimeout = (timer) => calledOff.push(timer);
    otherBody().append(feed);
    await feed.updateComplete;
    assert.deepEqual(
      calledOff.filter((timer) => timer !== undefined),
      [],
    );
  });

  test('a feed that is saved from a frame which shows a stranger’s page by now throws nothing', async () => {
    const feed = new StillFeed();
    otherBody().append(feed);
    await feed.updateComplete;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.sandbox.add('allow-scripts');
    frame.srcdoc = '<title>A stranger</title>';
    await loaded;
    document.body.append(feed);
    await feed.updateComplete;
    assert.equal(border(feed), 'solid');
    const updates = countUpdates(feed);
    await until('a second to be counted', () => updates() > 0, 3_000);
    feed.remove();
  });
});
