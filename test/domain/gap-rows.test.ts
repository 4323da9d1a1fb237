/** Where a gap stands: between what came in before it and what came in after it, whatever times these give themselves. */
import { assert } from '@open-wc/testing';
import type { FeedRequest } from '../../src/protocol/views.js';
import { AGENT, entryOf, feedRequest, GUID, Story, T0 } from './payloads.js';

const GAP = { kind: 'history-expired', from: undefined, to: undefined } as const;
const MINE = { agentId: AGENT };

class Feed extends Story {
  constructor(group: FeedRequest['group']) {
    super(feedRequest({ agentId: AGENT, group }));
  }

  /** One event that is a row in either list. */
  odd(name: string, seconds: number): this {
    const event = {
      kind: 'other',
      name,
      at: T0 + seconds * 1_000,
      guid: undefined,
      agentId: undefined,
    } as const;
    this.model.take(entryOf(event));
    return this;
  }

  /** Found at so many seconds after {@link T0}. */
  gap(seconds: number): this {
    this.model.gap(GAP, T0 + seconds * 1_000, 'live');
    return this;
  }

  /** Oldest first. */
  names(): readonly string[] {
    return this.feed()
      .rows.map((row) => {
        switch (row.kind) {
          case 'gap':
            return 'gap';
          case 'interaction':
            return row.guid;
          case 'event':
            return row.sentence.key === 'event-name' ? row.sentence.words : row.sentence.key;
        }
      })
      .reverse();
  }
}

suite('a gap in the list', () => {
  for (const group of ['none', 'interaction'] as const) {
    suite(`group="${group}"`, () => {
      test('stands before the first event after it, which happened before it was published', () => {
        const feed = new Feed(group).odd('before', 0).gap(60).odd('first', 59).odd('second', 61);
        assert.deepEqual(feed.names(), ['Before', 'gap', 'First', 'Second']);
      });

      test('stands there too when nothing had come before it', () => {
        const feed = new Feed(group).gap(60).odd('first', 59);
        assert.deepEqual(feed.names(), ['gap', 'First']);
      });

      test('stands before what is read again from the beginning after it', () => {
        const feed = new Feed(group).gap(600).odd('first', 0).odd('second', 300);
        assert.deepEqual(feed.names(), ['gap', 'First', 'Second']);
      });

      test('stands between its neighbours when the later one was published late', () => {
        const feed = new Feed(group).odd('before', 30).gap(60).odd('late', 10).odd('second', 61);
        assert.deepEqual(feed.names(), ['Before', 'gap', 'Late', 'Second']);
      });

      test('stands between its neighbours when the clock of the earlier one is ahead', () => {
        const feed = new Feed(group).odd('ahead', 90).gap(60).odd('first', 59);
        assert.deepEqual(feed.names(), ['Ahead', 'gap', 'First']);
      });

      test('goes, and is no border any more, when it was none; the one before it stays', () => {
        const feed = new Feed(group).odd('a', 0).gap(10).odd('b', 9).gap(20);
        feed.model.takeBackGap();
        assert.deepEqual(feed.names(), ['A', 'gap', 'B']);
        feed.odd('c', 8).odd('d', 1);
        assert.deepEqual(feed.names(), ['A', 'gap', 'D', 'C', 'B']);
      });

      test('keeps its place when another one follows', () => {
        const feed = new Feed(group).odd('a', 0).gap(10).odd('b', 9).gap(20).gap(30).odd('c', 5).odd('d', 31);
        assert.deepEqual(feed.names(), ['A', 'gap', 'B', 'gap', 'gap', 'C', 'D']);
      });
    });
  }

  test('stands before an interaction and a status that were told of late', () => {
    const feed = new Feed('interaction').odd('before', 60).gap(120);
    feed.at(1, 'InteractionAccepted', MINE).at(2, 'InteractionPostProcess', MINE).at(3, 'InteractionDeleted');
    feed.status(50, 5);
    assert.deepEqual(feed.names(), ['Before', 'gap', GUID, 'agent-status']);
  });

  test('stands before an interaction that was told of late and whose end moves', () => {
    const feed = new Feed('interaction').odd('before', 60).gap(120);
    feed.at(1, 'InteractionAccepted', MINE).at(2, 'InteractionPostProcess', MINE).at(3, 'InteractionDeleted');
    feed.at(4, 'InteractionEndPostProcess', MINE);
    assert.deepEqual(feed.names(), ['Before', 'gap', GUID]);
    assert.equal(feed.feed().rows[0]?.at, T0 + 4_000);
  });

  test('stands after an interaction that ended before it, whatever is told of that one later', () => {
    const feed = new Feed('interaction').at(0, 'InteractionAccepted', MINE).at(60, 'InteractionDeleted');
    feed.gap(120).odd('first', 119).at(200, 'InteractionRecordingReady', MINE);
    assert.deepEqual(feed.names(), [GUID, 'gap', 'First']);
  });

  test('stands after an interaction that was open before it and not heard of since', () => {
    const feed = new Feed('interaction').at(0, 'InteractionAccepted', MINE).gap(60).status(70, 4);
    assert.deepEqual(feed.names().slice(0, 2), [GUID, 'gap']);
  });

  test('ends nothing that was open when it was none', () => {
    const feed = new Feed('interaction').at(0, 'InteractionAccepted', MINE).gap(60);
    feed.model.takeBackGap();
    feed.status(70, 4);
    assert.deepEqual(
      feed.feed().live.map(({ guid }) => guid),
      [GUID],
    );
  });

  test('that was none leaves what an earlier one made doubtful', () => {
    const feed = new Feed('interaction').at(0, 'InteractionAccepted', MINE).gap(60).gap(65);
    feed.model.takeBackGap();
    feed.status(70, 4);
    assert.deepEqual(feed.feed().live, []);
  });
});
