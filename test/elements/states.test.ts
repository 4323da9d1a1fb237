import { assert, fixtureCleanup } from '@open-wc/testing';
import { FEED_EXAMPLES, TILE_EXAMPLES } from '../../demo/gallery-states.js';
import { feedFixture, resetClock, tileFixture, wordsIn } from './support/still-elements.js';

/** What a reader must find in each state of the feed, by the gallery's name for it. */
const FEED_WORDS: Readonly<Record<string, readonly string[]>> = {
  'ringing, rows from while you were away': [
    'Being offered',
    'Ringing',
    '7 / 30 s',
    '3 while you were away',
    'waited 1:12',
  ],
  'on call, a chat beside it, a row open': [
    'Handling',
    'On call',
    'Chat',
    'Guest 4471',
    '13:29:01',
    'Waiting in Billing',
    'Answered after 0:04',
  ],
  'on hold and muted': ['On hold', 'muted', 'rec', 'priority 80'],
  'wrap-up': ['Wrap-up', 'wrap 0:21'],
  'available, quiet': ['Available', 'Live · quiet for 12 min', 'On break – Lunch'],
  'on break with a reason': ['On break – Lunch', '18:00', 'Live · 31 s ago'],
  'paused, 12 held': ['Paused · 12 held'],
  'reading further down, 4 new': ['4 new'],
  'a gap in its place': ['No data 13:52–13:55'],
  'a gap in its place, opened': [
    'No data 13:52–13:55: the service no longer has it',
    'What comes before and after it is not affected',
    'Calls of that time are in the contact centre’s reports.',
  ],
  'a gap over a night': [
    'Today',
    'No data Mon',
    '11 May 18:02 – Tue',
    '12 May 13:53: the service no longer',
    'Yesterday',
  ],
  connecting: ['Connecting…', 'Loading'],
  'connecting for a while, details open': [
    'Connecting… · 32 s',
    'Connecting for 32 s. No connection has come about yet. What came so far stays.',
    'A try is given up after 45 s at the latest, and the next one follows by itself.',
  ],
  'catching up': ['Catching up · 240'],
  'live, empty': ['No activity yet today.', 'New calls appear here at once.'],
  'live, nothing for ten minutes': ['Nothing yet.', 'check region and agent id', 'Status unknown'],
  reconnecting: ['Reconnecting · 3rd try in 4 s', 'Try now', '~2:18'],
  'the browser holds the try back, details open': [
    'Browser may wait · 10th try in 12 s',
    'What came so far stays',
    'After failures the browser probably waits as well',
  ],
  offline: ['Offline since 14:01', 'Try now'],
  'cannot connect': [
    'Can’t connect · 5th try in 8 s',
    'The browser hides the reason.',
    'Copy diagnostics',
    'Try now',
  ],
  'the service can’t be reached, details open': ['VPN, proxy or firewall', 'Copy diagnostics', '5th try'],
  'access refused': [
    'Access refused · 4th try in 4 min',
    'the key, the tenant name, the key’s permission, the topic',
    'Copy diagnostics',
  ],
  'live, details open': ['Nothing is known to be wrong', 'Copy diagnostics'],
  'live without a worker, details open': [
    'Nothing is known to be wrong',
    'Runs in the page’s own thread',
    'add worker-src blob: or set worker-url.',
  ],
  'blocked by the page’s policy': ['security policy', 'connect-src wss://pulsar-ws-euw2.8x8.com'],
  'an https page and a ws: endpoint': ['An https page needs a wss: endpoint.', 'changes its endpoint'],
  'disconnected by the page, details open': [
    'This page has ended the connection. What came so far stays. Nothing new comes until “Connect”.',
    'Not connected Connect',
  ],
  'disconnected by the page on an empty day': ['This page has ended the connection.', 'Connect'],
  'no worker could be started': [
    'The widget could not start its worker. Nothing is read now.',
    'tries again by itself',
    'The next try is in 1 min.',
    'Not running Try now',
  ],
  'reconnecting on an empty day': [
    'The connection is made anew.',
    'asks for what it missed',
    '1st try in 2 s',
  ],
  ended: ['Ended', 'nothing more will come'],
  'not set up': ['Choose an agent to show.', 'Missing: region or endpoint, tenant, agent-id or topic'],
  'set up wrongly': ['Something is wrong', 'Region “uk9” is not known', 'unknown-region'],
  'storage on memory': [
    'No storage on this page. After a reload only new events are shown. All else goes on.',
    'Let the browser keep data here, then reload.',
  ],
  'a wrong attribute, a message that could not be read': [
    'Attribute max-items: “-1” is not a whole number from 1 to 500. Using 50.',
  ],
};

const TILE_WORDS: Readonly<Record<string, readonly string[]>> = {
  'over target': [
    'Support',
    '7',
    '2:41',
    'over target',
    'SL 82%',
    'target 80%',
    '41 answered',
    '2 abandoned (4%)',
    'since 09:12 · partial',
  ],
  calm: ['0:00', 'since 09:12'],
  'near target': ['near target', 'below target', '74%'],
  'few calls': ['few calls'],
  'nothing known yet': ['– answered', '– abandoned', 'SL –', 'no data yet'],
  reconnecting: ['Reconnecting · 2nd try in 3 s'],
  'old numbers': ['as of 14:01:11'],
  connecting: ['Connecting… · 12 s', '–'],
  unstable: ['as of 14:01:11'],
  'nothing for ten minutes': ['check region and agent id'],
  ended: ['nothing more will come', 'as of 14:01:11'],
  'disconnected by the page': ['This page has ended the connection.', 'as of 14:01:11'],
  'access refused': ['Access refused', 'The service refuses access.', 'the key, the tenant name'],
  'no queue': ['Choose a queue to show.', 'Missing: queue-id'],
  'set up wrongly': ['Something is wrong', 'may not contain'],
};

suite('every state says its words and can be used by everybody', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  for (const scheme of ['light', 'dark']) {
    for (const example of FEED_EXAMPLES) {
      test(`feed, ${scheme}: ${example.name}`, async () => {
        const feed = await feedFixture({ scheme, 'agent-id': 'ag1', ...example.attributes });
        feed.reasonCodes = { '801=1722': 'Lunch' };
        feed.still.show(example.state, example.news);
        await feed.updateComplete;
        example.prepare?.(feed);
        await feed.updateComplete;
        const words = wordsIn(feed);
        const expected = FEED_WORDS[example.name];
        assert.isDefined(expected, 'every example of the gallery has words to look for');
        for (const part of expected ?? []) assert.include(words, part);
        await assert.isAccessible(feed);
      });
    }

    test(`feed, ${scheme}, 320 px: no word of the line at the foot is cut off`, async () => {
      for (const example of FEED_EXAMPLES) {
        const feed = await feedFixture({ scheme, 'agent-id': 'ag1', ...example.attributes });
        feed.style.inlineSize = '320px';
        feed.still.show(example.state);
        await feed.updateComplete;
        const line = feed.shadowRoot?.querySelector('.connection p');
        if (line)
          assert.isAtMost(line.scrollWidth, line.clientWidth, `${example.name}: ${String(line.textContent)}`);
      }
    });

    for (const example of TILE_EXAMPLES) {
      test(`tile, ${scheme}: ${example.name}`, async () => {
        const tile = await tileFixture({
          scheme,
          'sla-target': '80',
          'sla-threshold': '120',
          ...example.attributes,
        });
        tile.style.inlineSize = '280px';
        tile.still.show(example.state);
        await tile.updateComplete;
        const words = wordsIn(tile);
        const expected = TILE_WORDS[example.name];
        assert.isDefined(expected, 'every example of the gallery has words to look for');
        for (const part of expected ?? []) assert.include(words, part);
        const hasNumbers = example.state.view?.waiting !== undefined;
        if (hasNumbers) assert.notInclude(words, 'Nothing yet', 'beside numbers');
        await assert.isAccessible(tile);
      });
    }
  }
});
