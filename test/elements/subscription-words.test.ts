/** Worry: a second reader is refused, and the browser hides why. */
import { assert, fixtureCleanup } from '@open-wc/testing';
import type { DropCause } from '../../src/protocol/connection-status.js';
import { clock, feedFixture, resetClock, wordsIn, type StillFeed } from './support/still-elements.js';

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
