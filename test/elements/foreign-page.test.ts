/** Worry: on a page of another language the widget's words are read wrongly, by eyes and by a screen reader. */
import { assert, fixtureCleanup } from '@open-wc/testing';
import { feedFixture, inside, resetClock, tileFixture } from './support/still-elements.js';

const { documentElement: page } = document;

suite('a page that is written from right to left', () => {
  setup(() => {
    resetClock();
    page.dir = 'rtl';
    page.lang = 'he';
  });
  teardown(() => {
    fixtureCleanup();
    page.removeAttribute('dir');
    page.removeAttribute('lang');
  });

  test('has the words of both elements in their own language and direction', async () => {
    for (const element of [await feedFixture(), await tileFixture()]) {
      const frame = inside(element, '.frame');
      assert.equal(frame.lang, 'en', 'for the voice of a screen reader');
      assert.equal(getComputedStyle(frame).direction, 'ltr');
    }
  });

  test('keeps the start of a state that is too long for the connection line', async () => {
    const feed = await feedFixture({ 'agent-id': 'ag1' });
    feed.style.inlineSize = '240px';
    const cause = { kind: 'never-opened' } as const;
    feed.still.show({
      connection: { kind: 'reconnecting', since: 0, attempt: 3, retryAt: undefined, cause },
    });
    await feed.updateComplete;
    const line = inside(feed, '.connection p').getBoundingClientRect();
    const state = inside(feed, '.connection-state').getBoundingClientRect();
    assert.isAtLeast(state.left, line.left);
  });

  test('reads what it puts into a widget itself as it reads the rest', async () => {
    const feed = await feedFixture({ 'agent-id': 'ag1' });
    const own = document.createElement('span');
    own.slot = 'header-start';
    own.textContent = 'שלום.';
    feed.append(own);
    assert.equal(getComputedStyle(own).direction, 'rtl');
    page.dir = 'ltr';
    assert.equal(getComputedStyle(own).direction, 'ltr');
  });
});
