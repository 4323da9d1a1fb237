import { assert, fixtureCleanup } from '@open-wc/testing';
import type { StreamControllerOptions } from '../../src/controllers/stream-controller.js';
import { AgentFeedElement } from '../../src/elements/agent-feed-element.js';
import { StillSource } from '../../demo/still-source.js';
import type { StreamAttributes } from '../../src/protocol/stream-config.js';
import type { FeedView } from '../../src/protocol/views.js';
import { until } from '../support/wait.js';
import {
  allInside,
  clock,
  feedFixture,
  heard,
  inside,
  resetClock,
  StillFeed,
  tileFixture,
  wordsIn,
} from './support/still-elements.js';

const KEY = 'eght_canary_key';

class LateFeed extends AgentFeedElement {
  still!: StillSource<FeedView>;
  protected override createController(options: StreamControllerOptions<FeedView>): StillSource<FeedView> {
    this.still = new StillSource(this, options, () => clock.now);
    return this.still;
  }
}

/** Far more than an element needs, and few enough to end where it asks for one after the other. */
const MANY_TRIES = 100;

class WrappedFeed extends AgentFeedElement {
  tries = 0;
  protected override get streamAttributes(): StreamAttributes {
    if (++this.tries < MANY_TRIES) throw new TypeError(KEY);
    return super.streamAttributes;
  }
}
customElements.define('wrapped-feed', WrappedFeed);

suite('what a host page writes', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  test('the key is taken out of the DOM, goes to the controller and cannot be read back', async () => {
    const feed = await feedFixture({ 'api-key': KEY });
    assert.isFalse(feed.hasAttribute('api-key'));
    assert.equal(feed.still.options.credential().apiKey, KEY);
    assert.isUndefined(feed.apiKey);
    assert.notInclude(document.documentElement.outerHTML + (feed.shadowRoot?.innerHTML ?? ''), KEY);
    const readable = Object.getOwnPropertyNames(feed).map((name): unknown => Reflect.get(feed, name));
    assert.notInclude(readable, KEY);
  });

  test('a key set as a property never becomes an attribute', async () => {
    const feed = await feedFixture();
    feed.apiKey = KEY;
    await feed.updateComplete;
    assert.equal(feed.still.options.credential().apiKey, KEY);
    assert.notInclude(feed.outerHTML, KEY);
  });

  test('a key that is written again replaces the first', async () => {
    const feed = await feedFixture({ 'api-key': KEY });
    feed.setAttribute('api-key', 'eght_second');
    assert.isFalse(feed.hasAttribute('api-key'));
    assert.equal(feed.still.options.credential().apiKey, 'eght_second');
  });

  test('attributes arrive at the controller as they were written', async () => {
    const feed = await feedFixture({
      region: 'uk3',
      tenant: 'acme',
      'agent-id': 'ag1',
      start: 'earliest',
      share: 'off',
      subscription: 'crm',
      'subscription-type': 'key-shared',
      'max-redeliver-count': '3',
      'dead-letter-topic': 'agent-v1/dead',
      'negative-ack-redelivery-delay': '500',
      'ack-timeout': '30000',
      'worker-url': '/x8-worker.js',
    });
    assert.deepEqual(feed.still.options.attributes(), {
      region: 'uk3',
      endpoint: null,
      tenant: 'acme',
      agentId: 'ag1',
      topic: null,
      start: 'earliest',
      share: 'off',
      subscription: 'crm',
      subscriptionType: 'key-shared',
      maxRedeliverCount: '3',
      deadLetterTopic: 'agent-v1/dead',
      negativeAckRedeliveryDelay: '500',
      ackTimeout: '30000',
    });
    assert.equal(feed.still.options.workerUrl(), '/x8-worker.js');
  });

  test('properties set before the element is defined are kept', async () => {
    const early = document.createElement('late-feed');
    Object.assign(early, { tenant: 'acme', apiKey: KEY, maxItems: 7, queueNames: { '591': 'Billing' } });
    document.body.append(early);
    customElements.define('late-feed', LateFeed);
    customElements.upgrade(early);
    const feed = early as LateFeed;
    await feed.updateComplete;
    assert.equal(feed.still.options.attributes().tenant, 'acme');
    assert.equal(feed.still.options.credential().apiKey, KEY);
    assert.propertyVal(feed.still.options.request(), 'maxItems', 7);
    assert.deepEqual(feed.queueNames, { '591': 'Billing' });
    assert.notInclude(feed.outerHTML, KEY);
    feed.remove();
  });

  test('the light DOM stays as the host wrote it', async () => {
    const feed = await feedFixture();
    feed.maxItems = 3;
    feed.scheme = 'dark';
    feed.tenant = 'acme';
    await feed.updateComplete;
    assert.deepEqual(feed.getAttributeNames(), ['locale', 'timezone']);
    assert.equal(feed.childNodes.length, 0);
  });

  test('an element moved in the document goes on drawing what comes', async () => {
    const feed = await feedFixture();
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(feed);
    feed.still.show({ connection: { kind: 'offline', since: clock.now, retryAt: undefined } });
    await feed.updateComplete;
    assert.include(wordsIn(feed, '.connection'), 'Offline since 14:02');
    elsewhere.remove();
  });

  test('hidden hides', async () => {
    const feed = await feedFixture({ hidden: '' });
    assert.equal(getComputedStyle(feed).display, 'none');
    feed.hidden = false;
    assert.equal(getComputedStyle(feed).display, 'block');
  });

  test('no event is fired when the host sets a property that is right', async () => {
    const feed = await feedFixture();
    const host = feed.parentElement;
    const fired: string[] = [];
    for (const type of ['x8-connection-change', 'x8-unread-change', 'x8-error', 'x8-agent-status'] as const) {
      host?.addEventListener(type, () => fired.push(type));
    }
    feed.tenant = 'acme';
    feed.maxItems = 20;
    feed.mask = 'none';
    feed.apiKey = KEY;
    feed.pause();
    await feed.updateComplete;
    // The barrier: had anything been fired by then, it would stand before this one.
    feed.mask = 'foo';
    await feed.updateComplete;
    assert.deepEqual(fired, ['x8-error']);
  });

  for (const { name, value, words, used } of [
    {
      name: 'mask',
      value: 'foo',
      words: '“foo” is not one of all, numbers, none. Using all.',
      used: ['mask', 'all'],
    },
    {
      name: 'max-items',
      value: '-1',
      words: '“-1” is not a whole number from 1 to 500',
      used: ['maxItems', 50],
    },
    { name: 'max-items', value: 'many', words: '“many” is not a whole number', used: ['maxItems', 50] },
    {
      name: 'group',
      value: 'people',
      words: 'is not one of interaction, none',
      used: ['group', 'interaction'],
    },
    { name: 'locale', value: 'not a locale', words: 'is not a language tag', used: undefined },
    { name: 'timezone', value: 'Mars/Base', words: 'is not a time zone', used: undefined },
    { name: 'scheme', value: 'pink', words: 'is not one of auto, light, dark', used: undefined },
  ] as const) {
    test(`${name}="${value}" is said in the box and as one x8-error, and the default is used`, async () => {
      const feed = await feedFixture();
      const errors = heard(feed, 'x8-error');
      feed.setAttribute(name, value);
      await feed.updateComplete;
      feed.requestUpdate();
      await feed.updateComplete;
      assert.include(wordsIn(feed, '.note'), words);
      assert.deepEqual(
        errors.map(({ error }) => error.code),
        ['invalid-attribute'],
      );
      assert.include(errors[0]?.error.message, words);
      if (used) assert.propertyVal(feed.still.options.request(), used[0], used[1]);
    });
  }

  test('a number property that is set to no number is quoted as it is, and not by its attribute', async () => {
    const feed = await feedFixture({ 'max-items': '7' });
    feed.maxItems = Number.NaN;
    await feed.updateComplete;
    assert.include(wordsIn(feed, '.note'), '“NaN” is not a whole number');
  });

  test('a very long wrong value is quoted in part', async () => {
    const feed = await feedFixture();
    const errors = heard(feed, 'x8-error');
    feed.setAttribute('mask', 'x'.repeat(5000));
    await feed.updateComplete;
    assert.isAtMost(errors[0]?.error.message.length ?? Infinity, 240);
  });

  test('a note can be dismissed and stays away', async () => {
    const feed = await feedFixture({ mask: 'foo' });
    inside<HTMLButtonElement>(feed, '.note button').click();
    await feed.updateComplete;
    feed.requestUpdate();
    await feed.updateComplete;
    assert.lengthOf(allInside(feed, '.note'), 0);
  });

  test('the tile asks for what its attributes say', async () => {
    const tile = await tileFixture({
      window: '1h',
      'sla-threshold': '30',
      'short-abandon': '2',
      'queue-id': '7',
    });
    assert.deepInclude(tile.still.options.request(), {
      kind: 'tile',
      queueId: '7',
      windowMs: 3_600_000,
      slaThresholdMs: 30_000,
      shortAbandonMs: 2000,
    });
  });

  test('a number that a template has left empty is not set, and not 0', async () => {
    const tile = await tileFixture({ 'sla-threshold': '', 'short-abandon': ' ' });
    assert.deepInclude(tile.still.options.request(), { slaThresholdMs: 20_000, shortAbandonMs: 5000 });
    assert.lengthOf(allInside(tile, '.note'), 0);
    tile.setAttribute('short-abandon', '0');
    assert.propertyVal(tile.still.options.request(), 'shortAbandonMs', 0);
  });

  for (const [what, given] of [
    ['a number', 591],
    ['a text with blanks', ' 591\n'],
  ] as const) {
    test(`a queue-id that is ${what} is the queue's id`, async () => {
      const tile = await tileFixture();
      tile.queueId = given as string;
      tile.queueNames = { '591': 'Billing' };
      await tile.updateComplete;
      assert.propertyVal(tile.still.options.request(), 'queueId', '591');
      assert.equal(wordsIn(tile, '.name'), 'Billing');
    });
  }

  test('a queue-id of blanks is none', async () => {
    const tile = await tileFixture({ 'queue-id': '  ' });
    assert.include(wordsIn(tile), 'queue-id');
  });

  test('an agent-id that is a number is the text that events have', async () => {
    const feed = await feedFixture();
    feed.agentId = 5 as unknown as string;
    assert.propertyVal(feed.still.options.request(), 'agentId', '5');
    feed.agentId = ' ag5 ';
    assert.propertyVal(feed.still.options.request(), 'agentId', 'ag5');
  });

  test('today is the time since midnight in the given zone, in full minutes', async () => {
    const tile = await tileFixture({ window: 'today' });
    // 14:02:31 in London.
    assert.propertyVal(tile.still.options.request(), 'windowMs', (14 * 60 + 3) * 60_000);
  });

  suite('credentials', () => {
    test('they are asked when the connection asks, and only key and token of the answer are used', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      let asked = 0;
      feed.credentials = () => {
        asked++;
        return Promise.resolve({ apiKey: ` ${KEY}\n`, other: 1 });
      };
      assert.equal(asked, 0);
      assert.deepEqual(feed.still.options.credential(), { isAsked: true });
      const expected = { apiKey: KEY, token: undefined, isAsked: true } as const;
      assert.deepEqual(await feed.still.options.askCredential(), expected);
      assert.deepEqual(feed.still.options.credential(), expected);
      assert.equal(asked, 1);
    });

    test('a key that cannot be used is noted until there is another one', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      const noted = async (): Promise<boolean> => {
        await feed.updateComplete;
        return allInside(feed, '.note').length > 0;
      };
      feed.apiKey = 'two\nlines';
      assert.isTrue(await noted());
      feed.apiKey = KEY;
      assert.isFalse(await noted());
      feed.credentials = KEY as never;
      assert.isTrue(await noted());
      feed.credentials = () => ({ apiKey: KEY });
      assert.isFalse(await noted());
    });

    test('an answer that is there at once needs no promise, and any object with a then is one', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      feed.credentials = () => ({ apiKey: KEY });
      assert.equal((await feed.still.options.askCredential())?.apiKey, KEY);
      const later: PromiseLike<{ token: string }> = {
        // oxlint-disable-next-line unicorn/no-thenable -- a promise of another library
        then: (onDone, onFailed) => Promise.resolve({ token: KEY }).then(onDone, onFailed),
      };
      feed.credentials = () => later;
      assert.equal((await feed.still.options.askCredential())?.token, KEY);
    });

    test('another function is asked at once, and the newest answer counts', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      const { options } = feed.still;
      feed.credentials = () => new Promise(() => undefined);
      const hanging = options.askCredential();
      options.credential();
      feed.credentials = () => Promise.resolve({ token: 'second' });
      await until('the answer', () => options.credential().token === 'second');
      feed.credentials = undefined;
      assert.isUndefined(options.credential().isAsked);
      void hanging;
    });

    test('functions that are set one after another are asked at once, and then one in 30 s, the newest', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      const { options } = feed.still;
      const asked: number[] = [];
      const frame = (number: number): void => {
        feed.credentials = () => {
          asked.push(number);
          return Promise.resolve({ apiKey: `key ${number}` });
        };
      };
      options.credential();
      for (let number = 1; number <= 4; number++) frame(number);
      assert.deepEqual(asked, [1, 2], 'the first, and the first that replaced one');
      await until('the answer', () => options.credential().apiKey === 'key 2');
      clock.now += 29_999;
      options.credential();
      assert.deepEqual(asked, [1, 2]);
      clock.now += 1;
      options.credential();
      assert.deepEqual(asked, [1, 2, 4]);
      await until('the newest answer', () => options.credential().apiKey === 'key 4');
      clock.now += 60_000;
      options.credential();
      assert.deepEqual(asked, [1, 2, 4], 'it has been asked');
    });

    test('a function that is replaced before it has answered is used, unless a newer one was quicker', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      const { options } = feed.still;
      const answers: ((key: string) => void)[] = [];
      const replace = (): void => {
        feed.credentials = () => new Promise((answer) => answers.push((apiKey) => answer({ apiKey })));
      };
      replace();
      const first = options.askCredential();
      options.credential();
      replace();
      answers[0]?.('first');
      assert.propertyVal(await first, 'apiKey', 'first');
      answers[1]?.('second');
      await until('the newer answer', () => options.credential().apiKey === 'second');

      const third = options.askCredential();
      replace();
      const fourth = options.askCredential();
      answers[3]?.('fourth');
      assert.propertyVal(await fourth, 'apiKey', 'fourth');
      answers[2]?.('third');
      assert.propertyVal(await third, 'apiKey', 'fourth');
    });

    test('a function that was taken away gives nothing to the next one', async () => {
      const feed = await feedFixture({ tenant: 'acme' });
      const { options } = feed.still;
      let answer: ((given: { apiKey: string }) => void) | undefined;
      feed.credentials = () => new Promise((resolve) => (answer = resolve));
      const asked = options.askCredential();
      feed.credentials = null;
      feed.credentials = () => Promise.resolve({ apiKey: 'second' });
      answer?.({ apiKey: 'first' });
      assert.propertyVal(await asked, 'apiKey', 'second');
    });

    test('a question that nobody waits for any more is put anew, and its late answer is nobody’s', async () => {
      const [one, two] = [await feedFixture(), await feedFixture()];
      const answers: ((key: string) => void)[] = [];
      one.credentials = two.credentials = () =>
        new Promise((answer) => answers.push((apiKey) => answer({ apiKey })));
      const errors = heard(one, 'x8-error');
      const first = one.still.options.askCredential();
      const shared = two.still.options.askCredential();
      one.still.options.onEnd();
      assert.lengthOf(answers, 1);
      answers[0]?.('first');
      assert.propertyVal(await shared, 'apiKey', 'first', 'the other one still waits');
      assert.isUndefined(await first);

      const second = one.still.options.askCredential();
      one.still.options.onEnd();
      assert.isUndefined(await second, 'at once, not after 10 s');
      const third = one.still.options.askCredential();
      answers[1]?.('second');
      const fourth = two.still.options.askCredential();
      assert.lengthOf(answers, 3, 'the third question is still open, and shared');
      answers[2]?.('third');
      assert.propertyVal(await third, 'apiKey', 'third');
      assert.propertyVal(await fourth, 'apiKey', 'third');
      assert.isEmpty(errors);
    });

    test('elements that share the function are one question', async () => {
      const one = await feedFixture();
      const two = await feedFixture();
      let asked = 0;
      const source = (): Promise<{ apiKey: string }> => Promise.resolve({ apiKey: `key ${++asked}` });
      one.credentials = two.credentials = source;
      const answers = await Promise.all([
        one.still.options.askCredential(),
        two.still.options.askCredential(),
      ]);
      assert.equal(asked, 1);
      assert.deepEqual(
        answers.map((answer) => answer?.apiKey),
        ['key 1', 'key 1'],
      );
    });

    const wrong: Readonly<Record<string, () => unknown>> = {
      'that throws': () => {
        throw new Error(KEY);
      },
      'that rejects': () => Promise.reject(new Error(KEY)),
      'that gives no object': () => KEY,
      'that gives nothing': () => undefined,
      'that gives a number': () => ({ apiKey: 7 }),
      'that gives a line break inside a key': () => ({ apiKey: `${KEY}\n${KEY}` }),
      'that gives a book': () => ({ token: KEY.repeat(500) }),
      'that gives an empty object': () => ({}),
      'that gives an error and no key': () => ({ error: `session of ${KEY} has expired` }),
      'that gives blanks for a key': () => ({ apiKey: ' ', token: '' }),
      'that gives an accessor which throws': () => ({
        get apiKey(): string {
          throw new Error(KEY);
        },
      }),
    };
    for (const [what, source] of Object.entries(wrong)) {
      test(`a page ${what} is told so, without its words`, async () => {
        const feed = await feedFixture({ tenant: 'acme' });
        const errors = heard(feed, 'x8-error');
        const askedAt = performance.now();
        feed.credentials = source as () => Promise<object>;
        assert.isUndefined(await feed.still.options.askCredential());
        assert.isBelow(performance.now() - askedAt, 5_000, 'the limit is 10 s, and this one has answered');
        assert.deepEqual(
          errors.map(({ error }) => error.code),
          ['credentials-failed'],
        );
        assert.notInclude(JSON.stringify(errors[0]?.error), KEY);
      });
    }

    test('null for the function is no function, as undefined is', async () => {
      const feed = await feedFixture({ 'api-key': KEY });
      const errors = heard(feed, 'x8-error');
      feed.still.options.credential();
      feed.credentials = () => new Promise(() => undefined);
      feed.credentials = null;
      assert.deepEqual(feed.still.options.credential(), { apiKey: KEY, token: undefined });
      assert.propertyVal(await feed.still.options.askCredential(), 'apiKey', KEY);
      assert.deepEqual(errors, []);
    });

    for (const [what, given] of [
      ['a text', KEY],
      ['a promise', Promise.resolve({ apiKey: KEY })],
      ['an object', { apiKey: KEY }],
      ['false', false],
    ] as const) {
      test(`${what} for the function is said in the box, once, and is not used`, async () => {
        const feed = await feedFixture({ tenant: 'acme' });
        const errors = heard(feed, 'x8-error');
        // Somebody connects: what is set from now on is asked at once.
        feed.still.options.credential();
        for (let time = 0; time < 2; time++) feed.credentials = given as unknown as null;
        assert.isUndefined(feed.credentials);
        assert.deepEqual(feed.still.options.credential(), {});
        assert.deepEqual(await feed.still.options.askCredential(), {});
        await feed.updateComplete;
        assert.deepEqual(
          errors.map(({ error }) => error.code),
          ['invalid-credential'],
        );
        assert.include(wordsIn(feed, '.note'), 'credentials must be a function');
        assert.notInclude(wordsIn(feed), KEY);
      });
    }

    test('a key that cannot be one is said, and not used', async () => {
      const feed = await feedFixture();
      const errors = heard(feed, 'x8-error');
      feed.apiKey = 'eght_a\u0000b';
      assert.deepEqual(feed.still.options.credential(), {});
      assert.equal(errors[0]?.error.code, 'invalid-credential');
      assert.notInclude(JSON.stringify(errors[0]?.error), 'eght_a');
    });

    const suspected = {
      kind: 'auth-suspected',
      since: clock.now,
      attempt: 3,
      retryAt: clock.now + 300_000,
      cause: { kind: 'never-opened', host: 'reachable' },
    } as const;

    test('x8-auth-required comes once for each key', async () => {
      const feed = await feedFixture({ 'api-key': KEY });
      const events = heard(feed, 'x8-auth-required');
      feed.still.show({ connection: suspected });
      feed.apiKey = KEY;
      feed.still.show({ connection: { ...suspected, attempt: 4 } });
      assert.lengthOf(events, 1);
      assert.isTrue(events[0]?.bubbles && events[0].composed);
      assert.notInclude(JSON.stringify(Object.entries(events[0] ?? {})), KEY);
      feed.apiKey = 'second';
      feed.still.show({ connection: { ...suspected, attempt: 5 } });
      assert.lengthOf(events, 2, 'the second key');
    });

    test('x8-auth-required comes once for all keys of credentials(), which is asked once more', async () => {
      const feed = await feedFixture();
      const events = heard(feed, 'x8-auth-required');
      let asked = 0;
      feed.credentials = () => Promise.resolve({ apiKey: `${KEY}_${++asked}` });
      feed.still.show({ connection: suspected });
      await until('the answer', () => feed.still.options.credential().apiKey === `${KEY}_1`);
      feed.still.show({ connection: { ...suspected, attempt: 4 } });
      await feed.still.options.askCredential();
      assert.lengthOf(events, 1);
      assert.equal(asked, 2, 'the second is the one of this test');

      feed.still.show({ connection: { kind: 'live', since: clock.now } });
      feed.still.show({ connection: { ...suspected, attempt: 5 } });
      assert.lengthOf(events, 2, 'after the service had taken one');
      feed.credentials = () => Promise.resolve({ apiKey: KEY });
      feed.still.show({ connection: { ...suspected, attempt: 6 } });
      assert.lengthOf(events, 3, 'another function');
    });
  });

  test('an element that fails to draw says so in its own box, and draws again with other data', async () => {
    const feed = await feedFixture();
    const errors = heard(feed, 'x8-error');
    const broken = {
      kind: 'feed',
      rows: [],
      get live(): never {
        throw new TypeError(KEY);
      },
    } as unknown as FeedView;
    feed.still.show({ connection: { kind: 'live', since: clock.now }, view: broken });
    await feed.updateComplete;
    await until('the words', () => wordsIn(feed).includes('Something is wrong'));
    assert.deepEqual(
      errors.map(({ error }) => error.code),
      ['internal'],
    );
    assert.notInclude(
      wordsIn(feed) + JSON.stringify(errors[0]?.error),
      KEY,
      'what was being drawn is quoted',
    );
    feed.still.show({
      view: { kind: 'feed', status: undefined, live: [], rows: [], heldRows: 0, missedRows: 0 },
    });
    await until('the empty feed', () => wordsIn(feed).includes('No activity yet today.'));
  });

  test('a set-up that throws is said once in the box, and does not keep the page busy', async () => {
    const feed = new WrappedFeed();
    document.body.append(feed);
    const codes: string[] = [];
    feed.addEventListener('x8-error', ({ error }) => codes.push(error.code));
    await until('the words', () => wordsIn(feed).includes('Something is wrong'));
    feed.requestUpdate();
    await feed.updateComplete;
    assert.deepEqual(codes, ['internal']);
    assert.notInclude(wordsIn(feed), KEY);
    assert.isBelow(feed.tries, MANY_TRIES / 2);
    feed.remove();
  });

  test('importing the elements registers nothing', () => {
    assert.isFalse(document.createElement('x8-agent-feed') instanceof StillFeed);
    assert.isTrue(customElements.get('x8-agent-feed') === undefined);
  });
});
