import { assert, fixtureCleanup } from '@open-wc/testing';
import { FEED_EXAMPLES, feedView } from '../../demo/gallery-states.js';
import { widgetError } from '../../src/protocol/errors.js';
import type { FeedRow, FeedView, InteractionRow } from '../../src/protocol/views.js';
import { until } from '../support/wait.js';
import {
  allInside,
  clock,
  feedFixture,
  heard,
  inside,
  resetClock,
  type StillFeed,
  wordsIn,
} from './support/still-elements.js';

function example(name: string): FeedView {
  const view = FEED_EXAMPLES.find((candidate) => candidate.name === name)?.state.view;
  if (view === undefined) throw new Error(`the gallery has no ${name}`);
  return view;
}

const LIVE = { kind: 'live', since: 0 } as const;

async function showing(
  view: FeedView,
  attributes: Readonly<Record<string, string>> = {},
): Promise<StillFeed> {
  const feed = await feedFixture(attributes);
  feed.still.show({ connection: LIVE, lastMessageAt: clock.now, view });
  await feed.updateComplete;
  return feed;
}

async function after(feed: StillFeed, ms: number): Promise<void> {
  clock.now += ms;
  feed.requestUpdate();
  await feed.updateComplete;
}

const rowIds = (feed: StillFeed): readonly (string | undefined)[] =>
  allInside(feed, '.row').map((row) => row.dataset['row']);

const PLAIN_ROWS = feedView({}).rows;

function withId(id: string, phase: FeedRow['phase'] = 'live'): FeedRow {
  return { ...(PLAIN_ROWS[0] as InteractionRow), id, phase };
}

/** As the browser does it, and also where the window has no focus and so fires nothing (Firefox without a screen). */
function moveFocus(target: HTMLElement, type: 'focusin' | 'focusout'): void {
  target.dispatchEvent(new FocusEvent(type, { bubbles: true, composed: true }));
}

function hide(isHidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: isHidden ? 'hidden' : 'visible',
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

suite('the feed', () => {
  setup(resetClock);
  teardown(() => {
    fixtureCleanup();
    Reflect.deleteProperty(document, 'visibilityState');
  });

  suite('timers', () => {
    test('come from timestamps: time in state, time with the customer, time in the phase', async () => {
      const feed = await showing(example('on call, a chat beside it, a row open'));
      assert.equal(wordsIn(feed, '.status-time .timer'), '2:18');
      assert.equal(wordsIn(feed, '.card .timer'), '2:18');
      assert.include(wordsIn(feed, '.legend .running'), '1:40');
      await after(feed, 61_000);
      assert.equal(wordsIn(feed, '.status-time .timer'), '3:19');
      assert.equal(wordsIn(feed, '.card .timer'), '3:19');
      assert.include(wordsIn(feed, '.legend .running'), '2:41');
    });

    test('turn by themselves, once a second', async () => {
      const feed = await showing(example('available, quiet'));
      clock.now += 1000;
      await until('the next second', () => wordsIn(feed, '.status-time .timer') === '4:13', 3000);
    });

    test('a clock that runs behind the service takes nothing away from what is known', async () => {
      clock.now -= 3_600_000;
      const feed = await showing(example('on call, a chat beside it, a row open'));
      assert.equal(wordsIn(feed, '.status-time .timer'), '0:00');
      assert.equal(wordsIn(feed, '.card .timer'), '0:38');
    });

    test('stand still while the document is hidden and are right when it is shown again', async () => {
      const feed = await showing(example('available, quiet'));
      let updates = 0;
      feed.addController({ hostUpdated: () => void updates++ });
      hide(true);
      await feed.updateComplete;
      const atHide = updates;
      clock.now += 60_000;
      // The barrier: a timer set now, due after the next tick would have been.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      assert.equal(updates, atHide);
      hide(false);
      await feed.updateComplete;
      assert.equal(wordsIn(feed, '.status-time .timer'), '5:12');
    });

    test('digits that turn are kept from screen readers, which get a fixed time', async () => {
      const feed = await showing(example('wrap-up'));
      for (const timer of allInside(feed, '.timer')) assert.equal(timer.getAttribute('aria-hidden'), 'true');
      assert.include(wordsIn(feed, '.card-time .sr'), 'since 14:02');
    });
  });

  suite('ringing', () => {
    test('counts up to the limit, in digits and in a bar, and stops there', async () => {
      const feed = await showing(example('ringing, rows from while you were away'));
      assert.equal(wordsIn(feed, '.card .timer'), '7 / 30 s');
      assert.equal(inside(feed, '.ring-bar .fill').getAttribute('width'), '24.00');
      await after(feed, 60_000);
      assert.equal(wordsIn(feed, '.card .timer'), '30 / 30 s');
      assert.equal(inside(feed, '.ring-bar .fill').getAttribute('width'), '100.00');
    });

    test('without a limit shows the time it has rung', async () => {
      const view = example('ringing, rows from while you were away');
      const feed = await showing({
        ...view,
        live: view.live.map((card) => ({ ...card, ringLimitMs: undefined })),
      });
      assert.equal(wordsIn(feed, '.card .timer'), '0:07');
      assert.lengthOf(allInside(feed, '.ring-bar'), 0);
    });
  });

  suite('history', () => {
    test('names of days stand between the rows', async () => {
      const feed = await showing(feedView({}));
      assert.deepEqual(
        allInside(feed, '.day').map(({ textContent }) => textContent?.replace(',', '')),
        // Engines differ about the comma.
        ['Today', 'Yesterday', 'Sun 10 May'],
      );
    });

    test('a row opens and closes by its button, and asks the worker for its steps', async () => {
      const feed = await showing(feedView({}));
      const button = inside<HTMLButtonElement>(feed, '[data-row="r-4"] button');
      assert.equal(button.getAttribute('aria-expanded'), 'false');
      button.click();
      await feed.updateComplete;
      assert.equal(button.getAttribute('aria-expanded'), 'true');
      assert.deepInclude(feed.still.options.request(), { expanded: ['r-4'], hold: 'reading' });
      assert.include(wordsIn(feed, '[data-row="r-4"]'), 'Loading');
      button.click();
      await feed.updateComplete;
      assert.deepInclude(feed.still.options.request(), { expanded: [] });
    });

    test('a gap is one line, and opened says what is there and what to do', async () => {
      const gap: FeedRow = {
        kind: 'gap',
        id: 'gap-1',
        at: clock.now,
        phase: 'missed',
        gap: { kind: 'no-cursor', from: undefined, to: undefined },
      };
      const feed = await showing(feedView({ rows: [gap] }));
      const line = 'No data for a while: the connection ended before the first event';
      assert.equal(wordsIn(feed, '[data-row="gap-1"]'), line);
      const button = inside<HTMLButtonElement>(feed, '[data-row="gap-1"] button');
      assert.equal(button.getAttribute('aria-expanded'), 'false');
      assert.equal(button.tabIndex, 0);
      button.click();
      await feed.updateComplete;
      assert.equal(button.getAttribute('aria-expanded'), 'true');
      assert.equal(
        wordsIn(feed, '[data-row="gap-1"]'),
        `${line} What comes before and after it is not affected. Calls of that time are in the contact centre’s reports.`,
      );
      button.click();
      await feed.updateComplete;
      assert.equal(wordsIn(feed, '[data-row="gap-1"]'), line);
    });

    test('Page Down moves to the next row, Enter opens it', async () => {
      const feed = await showing(feedView({}));
      const [first, second] = allInside(feed, '.row');
      first?.focus();
      first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, composed: true }));
      await feed.updateComplete;
      assert.isTrue(feed.shadowRoot?.activeElement === second);
      assert.equal(second?.tabIndex, 0);
      assert.equal(first?.tabIndex, -1);
      second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
      await feed.updateComplete;
      assert.deepInclude(feed.still.options.request(), { expanded: ['r-2'] });
    });

    test('a tick does not even look at the rows', async () => {
      let looks = 0;
      const row: FeedRow = {
        ...(withId('watched') as InteractionRow),
        get outcome() {
          looks++;
          return { key: 'missed' } as const;
        },
      };
      const feed = await showing(feedView({ rows: [row] }));
      assert.isAbove(looks, 0, 'the row was drawn');
      const drawn = looks;
      await after(feed, 1000);
      assert.equal(wordsIn(feed, '.status-time .timer'), '4:13', 'the tick was drawn');
      assert.equal(looks, drawn);
    });

    test('a row that stays keeps its element when another comes in above', async () => {
      const feed = await showing(feedView({}));
      const kept = inside(feed, '[data-row="r-1"]');
      feed.still.show({ view: feedView({ rows: [withId('new'), ...PLAIN_ROWS] }) });
      await feed.updateComplete;
      assert.equal(rowIds(feed)[0], 'new');
      assert.isTrue(inside(feed, '[data-row="r-1"]') === kept);
      assert.isTrue(inside(feed, '[data-row="new"]').classList.contains('entering'));
      assert.isFalse(kept.classList.contains('entering'));
    });

    test('names that carry markup are text', async () => {
      const name = '<img src=x onerror="window.x8Hacked=1"><b>Ada</b>';
      const row = { ...withId('evil'), caller: { name, number: '<i>1</i>' }, queue: { id: '1', name } };
      const view = example('on call, a chat beside it, a row open');
      const feed = await showing({
        ...view,
        rows: [row as InteractionRow],
        live: view.live.map((card) => ({ ...card, caller: { name, number: undefined } })),
      });
      inside<HTMLButtonElement>(feed, '[data-row="evil"] button').click();
      feed.reasonCodes = { '801=1722': name };
      await feed.updateComplete;
      assert.include(wordsIn(feed, '.live'), '<b>Ada</b>');
      assert.include(wordsIn(feed, '.history'), '<b>Ada</b>');
      assert.lengthOf(allInside(feed, 'img, .live b:not(.legend b), .row-text b'), 0);
      assert.notProperty(window, 'x8Hacked');
    });

    test('names of the host page stand for ids, and an id such as "constructor" finds nothing', async () => {
      const feed = await showing(
        feedView({
          rows: [
            { ...(withId('a') as InteractionRow), queue: { id: '7', name: undefined } },
            { ...(withId('b') as InteractionRow), queue: { id: 'constructor', name: undefined } },
          ],
        }),
      );
      feed.queueNames = { '7': 'Gold line' };
      await feed.updateComplete;
      assert.include(wordsIn(feed, '[data-row="a"]'), 'Gold line');
      assert.include(wordsIn(feed, '[data-row="b"]'), 'Queue constructor');
    });
  });

  suite('while you were away', () => {
    test('stands above the first row that came while no page was there, and goes once it was read', async () => {
      const feed = await feedFixture();
      const unread = heard(feed, 'x8-unread-change');
      feed.still.show({ connection: LIVE, view: example('ringing, rows from while you were away') });
      await feed.updateComplete;
      const history = inside(feed, '.history');
      assert.equal(history.firstElementChild?.textContent, '3 while you were away');
      assert.include(wordsIn(feed, '.day'), 'Today, earlier');
      assert.equal(feed.unread, 3);
      await until('the divider to go', () => allInside(feed, '.divider').length === 0);
      assert.deepEqual(
        unread.map((event) => event.unread),
        [3, 0],
      );
    });

    test('counts rows that come while the document is hidden, not those that come in sight', async () => {
      const feed = await showing(feedView({}));
      feed.still.show({ view: feedView({ rows: [withId('seen'), ...PLAIN_ROWS] }) });
      await feed.updateComplete;
      assert.equal(feed.unread, 0);
      hide(true);
      feed.still.show({ view: feedView({ rows: [withId('unseen'), withId('seen'), ...PLAIN_ROWS] }) });
      await feed.updateComplete;
      assert.equal(feed.unread, 1);
      assert.equal(wordsIn(feed, '.divider'), '1 while you were away');
    });
  });

  suite('standing still', () => {
    test('the pause button holds the list and says so; pressed again it lets go', async () => {
      const feed = await showing(feedView({ heldRows: 12 }));
      const button = inside<HTMLButtonElement>(feed, '.pause');
      assert.equal(button.getAttribute('aria-pressed'), 'false');
      button.click();
      await feed.updateComplete;
      assert.equal(button.getAttribute('aria-pressed'), 'true');
      assert.isTrue(feed.isPaused);
      assert.propertyVal(feed.still.options.request(), 'hold', 'paused');
      assert.equal(wordsIn(feed, '.connection'), 'Paused · 12 held');
      button.click();
      await feed.updateComplete;
      assert.propertyVal(feed.still.options.request(), 'hold', 'none');
      assert.include(wordsIn(feed, '.connection'), 'Live');
    });

    test('P pauses while the focus is inside, unless nohotkeys', async () => {
      const feed = await showing(feedView({}));
      const press = (): boolean =>
        inside(feed, '.pause').dispatchEvent(
          new KeyboardEvent('keydown', { key: 'p', bubbles: true, composed: true }),
        );
      press();
      assert.isTrue(feed.isPaused);
      feed.nohotkeys = true;
      press();
      assert.isTrue(feed.isPaused);
      feed.nohotkeys = false;
      press();
      assert.isFalse(feed.isPaused);
    });

    test('P pressed outside does nothing', async () => {
      const feed = await showing(feedView({}));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
      assert.isFalse(feed.isPaused);
      feed.pause();
      assert.isTrue(feed.isPaused);
    });

    test('scrolled down counts as reading; the pill goes back to the top and lets new rows in', async () => {
      const feed = await showing(feedView({}));
      feed.style.blockSize = '240px';
      const history = inside(feed, '.history');
      history.scrollTop = 100;
      await until('the hold', () => {
        const request = feed.still.options.request();
        return request.kind === 'feed' && request.hold === 'reading';
      });
      feed.still.show({ view: feedView({ heldRows: 4 }) });
      await feed.updateComplete;
      assert.equal(wordsIn(feed, '.pill'), '4 new');
      inside<HTMLButtonElement>(feed, '.pill').click();
      await until('the hold to end', () => {
        const request = feed.still.options.request();
        return request.kind === 'feed' && request.hold === 'none';
      });
      assert.equal(history.scrollTop, 0);
    });

    test('focus inside a row counts as reading', async () => {
      const feed = await showing(feedView({}));
      moveFocus(inside(feed, '.row'), 'focusin');
      assert.propertyVal(feed.still.options.request(), 'hold', 'reading');
      moveFocus(inside(feed, '.row'), 'focusout');
      assert.propertyVal(feed.still.options.request(), 'hold', 'none');
    });

    test('selected text counts as reading', async () => {
      const feed = await showing(feedView({}));
      const title = inside(feed, '.row-title');
      getSelection()?.setBaseAndExtent(title, 0, title, title.childNodes.length);
      await until('the hold', () => {
        const request = feed.still.options.request();
        return request.kind === 'feed' && request.hold === 'reading';
      });
      getSelection()?.removeAllRanges();
      await until('the hold to end', () => {
        const request = feed.still.options.request();
        return request.kind === 'feed' && request.hold === 'none';
      });
    });
  });

  suite('a list that goes while somebody reads it', () => {
    const hold = (feed: StillFeed): string | undefined => {
      const request = feed.still.options.request();
      return request.kind === 'feed' ? request.hold : undefined;
    };

    async function scrolledDown(): Promise<StillFeed> {
      const feed = await showing(feedView({}));
      feed.style.blockSize = '240px';
      inside(feed, '.history').scrollTop = 100;
      await until('the hold', () => hold(feed) === 'reading');
      return feed;
    }

    test('takes the reading with it: another agent’s rows are not held back', async () => {
      const feed = await scrolledDown();
      feed.still.show({ view: undefined, connection: { kind: 'connecting', since: 0 } });
      await feed.updateComplete;
      assert.equal(hold(feed), 'none');
    });

    test('so it is where its rows were cleared', async () => {
      const feed = await scrolledDown();
      feed.still.show({ view: feedView({ rows: [] }) });
      await feed.updateComplete;
      assert.equal(hold(feed), 'none');
    });

    test('a row that had the focus and is a card again is read no more', async () => {
      const rows = [withId('a'), withId('b')];
      const feed = await showing(feedView({ rows }));
      inside(feed, '[data-row="a"]').focus();
      moveFocus(inside(feed, '[data-row="a"]'), 'focusin');
      assert.equal(hold(feed), 'reading');
      feed.still.show({ view: feedView({ rows: rows.slice(1) }) });
      await feed.updateComplete;
      assert.equal(hold(feed), 'none');
    });
  });

  test('rows that are held back are no empty day', async () => {
    const feed = await showing(feedView({ rows: [], heldRows: 2 }));
    feed.pause();
    await feed.updateComplete;
    assert.include(wordsIn(feed), '2 held');
    assert.notInclude(wordsIn(feed), 'No activity');
  });

  test('that no worker could be started is noted for as long as that is so', async () => {
    const feed = await showing(feedView({}));
    const error = widgetError('worker-unavailable', 'No worker could be started. The next try is in 1 min.');
    feed.still.show(
      { connection: { kind: 'idle', since: 0, reason: 'no-worker' }, lastError: error },
      { errors: [error] },
    );
    await feed.updateComplete;
    assert.include(wordsIn(feed, '.note'), 'The next try is in 1 min.');
    feed.still.show({ connection: LIVE });
    await feed.updateComplete;
    assert.lengthOf(allInside(feed, '.note'), 0);
  });

  suite('methods', () => {
    test('reach the controller', async () => {
      const feed = await showing(feedView({}));
      feed.connect();
      feed.disconnect();
      feed.clear();
      await feed.getDiagnostics();
      assert.deepEqual(feed.still.calls, ['connect', 'disconnect', 'clear', 'getDiagnostics']);
    });

    test('since when it is offline is said by the clock of all other times', async () => {
      const feed = await feedFixture();
      const aheadMs = 3_600_000;
      const connection = { kind: 'offline', since: clock.now + aheadMs, retryAt: undefined } as const;
      feed.still.show({ connection, clockSkewMs: aheadMs });
      await feed.updateComplete;
      assert.include(wordsIn(feed, '.connection'), 'Offline since 14:02');
    });

    test('"Try now" reaches the controller', async () => {
      const feed = await feedFixture();
      feed.still.show({ connection: { kind: 'offline', since: clock.now, retryAt: undefined } });
      await feed.updateComplete;
      inside<HTMLButtonElement>(feed, '.connection button').click();
      assert.deepEqual(feed.still.calls, ['retry']);
    });

    test('"Try now" asks for a worker where none could be started', async () => {
      const feed = await feedFixture();
      feed.still.show({ connection: { kind: 'idle', since: clock.now, reason: 'no-worker' } });
      await feed.updateComplete;
      inside<HTMLButtonElement>(feed, '.connection button').click();
      assert.deepEqual(feed.still.calls, ['retry']);
    });

    test('the snapshot is plain data that can be cloned', async () => {
      const view = feedView({});
      const feed = await showing(view);
      assert.deepEqual(structuredClone(feed.getSnapshot()), {
        connection: LIVE,
        lastMessageAt: clock.now,
        view,
      });
    });

    test('a host page that changes its snapshot changes nothing in the widget', async () => {
      const feed = await showing(feedView({ rows: [withId('a row')] }));
      const before = wordsIn(feed);
      const snapshot = feed.getSnapshot();
      Object.assign(snapshot.connection, { kind: 'idle' });
      Object.assign(snapshot.view ?? {}, { rows: [], status: undefined });
      feed.requestUpdate();
      await feed.updateComplete;
      assert.equal(wordsIn(feed), before);
      assert.lengthOf(feed.getSnapshot().view?.rows ?? [], 1);
    });
  });

  test('fifty rows that come again in a new message cost the DOM nothing', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => withId(`row ${index}`));
    const feed = await showing(feedView({ rows }));
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(inside(feed, '.history'), {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    feed.still.show({ view: feedView({ rows: structuredClone(rows) }) });
    await feed.updateComplete;
    changes.push(...observer.takeRecords());
    assert.lengthOf(changes, 0);
    feed.still.show({ view: feedView({ rows: structuredClone(rows.slice(1)) }) });
    await feed.updateComplete;
    changes.push(...observer.takeRecords());
    assert.isAbove(changes.length, 0, 'the barrier: a row less is seen');
  });
});
