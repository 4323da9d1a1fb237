import { assert, fixtureCleanup } from '@open-wc/testing';
import { FEED_EXAMPLES, feedView } from '../../demo/gallery-states.js';
import type { Gap, Position } from '../../src/protocol/connection-status.js';
import { widgetError } from '../../src/protocol/errors.js';
import type { Notice } from '../../src/protocol/messages.js';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import type { InteractionRow } from '../../src/protocol/views.js';
import { clock, feedFixture, heard, resetClock, tileFixture, wordsIn } from './support/still-elements.js';

const CARD = FEED_EXAMPLES[0]?.state.view?.live[0];
if (CARD === undefined) throw new Error('the first example has a card');
const ROW = feedView({}).rows[0] as InteractionRow;
const STATUS = feedView({}).status;
if (STATUS === undefined) throw new Error('the example has a status');

const ENTRY: EventEntry = {
  messageId: 'CAEQAA==',
  publishTime: 1,
  type: 'Odd',
  phase: 'live',
  event: { kind: 'other', name: 'Odd', at: 1, guid: undefined, agentId: undefined },
};

const position = (messageId: string): Position => ({ messageId, publishTime: 1 });

suite('what the host page hears', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  test('each notice becomes its event, with the fields of the notice, in order', async () => {
    const feed = await feedFixture();
    const notices: readonly Notice[] = [
      { kind: 'agent-status', status: STATUS },
      { kind: 'interaction-start', card: CARD },
      { kind: 'interaction-change', card: CARD },
      { kind: 'interaction-end', row: ROW },
    ];
    const types: string[] = [];
    const fields: unknown[] = [];
    for (const type of [
      'x8-agent-status',
      'x8-interaction-start',
      'x8-interaction-change',
      'x8-interaction-end',
    ] as const) {
      feed.parentElement?.addEventListener(type, (event) => {
        types.push(event.type);
        fields.push('status' in event ? event.status : event.interaction);
        assert.isTrue(event.composed);
      });
    }
    feed.still.show({ view: feedView({}) }, { notices });
    assert.deepEqual(types, [
      'x8-agent-status',
      'x8-interaction-start',
      'x8-interaction-change',
      'x8-interaction-end',
    ]);
    assert.deepEqual(fields, [STATUS, CARD, CARD, ROW]);
    assert.deepEqual(structuredClone(fields), [STATUS, CARD, CARD, ROW]);
  });

  test('a screen pop comes once, at the moment that the host has chosen, and can be cancelled', async () => {
    const feed = await feedFixture();
    const pops = heard(feed, 'x8-screen-pop');
    const notices: readonly Notice[] = [
      { kind: 'screen-pop', moment: 'offered', card: CARD },
      { kind: 'screen-pop', moment: 'accepted', card: CARD },
    ];
    feed.still.show({}, { notices });
    assert.deepEqual(
      pops.map(({ moment }) => moment),
      ['offered'],
    );
    assert.isTrue(pops[0]?.cancelable);
    feed.screenPop = 'accepted';
    feed.still.show({}, { notices });
    feed.screenPop = 'off';
    feed.still.show({}, { notices });
    assert.deepEqual(
      pops.map(({ moment }) => moment),
      ['offered', 'accepted'],
    );
  });

  test('x8-events is fired only with emit-events', async () => {
    const feed = await feedFixture();
    const batches = heard(feed, 'x8-events');
    feed.still.show({}, { events: [ENTRY] });
    feed.emitEvents = true;
    feed.still.show({}, { events: [ENTRY, ENTRY] });
    assert.deepEqual(
      batches.map(({ entries }) => entries.length),
      [2],
    );
    assert.propertyVal(feed.still.options.request(), 'wantsEvents', true);
  });

  const GAP_CASES: readonly (readonly [string, readonly Gap[], readonly string[]])[] = [
    [
      'by the event before it',
      [{ kind: 'history-expired', from: position('b'), to: position('c') }],
      ['a b', 'history-expired', 'c d'],
    ],
    [
      'by the event after it, where what came before could not be read',
      [{ kind: 'history-expired', from: position('-'), to: position('c') }],
      ['a b', 'history-expired', 'c d'],
    ],
    [
      'at the end',
      [{ kind: 'position-unknown', from: position('d'), to: undefined }],
      ['a b c d', 'position-unknown'],
    ],
    [
      'before all, where it names none of them',
      [{ kind: 'no-cursor', from: undefined, to: undefined }],
      ['no-cursor', 'a b c d'],
    ],
    [
      'one after the other',
      [
        { kind: 'no-cursor', from: undefined, to: undefined },
        { kind: 'history-expired', from: position('a'), to: position('b') },
        { kind: 'position-refused', from: position('-'), to: undefined },
      ],
      ['no-cursor', 'a', 'history-expired', 'position-refused', 'b c d'],
    ],
  ];
  for (const [place, gaps, expected] of GAP_CASES) {
    test(`gaps come in their place among the events of an update: ${place}`, async () => {
      const feed = await feedFixture({ 'emit-events': '' });
      const said: string[] = [];
      feed.addEventListener('x8-events', ({ entries }) =>
        said.push(entries.map(({ messageId }) => messageId).join(' ')),
      );
      feed.addEventListener('x8-gap', ({ gap }) => said.push(gap.kind));
      const events = ['a', 'b', 'c', 'd'].map((messageId) => ({ ...ENTRY, messageId }));
      feed.still.show({}, { events, gaps });
      assert.deepEqual(said, expected);
    });
  }

  test('a change of state is told once; messages in between are not', async () => {
    const feed = await feedFixture();
    const changes = heard(feed, 'x8-connection-change');
    feed.still.show({ connection: { kind: 'catching-up', since: 0, taken: 1 } });
    feed.still.show({ connection: { kind: 'catching-up', since: 0, taken: 900 } });
    feed.still.show({ connection: { kind: 'live', since: 0 } });
    assert.deepEqual(
      changes.map(({ connection, previous }) => [previous.kind, connection.kind]),
      [
        ['connecting', 'catching-up'],
        ['catching-up', 'live'],
      ],
    );
  });

  test('a gap and an error reach the host and the box', async () => {
    const feed = await feedFixture();
    const gaps = heard(feed, 'x8-gap');
    const errors = heard(feed, 'x8-error');
    const gap = { kind: 'no-cursor', from: undefined, to: undefined } as const;
    const error = widgetError('payload-not-json', 'A message was not JSON.', 'CAEQAA==');
    feed.still.show({ view: feedView({}), lastError: error }, { gaps: [gap], errors: [error] });
    await feed.updateComplete;
    assert.deepEqual(
      gaps.map((event) => event.gap),
      [gap],
    );
    assert.deepEqual(
      errors.map((event) => event.error),
      [error],
    );
    assert.include(wordsIn(feed, '.note'), 'A message was not JSON.');
  });

  test('a set-up that is wrong is an x8-error, once', async () => {
    const feed = await feedFixture();
    const errors = heard(feed, 'x8-error');
    const error = widgetError('unknown-region', 'Region “uk9” is not known.');
    feed.still.show({ setup: { kind: 'invalid', error } });
    await feed.updateComplete;
    feed.requestUpdate();
    await feed.updateComplete;
    assert.deepEqual(
      errors.map((event) => event.error.code),
      ['unknown-region'],
    );
  });

  test('a ringing call is announced in one sentence, the rows in the list are not', async () => {
    const feed = await feedFixture();
    feed.still.show({ view: feedView({}) });
    await feed.updateComplete;
    assert.equal(wordsIn(feed, '[role="status"]'), '');
    feed.still.show(
      { view: feedView({ live: [CARD] }) },
      { notices: [{ kind: 'interaction-start', card: CARD }] },
    );
    await feed.updateComplete;
    assert.equal(wordsIn(feed, '[role="status"]'), 'Offered: Ada Byron · Customer Service · waited 1:12');
  });

  test('the agent’s own work state is not announced, a break is', async () => {
    const feed = await feedFixture();
    feed.still.show({}, { notices: [{ kind: 'agent-status', status: { ...STATUS, status: 7 } }] });
    await feed.updateComplete;
    assert.equal(wordsIn(feed, '[role="status"]'), '');
    feed.still.show({}, { notices: [{ kind: 'agent-status', status: { ...STATUS, status: 3 } }] });
    await feed.updateComplete;
    assert.equal(wordsIn(feed, '[role="status"]'), 'On break');
  });

  test('the tile tells its numbers when they have changed', async () => {
    const tile = await tileFixture();
    const told = heard(tile, 'x8-metrics');
    const { TILE_EXAMPLES } = await import('../../demo/gallery-states.js');
    const view = TILE_EXAMPLES[0]?.state.view;
    assert.isDefined(view);
    tile.still.show({ view });
    tile.still.show({ lastMessageAt: clock.now });
    assert.deepEqual(
      told.map(({ metrics }) => metrics),
      [view],
    );
  });
});
