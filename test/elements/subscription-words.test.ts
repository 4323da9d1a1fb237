/** Worry: a second reader is refused, or has what this page waits for, and the browser hides it. */
import { assert, fixtureCleanup } from '@open-wc/testing';
import type { DropCause } from '../../src/protocol/connection-status.js';
import type { FeedView } from '../../src/protocol/views.js';
import {
  clock,
  feedFixture,
  resetClock,
  tileFixture,
  wordsIn,
  type StillFeed,
} from './support/still-elements.js';

const HELD = 'Another reader may hold this subscription.';

suite('a feed that cannot connect', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  async function refused(attributes: Record<string, string>, cause: DropCause): Promise<StillFeed> {
    const feed = await feedFixture(attributes);
    const { now: since } = clock;
    feed.still.show({ connection: { kind: 'cannot-connect', since, attempt: 3, retryAt: undefined, cause } });
    await feed.updateComplete;
    return feed;
  }

  test('names the other reader first where it asks for a subscription', async () => {
    const words = wordsIn(await refused({ subscription: 'crm' }, { kind: 'never-opened' }));
    assert.include(words, HELD);
    assert.include(words, 'Can’t connect');
  });

  test('names a reader with another type beside the key where the service refuses, and only with a subscription', async () => {
    for (const [subscription, isNamed] of [
      ['crm', true],
      ['', false],
    ] as const) {
      const feed = await feedFixture({ subscription });
      const cause = { kind: 'never-opened', host: 'reachable' } as const;
      const { now: since } = clock;
      feed.still.show({
        connection: { kind: 'auth-suspected', since, attempt: 3, retryAt: undefined, cause },
      });
      await feed.updateComplete;
      const words = wordsIn(feed);
      assert.equal(words.includes('hold this subscription with another type'), isNamed, words);
      assert.include(words, 'the key, the tenant name');
    }
  });

  test('names no other reader where the host does not answer', async () => {
    const cause = { kind: 'never-opened', host: 'unreachable' } as const;
    assert.notInclude(wordsIn(await refused({ subscription: 'crm' }, cause)), HELD);
  });

  test('names no other reader where it asks for none', async () => {
    const words = wordsIn(await refused({ subscription: '' }, { kind: 'never-opened' }));
    assert.notInclude(words, HELD);
    assert.include(words, 'Most likely: key or tenant name');
  });

  test('names what the page’s policy forbids, subscription or not', async () => {
    const words = wordsIn(
      await refused({ subscription: 'crm' }, { kind: 'blocked', by: 'policy', source: 'wss://x.example' }),
    );
    assert.notInclude(words, HELD);
    assert.include(words, 'connect-src');
  });
});

const EMPTY: FeedView = { kind: 'feed', status: undefined, live: [], rows: [], heldRows: 0, missedRows: 0 };

suite('a widget on a subscription', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  async function live(subscription: string, since: number): Promise<string> {
    const feed = await feedFixture({ subscription });
    feed.still.show({ connection: { kind: 'live', since }, view: EMPTY });
    await feed.updateComplete;
    return wordsIn(feed);
  }

  test('says nothing of the day where it has had nothing since it was opened', async () => {
    const words = await live('crm', clock.now);
    assert.notInclude(words, 'today');
    assert.notInclude(words, 'appear here at once');
    assert.include(words, 'shown once, and not again after a reload');
    assert.include(await live('', clock.now), 'No activity yet today.');
  });

  test('names another reader before region and agent where nothing comes', async () => {
    const longAgo = clock.now - 600_000;
    assert.match(
      await live('crm', longAgo),
      /another reader on this subscription.*check region and agent id/,
    );
    assert.notInclude(await live('', longAgo), 'another reader');
  });

  test('blames neither key nor region where it was let in before', async () => {
    const feed = await feedFixture({ subscription: 'crm' });
    const { now: since } = clock;
    const cause = { kind: 'never-opened', host: 'reachable' } as const;
    feed.still.show({ connection: { kind: 'reconnecting', since, attempt: 2, retryAt: undefined, cause } });
    await feed.updateComplete;
    const words = wordsIn(feed);
    assert.match(
      words,
      /connection was lost.*still count it as the reader.*another reader may have taken its place/,
    );
    assert.notMatch(words, /key|tenant|region/);
  });

  test('says that a tile has no numbers where events are shared out, and waits for them where they are not', async () => {
    const footOf = async (attributes: Record<string, string>): Promise<string> => {
      const tile = await tileFixture(attributes);
      tile.still.show({ connection: { kind: 'live', since: clock.now } });
      await tile.updateComplete;
      return wordsIn(tile, '.foot');
    };
    for (const type of ['failover', ' Shared ', 'key-shared'])
      assert.match(
        await footOf({ subscription: 'crm', 'subscription-type': type }),
        /^no numbers: others/,
        type,
      );
    for (const type of ['', 'Exclusive'])
      assert.equal(await footOf({ subscription: 'crm', 'subscription-type': type }), 'no data yet', type);
    assert.equal(await footOf({}), 'no data yet');
  });
});
