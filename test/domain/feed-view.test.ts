/** What a feed shows: rows newest first, once each, held while somebody reads, with statuses and gaps in their place. */
import { assert } from '@open-wc/testing';
import type { EventRow, FeedRequest, FeedRow } from '../../src/protocol/views.js';
import {
  AGENT,
  attached,
  entryOf,
  feedRequest,
  OTHER_AGENT,
  read,
  readInteraction,
  Story,
  T0,
  type Fields,
} from './payloads.js';

const GAP = { kind: 'history-expired', from: undefined, to: undefined } as const;

class Feed extends Story {
  readonly #request: FeedRequest;

  constructor(request: Partial<FeedRequest> = {}) {
    const whole = feedRequest({ agentId: AGENT, ...request });
    super(whole);
    this.#request = whole;
  }

  change(request: Partial<FeedRequest>): this {
    this.model.watch(1, { ...this.#request, ...request });
    return this;
  }

  /** A missed offer: the shortest interaction that leaves a row. */
  missed(guid: string, seconds: number, phase: 'live' | 'missed' | 'replayed' = 'live'): this {
    for (const [event, after] of [
      ['InteractionAssigned', 0],
      ['InteractionRejected', 1],
    ] as const) {
      const fields: Fields = {
        event,
        interactionGUID: guid,
        agentId: AGENT,
        msgInfo: { timestamp: T0 + (seconds + after) * 1_000 },
      };
      this.model.take(entryOf(readInteraction(fields), phase));
    }
    return this;
  }

  ids(): readonly string[] {
    return this.feed().rows.map(({ id }) => id);
  }
}

suite('rows', () => {
  test('are newest first, at most maxItems', () => {
    const feed = new Feed({ maxItems: 2 }).missed('a', 0).missed('b', 10).missed('c', 20);
    assert.deepEqual(feed.ids(), ['i:c', 'i:b']);
  });

  test('stand where they ended: a long chat that ends now is at the top', () => {
    const feed = new Feed();
    const chat = (event: string, seconds: number) =>
      feed.model.take(
        entryOf(
          readInteraction({
            event,
            interactionGUID: 'chat',
            agentId: AGENT,
            msgInfo: { timestamp: T0 + seconds * 1_000 },
          }),
        ),
      );
    chat('InteractionAccepted', 0);
    feed.missed('call', 60);
    chat('InteractionDeleted', 600);
    assert.deepEqual(feed.ids(), ['i:chat', 'i:call']);
    assert.equal(feed.feed().rows[0]?.at, T0 + 600_000);
  });

  test('carry the phase of their newest event, and the missed ones are counted', () => {
    const feed = new Feed().missed('a', 0, 'replayed').missed('b', 10, 'missed').missed('c', 20, 'missed');
    feed.missed('d', 30);
    assert.deepEqual(
      feed.feed().rows.map(({ phase }) => phase),
      ['live', 'missed', 'missed', 'replayed'],
    );
    assert.equal(feed.feed().missedRows, 2);
  });

  test('a gap has its place', () => {
    const feed = new Feed().missed('a', 0);
    feed.model.gap(GAP, T0 + 60_000, 'live');
    feed.missed('b', 120);
    const rows = feed.feed().rows;
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['interaction', 'gap', 'interaction'],
    );
    assert.equal(rows[1]?.at, T0 + 60_000);
  });

  test('a gap alone is news', () => {
    const feed = new Feed();
    assert.lengthOf(feed.feed().rows, 0);
    feed.model.gap(GAP, T0, 'live');
    assert.lengthOf(feed.feed().rows, 1);
  });

  test('an unknown event and a skill change are rows; a technical one is not', () => {
    const feed = new Feed();
    feed.tell({ NewThing: { event: 'ShiftSwapped', msgInfo: { timestamp: T0 } } });
    feed.tell({ ClientCheck: { heartbeat: '[HEARTBEAT]' } });
    feed.tell({
      AgentProvChange: {
        agentId: AGENT,
        event: 'AgentSkillChanged',
        enabled: 'no',
        msgInfo: { timestamp: T0 + 1_000 },
        tenantSkillId: 'tenant01-email-3086-de6fd357-76b1-4587-ab7b-86b31357f56c',
      },
    });
    assert.deepEqual(
      feed.feed().rows.map((row) => (row as EventRow).sentence),
      [
        { key: 'skill', media: 'email', isEnabled: false },
        { key: 'event-name', words: 'Shift swapped' },
      ],
    );
  });

  test('steps come only for rows that are opened', () => {
    const feed = new Feed({ expanded: ['i:b'] }).missed('a', 0).missed('b', 10);
    const steps = Object.fromEntries(
      feed.feed().rows.map((row) => [row.id, row.kind === 'interaction' ? row.steps?.length : 0]),
    );
    assert.deepEqual(steps, { 'i:a': undefined, 'i:b': 2 });
  });

  test('callers are masked as the view asks', () => {
    const caller = attached({ remoteCallingName: 'Ada Byron', remotePhoneNum: '+447799147855' });
    const feed = new Feed({ mask: 'all' }).at(0, 'InteractionAssigned', {
      agentId: AGENT,
      attachedData: caller,
    });
    assert.deepEqual(feed.feed().live[0]?.caller, { name: 'A••• B•••', number: '+44 ••• ••• 855' });
    feed.change({ mask: 'none', expanded: ['i:x'] });
    assert.deepEqual(feed.feed().live[0]?.caller, { name: 'Ada Byron', number: '+447799147855' });
  });
});

suite('live cards', () => {
  test('the oldest ringing first, then by start', () => {
    const feed = new Feed();
    const tell = (guid: string, event: string, seconds: number) =>
      feed.model.take(
        entryOf(
          readInteraction({
            event,
            interactionGUID: guid,
            agentId: AGENT,
            msgInfo: { timestamp: T0 + seconds * 1_000 },
          }),
        ),
      );
    tell('talk-2', 'InteractionAccepted', 2);
    tell('talk-1', 'InteractionAccepted', 1);
    tell('ring-2', 'InteractionAssigned', 9);
    tell('ring-1', 'InteractionAssigned', 8);
    assert.deepEqual(
      feed.feed().live.map(({ guid }) => guid),
      ['ring-1', 'ring-2', 'talk-1', 'talk-2'],
    );
  });
});

suite('statuses', () => {
  test('the chip shows the newest, since statusEventTS', () => {
    const feed = new Feed().status(10, 5, { statusEventTS: T0 / 1_000 + 8, newReasonCodeUser: '801=1722' });
    assert.deepEqual(feed.feed().status, {
      agentId: AGENT,
      status: 5,
      since: T0 + 8_000,
      reason: { listId: '801', itemId: '1722' },
      tone: 'away',
    });
  });

  test('an older message that comes late changes neither state nor time', () => {
    const feed = new Feed().status(10, 3).status(5, 4);
    assert.propertyVal(feed.feed().status, 'status', 3 as never);
    assert.propertyVal(feed.feed().status, 'since', (T0 + 10_000) as never);
  });

  test('a repeated message does not restart the clock', () => {
    const feed = new Feed().status(10, 3).status(40, 3);
    assert.propertyVal(feed.feed().status, 'since', (T0 + 10_000) as never);
    assert.lengthOf(feed.feed().rows, 1);
  });

  test('nor do more repeated messages than are kept', () => {
    const feed = new Feed();
    for (let repeat = 0; repeat < 30; repeat += 1) feed.status(10 + repeat, 3);
    assert.propertyVal(feed.feed().status, 'since', (T0 + 10_000) as never);
    assert.lengthOf(feed.feed().rows, 1);
  });

  test('two states in one second: the later message wins, and a copy of the first changes nothing', () => {
    const feed = new Feed().status(10, 6).status(10, 7);
    assert.propertyVal(feed.feed().status, 'status', 7 as never);
    feed.status(10, 6);
    assert.propertyVal(feed.feed().status, 'status', 7 as never);
  });

  test('another reason is another state', () => {
    const feed = new Feed()
      .status(10, 3, { newReasonCodeUser: '801=1' })
      .status(40, 3, { newReasonCodeUser: '801=2' });
    assert.lengthOf(feed.feed().rows, 2);
  });

  test('nothing is known before the stream has said something', () => {
    assert.isUndefined(new Feed().feed().status);
  });

  test('the chip is of the agent asked for, or of the newest event’s', () => {
    const other: Fields = { agentId: OTHER_AGENT };
    const mine = new Feed().status(1, 4).status(2, 3, other);
    assert.propertyVal(mine.feed().status, 'agentId', AGENT as never);
    const any = new Feed({ agentId: undefined }).status(1, 4).status(2, 3, other);
    assert.propertyVal(any.feed().status, 'agentId', OTHER_AGENT as never);
  });

  const told = (feed: Feed) =>
    feed
      .feed()
      .rows.filter((row): row is EventRow => row.kind === 'event')
      .map(({ sentence }) => (sentence.key === 'agent-status' ? sentence.status : -1));

  test("the agent's own work is no row, nor being available right after it", () => {
    const feed = new Feed();
    for (const [index, code] of [4, 6, 7, 8, 4, 6, 4].entries()) feed.status(index, code);
    assert.deepEqual(told(feed), [4]);
  });

  test('breaks, offline, log in and out are rows, and being available after them is', () => {
    const feed = new Feed();
    for (const [index, code] of [2, 4, 3, 4, 5, 4, 1].entries()) feed.status(index, code);
    assert.deepEqual(told(feed), [1, 4, 5, 4, 3, 4, 2]);
  });

  test('a row says how long the state lasted once the next one came', () => {
    const feed = new Feed().status(0, 3, { newReasonCodeUser: '801=1' });
    assert.isUndefined((feed.feed().rows[0] as EventRow).durationMs);
    feed.status(663, 4);
    assert.equal((feed.feed().rows[1] as EventRow).durationMs, 663_000);
  });

  test('a late message puts the rows right', () => {
    // Available (4) after a break seemed a row; that handling (7) came between was told late.
    const feed = new Feed().status(0, 3).status(30, 4);
    assert.deepEqual(told(feed), [4, 3]);
    feed.status(20, 7);
    assert.deepEqual(told(feed), [3]);
    assert.equal((feed.feed().rows[0] as EventRow).durationMs, 20_000);
  });

  const TONES: readonly (readonly [number, string])[] = [
    [0, 'neutral'],
    [1, 'off'],
    [2, 'neutral'],
    [3, 'away'],
    [4, 'good'],
    [5, 'away'],
    [6, 'ring'],
    [7, 'busy'],
    [8, 'hold'],
    [9, 'busy'],
    [10, 'busy'],
    [11, 'busy'],
  ];
  for (const [code, tone] of TONES) {
    test(`code ${code} has the tone ${tone}`, () => {
      assert.propertyVal(new Feed().status(0, code).feed().status, 'tone', tone as never);
    });
  }
});

suite('holding still', () => {
  for (const hold of ['paused', 'reading'] as const) {
    test(`${hold}: rows stand still and new ones are counted`, () => {
      const feed = new Feed().missed('a', 0);
      feed.change({ hold }).missed('b', 10).missed('c', 20);
      assert.deepEqual(feed.ids(), ['i:a']);
      assert.equal(feed.feed().heldRows, 2);
      feed.change({ hold: 'none' });
      assert.deepEqual(feed.ids(), ['i:c', 'i:b', 'i:a']);
      assert.equal(feed.feed().heldRows, 0);
    });
  }

  test('from reading to paused the same rows stay', () => {
    const feed = new Feed().missed('a', 0);
    feed.change({ hold: 'reading' }).missed('b', 10);
    feed.change({ hold: 'paused' });
    assert.deepEqual(feed.ids(), ['i:a']);
    assert.equal(feed.feed().heldRows, 1);
  });

  test('live cards go on', () => {
    const feed = new Feed().change({ hold: 'paused' });
    feed.at(0, 'InteractionAssigned', { agentId: AGENT });
    assert.equal(feed.feed().live[0]?.state, 'ringing');
    feed.at(5, 'InteractionAccepted', { agentId: AGENT });
    assert.equal(feed.feed().live[0]?.state, 'on-call');
  });

  test('a row can be opened while the list stands still', () => {
    const feed = new Feed().missed('a', 0);
    feed.change({ hold: 'reading' }).missed('b', 10);
    feed.change({ hold: 'reading', expanded: ['i:a'] });
    const [row] = feed.feed().rows;
    assert.equal(row?.kind === 'interaction' ? row.steps?.length : 0, 2);
  });
});

suite('clearing', () => {
  test('drops the rows so far, not the live cards', () => {
    const feed = new Feed().missed('a', 0);
    feed.at(5, 'InteractionAccepted', { agentId: AGENT });
    assert.deepEqual(feed.ids(), ['i:a']);
    feed.model.clear(1);
    assert.deepEqual(feed.ids(), []);
    assert.lengthOf(feed.feed().live, 1);
    feed.missed('b', 10);
    assert.deepEqual(feed.ids(), ['i:b']);
  });

  test('of one view leaves the other', () => {
    const feed = new Feed().missed('a', 0);
    feed.model.watch(2, feedRequest({ agentId: AGENT }));
    feed.model.clear(2);
    const updates = feed.model.drain(T0);
    assert.deepEqual(
      updates.map(({ view, data }) => [view, data.kind === 'feed' ? data.rows.length : -1]),
      [
        [1, 1],
        [2, 0],
      ],
    );
  });

  test('while held, clears and goes on holding', () => {
    const feed = new Feed().missed('a', 0);
    feed.change({ hold: 'paused' });
    feed.model.clear(1);
    feed.missed('b', 10);
    assert.deepEqual(feed.ids(), []);
    assert.equal(feed.feed().heldRows, 1);
  });
});

suite('a flat list', () => {
  const keys = (rows: readonly FeedRow[]) =>
    rows.map((row) => (row.kind === 'event' ? row.sentence.key : row.kind));

  test('has every single event, technical ones too', () => {
    const feed = new Feed({ group: 'none' })
      .at(0, 'InteractionAssigned', { agentId: AGENT })
      .at(4, 'InteractionAccepted', { agentId: AGENT })
      .at(5, 'InteractionChanged')
      .status(6, 7)
      .at(9, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(keys(feed.feed().rows), [
      'ended-by-customer',
      'agent-status',
      'event-name',
      'answered',
      'offered',
    ]);
    assert.deepEqual((feed.feed().rows[3] as EventRow).sentence, { key: 'answered', ringMs: 4_000 });
  });

  test('is another list than the grouped one: changing over forgets what was held', () => {
    const feed = new Feed().missed('a', 0);
    feed.change({ hold: 'paused' });
    feed.change({ group: 'none', hold: 'none' });
    assert.deepEqual(keys(feed.feed().rows), ['not-accepted', 'offered']);
  });
});

suite('draining', () => {
  test('says nothing when nothing has changed', () => {
    const feed = new Feed().missed('a', 0);
    assert.lengthOf(feed.model.drain(T0), 1);
    assert.lengthOf(feed.model.drain(T0 + 1_000), 0);
  });

  test('a view that is no longer watched is not projected', () => {
    const feed = new Feed().missed('a', 0);
    feed.model.unwatch(1);
    assert.lengthOf(feed.model.drain(T0), 0);
  });

  test('an agent’s view that starts after its events sees them with the agent’s eyes', () => {
    const feed = new Feed({ agentId: undefined }).missed('a', 0);
    assert.lengthOf(feed.feed().live, 1, 'for the tenant it waits again');
    feed.model.watch(2, feedRequest({ agentId: AGENT }));
    const update = feed.model.drain(T0).find(({ view }) => view === 2);
    assert.deepEqual(update?.data.kind === 'feed' ? update.data.rows.map(({ id }) => id) : [], ['i:a']);
    assert.deepEqual(update?.data.kind === 'feed' ? update.data.live : undefined, []);
  });

  test('a view that starts later shows what was read before', () => {
    const feed = new Feed().missed('a', 0);
    feed.model.drain(T0);
    feed.model.watch(2, feedRequest({ agentId: AGENT }));
    const [update] = feed.model.drain(T0);
    assert.equal(update?.view, 2);
    assert.lengthOf(update?.data.kind === 'feed' ? update.data.rows : [], 1);
  });
});

suite('events for a page that asks for each', () => {
  const eventsOf = (feed: Feed) => feed.model.drain(T0)[0]?.events ?? [];

  test('come in order, masked, with their phase, once', () => {
    const feed = new Feed({ wantsEvents: true, mask: 'all' });
    feed.at(
      0,
      'InteractionAssigned',
      { attachedData: attached({ remoteCallingName: 'Ada Byron' }) },
      'missed',
    );
    feed.status(1, 4);
    assert.equal(feed.model.pending, 2);
    const events = eventsOf(feed);
    assert.deepEqual(
      events.map(({ type, phase }) => [type, phase]),
      [
        ['InteractionAssigned', 'missed'],
        ['AgentStatusChange', 'live'],
      ],
    );
    const [first] = events;
    assert.equal(first?.event.kind === 'interaction' ? first.event.caller?.name : '', 'A••• B•••');
    assert.equal(feed.model.pending, 0);
    assert.lengthOf(eventsOf(feed), 0);
  });

  test('wait only while somebody asks', () => {
    const feed = new Feed().at(0, 'InteractionAssigned', {}, 'missed');
    assert.equal(feed.model.pending, 0);
    feed.change({ wantsEvents: true });
    feed.at(1, 'InteractionAccepted');
    assert.deepEqual(
      eventsOf(feed).map(({ type }) => type),
      ['InteractionAccepted'],
    );
    feed.change({ wantsEvents: false });
    feed.at(2, 'InteractionDeleted', {}, 'missed');
    assert.equal(feed.model.pending, 0);
  });

  test('a view that starts later gets those of the update that shows it first, and none before', () => {
    const feed = new Feed({ wantsEvents: true }).at(0, 'InteractionAssigned');
    feed.model.drain(T0);
    feed.at(1, 'InteractionAccepted');
    feed.model.watch(2, feedRequest({ wantsEvents: true }));
    feed.at(2, 'InteractionDeleted');
    const events = feed.model.drain(T0).find(({ view }) => view === 2)?.events ?? [];
    assert.deepEqual(
      events.map(({ type }) => type),
      ['InteractionAccepted', 'InteractionDeleted'],
    );
  });

  test('are counted whether somebody asks for them or not', () => {
    const feed = new Feed().at(0, 'InteractionAssigned');
    feed.change({ wantsEvents: true });
    feed.at(1, 'InteractionAccepted');
    assert.equal(feed.model.takeCount(), 2);
    assert.equal(feed.model.takeCount(), 0);
  });

  test('a status that is read keeps its own shape', () => {
    assert.equal(read({ AgentStatusChange: { agentId: AGENT, newState: 4 } }).kind, 'agent-status');
  });
});
