/** Worry: does a widget look like itself in a frame's or a pop-up's document, which its script does not run in? */
import { assert, fixtureCleanup } from '@open-wc/testing';
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
});
