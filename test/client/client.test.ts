import { assert } from '@open-wc/testing';
import { updateOf } from './support/fake-worker.js';
import { CONFIG, FakeSubscriber, FEED, Harness, REQUEST } from './support/harness.js';

const OTHER_TOPIC = { ...CONFIG, topic: 'agB' };

suite('client', () => {
  let harness: Harness;

  setup(() => {
    harness = new Harness();
  });

  suite('one worker, streams by key', () => {
    test('nothing is made or listened to before the first subscription', async () => {
      await harness.settle();
      assert.deepEqual(harness.routes.opened, []);
      assert.equal(harness.page.listeners, 0);
      assert.equal(harness.time.pendingTimers, 0);
    });

    test('a stream and all its views are told in one task, the stream first', async () => {
      harness.subscribe();
      harness.subscribe({ request: { ...REQUEST, maxItems: 10 } });
      harness.subscribe({ config: OTHER_TOPIC });
      assert.deepEqual(harness.routes.opened, []);
      await harness.settle();
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch', 'open', 'watch']);
      assert.deepEqual(harness.routes.opened, ['inline']);
    });

    test('the same topic with another key is another stream', async () => {
      harness.subscribe({ credential: { apiKey: 'one' } });
      harness.subscribe({ credential: { apiKey: 'two' } });
      harness.subscribe({ credential: { apiKey: 'one' } });
      await harness.settle();
      assert.deepEqual(
        harness.worker.of('open').map(({ credential }) => credential.apiKey),
        ['one', 'two'],
      );
      assert.deepEqual(
        harness.worker.of('watch').map(({ stream }) => stream),
        [1, 1, 2],
      );
    });

    test('the same topic from another start is another stream', async () => {
      harness.subscribe();
      harness.subscribe({ config: { ...CONFIG, start: { kind: 'latest' } } });
      await harness.settle();
      assert.lengthOf(harness.worker.of('open'), 2);
    });

    test('a stream that was dropped before the task ended is never opened', async () => {
      harness.client.close(harness.subscribe().subscription);
      harness.subscribe({ config: OTHER_TOPIC });
      await harness.settle();
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
      assert.equal(harness.worker.of('open')[0]?.config.topic, 'agB');
    });

    test('a changed request is posted once, in its last form', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.watch(subscription, { ...REQUEST, hold: 'reading' });
      harness.client.watch(subscription, { ...REQUEST, hold: 'paused' });
      await harness.settle();
      const [, changed, ...more] = harness.worker.of('watch');
      assert.deepInclude(changed?.request, { hold: 'paused' });
      assert.lengthOf(more, 0);
    });

    for (const wish of ['clear', 'retry'] as const) {
      test(`"${wish}" goes to the worker at once, after what was asked before it`, async () => {
        const { subscription } = harness.subscribe();
        await harness.settle();
        harness.client.watch(subscription, { ...REQUEST, hold: 'reading' });
        harness.client[wish](subscription);
        assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch', wish]);
        assert.deepInclude(harness.worker.of(wish)[0], { stream: 1 });
      });
    }

    test('only a stream that is open is asked whether the worker is still there', async () => {
      const { subscription } = harness.subscribe();
      harness.subscribe({ config: OTHER_TOPIC });
      await harness.settle();
      harness.client.close(subscription);
      const before = harness.worker.of('diagnose').length;
      await harness.time.advance(10_000);
      const asked = harness.worker.of('diagnose').slice(before);
      assert.deepEqual(
        asked.map(({ stream }) => stream),
        [2],
      );
    });

    test('an element that joins a running stream knows its state at once', async () => {
      harness.subscribe();
      await harness.settle();
      harness.worker.say(updateOf(1, { clockSkewMs: 40, lastMessageAt: 9 }));
      const { subscription } = harness.subscribe();
      assert.deepInclude(subscription.stream.state, { clockSkewMs: 40, lastMessageAt: 9 });
      assert.equal(subscription.stream.state.connection.kind, 'live');
    });

    test('a worker-url that a later element of the same task brings is used', async () => {
      harness.subscribe();
      const subscriber = new FakeSubscriber();
      subscriber.url = '/worker.js';
      harness.subscribe({ subscriber });
      await harness.settle();
      assert.deepEqual(harness.routes.opened, ['url']);
    });
  });

  suite('holders', () => {
    test('a view that is held again within the grace keeps its stream, and the worker hears nothing', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      const before = harness.worker.orders;
      harness.client.release(subscription);
      await harness.time.advance(99);
      assert.isTrue(harness.client.hold(subscription));
      await harness.time.advance(5000);
      assert.deepEqual(harness.worker.orders, before);
      assert.isFalse(harness.worker.isEnded);
    });

    test('a view that was held again can be released again', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.release(subscription);
      harness.client.hold(subscription);
      harness.worker.say(updateOf(1));
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 1, 'it is shown');
      harness.client.release(subscription);
      await harness.time.advance(100);
      assert.equal(harness.worker.orders.at(-1), 'close');
    });

    test('what comes while the last holder is released is consumed though it is held again before the next frame', async () => {
      let paint: (costMs: number) => void = () => undefined;
      harness.nextFrame = () => new Promise((resolve) => (paint = resolve));
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.release(subscription);
      harness.worker.say(updateOf(1));
      await harness.settle();
      harness.client.hold(subscription);
      paint(1);
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 1);
    });

    test('what comes while the last holder is released is consumed when it is held again, and its place kept', async () => {
      const { subscription, subscriber } = harness.subscribe();
      await harness.settle();
      harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
      await harness.settle();
      harness.client.release(subscription);
      harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
      await harness.settle();
      assert.lengthOf(subscriber.updates, 2, 'told, to be kept');
      assert.lengthOf(harness.worker.of('consumed'), 1);
      assert.equal(subscription.stream.position, 'CAEQAQ==');
      harness.client.hold(subscription);
      assert.lengthOf(harness.worker.of('consumed'), 2);
      assert.equal(subscription.stream.position, 'CAEQAg==');
      harness.client.hold(subscription);
      assert.lengthOf(harness.worker.of('consumed'), 2, 'once');
    });

    test('by a new element too', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.release(subscription);
      harness.worker.say(updateOf(1));
      await harness.settle();
      assert.isEmpty(harness.worker.of('consumed'));
      harness.subscribe();
      assert.lengthOf(harness.worker.of('consumed'), 1);
    });

    test('and never where the holder is gone for good', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.release(subscription);
      harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
      await harness.settle();
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close']);
      assert.isUndefined(subscription.stream.position);
    });

    test('what comes while one of two holders is released is consumed at once: the other shows it', async () => {
      const { subscription } = harness.subscribe();
      const { subscription: other } = harness.subscribe();
      await harness.settle();
      harness.client.release(subscription);
      harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 1);
      assert.equal(other.stream.position, 'CAEQAg==');
    });

    test('a new element with the same stream takes over within the grace', async () => {
      harness.client.release(harness.subscribe().subscription);
      await harness.settle();
      await harness.time.advance(50);
      harness.subscribe();
      await harness.settle();
      await harness.time.advance(5000);
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch', 'unwatch']);
    });

    test('the last release closes the stream, then ends the worker, then takes the listeners off', async () => {
      const one = harness.subscribe().subscription;
      const two = harness.subscribe().subscription;
      await harness.settle();
      harness.client.release(one);
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders.slice(3), ['unwatch']);
      harness.client.release(two);
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders.slice(4), ['unwatch', 'close']);
      assert.isFalse(harness.worker.isEnded, 'it may still be saving');
      assert.isAbove(harness.page.listeners, 0);
      await harness.time.advance(100);
      assert.isTrue(harness.worker.isEnded);
      assert.equal(harness.page.listeners, 0);
      assert.isFalse(harness.client.hold(two));
    });

    test('a stream that opens while the worker is about to end keeps it', async () => {
      harness.client.close(harness.subscribe().subscription);
      await harness.settle();
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.close(subscription);
      await harness.time.advance(99);
      harness.subscribe({ config: OTHER_TOPIC });
      await harness.settle();
      await harness.time.advance(5000);
      assert.lengthOf(harness.routes.workers, 1);
      assert.isFalse(harness.worker.isEnded);
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close', 'open', 'watch']);
    });

    test('ten rounds of coming and going leave no timer, no listener and no worker', async () => {
      for (let round = 0; round < 10; round++) {
        const { subscription } = harness.subscribe();
        await harness.settle();
        harness.client.release(subscription);
        await harness.time.advance(2000);
      }
      assert.equal(harness.page.listeners, 0);
      assert.equal(harness.time.pendingTimers, 0);
      assert.lengthOf(harness.routes.workers, 10);
      assert.isTrue(harness.routes.workers.every(({ isEnded }) => isEnded));
    });

    test('a worker that comes up after the last element has gone is ended', async () => {
      harness.routes.behaviour.inline = 'mute';
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.close(subscription);
      await harness.time.advance(100);
      harness.worker.say({ kind: 'ready', version: 'test' });
      await harness.settle();
      assert.isTrue(harness.worker.isEnded);
      assert.deepEqual(harness.worker.heard, []);
    });
  });

  test('a worker that is on its way when the last element goes is ended, and no other one is tried', async () => {
    harness.routes.behaviour.inline = 'mute';
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.close(subscription);
    await harness.time.advance(150);
    assert.isTrue(harness.worker.isEnded);
    assert.equal(harness.time.pendingTimers, 0);
    await harness.time.advance(10_000);
    assert.deepEqual(harness.routes.opened, ['inline']);
  });

  test('the pause before a worker is started again ends with the last element', async () => {
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.worker.fail('stopped by RangeError');
    await harness.settle();
    harness.client.close(subscription);
    await harness.time.advance(150);
    assert.equal(harness.time.pendingTimers, 0);
  });

  suite('credentials', () => {
    test('one that all holders change alike is passed on without a new stream', async () => {
      const one = harness.subscribe().subscription;
      const two = harness.subscribe().subscription;
      await harness.settle();
      harness.client.watch(one, REQUEST, { apiKey: 'new' });
      harness.client.watch(two, REQUEST, { apiKey: 'new' });
      await harness.settle();
      assert.deepEqual(harness.worker.orders.slice(3), ['credential']);
      assert.equal(harness.worker.of('credential')[0]?.credential?.apiKey, 'new');
    });

    test('one that a single holder changes parts it from the others', async () => {
      const { subscription } = harness.subscribe();
      harness.subscribe();
      await harness.settle();
      harness.client.watch(subscription, REQUEST, { apiKey: 'new' });
      await harness.settle();
      assert.deepEqual(harness.worker.orders.slice(3), ['unwatch', 'open', 'watch']);
      assert.equal(harness.worker.of('open')[1]?.credential.apiKey, 'new');
      assert.equal(harness.worker.of('watch')[2]?.stream, 2);
    });

    test('one that a single holder changes lets that holder go on where it is', async () => {
      for (const kind of ['latest', 'resume'] as const) {
        const parting = new Harness();
        const config = { ...CONFIG, start: { kind } };
        const { subscription } = parting.subscribe({ config });
        parting.subscribe({ config });
        await parting.settle();
        parting.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
        await parting.settle();
        parting.client.watch(subscription, REQUEST, { apiKey: 'new' });
        await parting.settle();
        const { handover, wasOpen } = parting.worker.of('open')[1] ?? {};
        assert.deepEqual({ handover, wasOpen }, { handover: 'CAEQAQ==', wasOpen: true });
      }
    });

    test('one that a single holder changes before the stream was open parts it without a place', async () => {
      const { subscription } = harness.subscribe();
      harness.subscribe();
      await harness.settle();
      harness.client.watch(subscription, REQUEST, { apiKey: 'new' });
      await harness.settle();
      const { handover, wasOpen } = harness.worker.of('open')[1] ?? {};
      assert.deepEqual({ handover, wasOpen }, { handover: undefined, wasOpen: false });
    });

    test('one that is changed to what another stream has joins that stream', async () => {
      const { subscription } = harness.subscribe();
      harness.subscribe({ credential: { token: 't' } });
      await harness.settle();
      harness.client.watch(subscription, REQUEST, { token: 't' });
      await harness.settle();
      assert.deepEqual(harness.worker.orders.slice(4), ['unwatch', 'close', 'watch']);
      assert.equal(harness.worker.of('watch')[2]?.stream, 2);
    });
  });

  suite('a credential that cannot be sent to a worker', () => {
    /** What a host page may answer by mistake; a structured clone refuses it. */
    const broken = { apiKey: (() => 'canary') as unknown as string };

    test('costs its own stream only, which says so', async () => {
      const { subscriber } = harness.subscribe({ credential: broken });
      const other = harness.subscribe({ config: OTHER_TOPIC });
      await harness.settle();
      assert.deepEqual(
        harness.worker.of('open').map(({ config }) => config.topic),
        ['agB'],
      );
      assert.equal(subscriber.updates.at(-1)?.errors[0]?.code, 'internal');
      assert.notInclude(JSON.stringify(subscriber.updates), 'canary');
      assert.deepEqual(other.subscriber.updates, []);
    });

    test('is no exception of the page when the element goes or asks for diagnostics', async () => {
      const { subscription } = harness.subscribe({ credential: broken });
      await harness.settle();
      assert.equal((await harness.client.diagnose(subscription)).lastError?.code, 'internal');
      assert.isEmpty(harness.worker.heard, 'a worker that cannot answer would be taken for dead');
      assert.doesNotThrow(() => harness.client.close(subscription));
    });

    test('is put right by the next one', async () => {
      const { subscription } = harness.subscribe({ credential: broken });
      await harness.settle();
      harness.client.watch(subscription, REQUEST, { apiKey: 'good' });
      await harness.settle();
      assert.equal(harness.worker.of('open').at(-1)?.credential.apiKey, 'good');
      assert.lengthOf(harness.worker.of('watch'), 1);
    });
  });

  suite('updates', () => {
    test('each view gets its own data, and all get what is of the stream', async () => {
      const one = harness.subscribe();
      const two = harness.subscribe();
      await harness.settle();
      const data = { ...FEED, heldRows: 4 };
      const error = { code: 'payload-not-json', message: 'no', messageId: undefined } as const;
      const gap = { kind: 'no-cursor', from: undefined, to: undefined } as const;
      const of2 = { view: 2, data, notices: [], events: [] };
      harness.worker.say(updateOf(1, { views: [of2], gaps: [gap], errors: [error] }));
      assert.isUndefined(one.subscriber.updates[0]?.view);
      assert.deepEqual(two.subscriber.updates[0]?.view, data);
      assert.strictEqual(two.subscriber.updates[0]?.notices, of2.notices);
      assert.strictEqual(two.subscriber.updates[0]?.events, of2.events);
      for (const { subscriber } of [one, two]) {
        assert.equal(subscriber.updates[0]?.connection.kind, 'live');
        assert.deepEqual(subscriber.updates[0]?.errors, [error]);
        assert.deepEqual(subscriber.updates[0]?.gaps, [gap]);
      }
      harness.worker.say(updateOf(1));
      assert.deepEqual(
        (await harness.client.diagnose(one.subscription)).lastError,
        error,
        'the last there was',
      );
    });

    test('it is consumed only once it is rendered and painted, with what both cost', async () => {
      let render: () => void = () => undefined;
      let paint: (costMs: number) => void = () => undefined;
      harness.nextFrame = () => new Promise((resolve) => (paint = resolve));
      const { subscriber } = harness.subscribe();
      await harness.settle();
      subscriber.rendered = new Promise<void>((resolve) => (render = resolve));
      harness.worker.say(updateOf(1));
      harness.time.block(7);
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 0, 'before it is rendered');
      render();
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 0, 'before it is painted');
      paint(5);
      await harness.settle();
      assert.deepEqual(harness.worker.of('consumed'), [{ kind: 'consumed', stream: 1, costMs: 12 }]);
    });

    test('an element that never finishes rendering holds the stream up for a second only', async () => {
      const { subscriber } = harness.subscribe();
      await harness.settle();
      subscriber.rendered = new Promise(() => undefined);
      harness.worker.say(updateOf(1));
      await harness.time.advance(999);
      assert.lengthOf(harness.worker.of('consumed'), 0);
      await harness.time.advance(1);
      assert.lengthOf(harness.worker.of('consumed'), 1);
    });

    test('an exception of one subscriber stays with it and shows in diagnostics without its words', async () => {
      const one = harness.subscribe();
      const two = harness.subscribe();
      await harness.settle();
      one.subscriber.failure = new RangeError('canary');
      one.subscriber.rendered = Promise.reject(new Error('canary'));
      harness.worker.say(updateOf(1));
      await harness.settle();
      assert.lengthOf(two.subscriber.updates, 1);
      assert.lengthOf(harness.worker.of('consumed'), 1);
      const { lastError } = await harness.client.diagnose(one.subscription);
      assert.equal(lastError?.code, 'internal');
      assert.include(lastError?.message, 'RangeError');
      assert.notInclude(lastError?.message, 'canary');
    });

    test('a page whose frames cannot be measured goes on all the same', async () => {
      harness.nextFrame = () => Promise.reject(new Error('requestAnimationFrame was replaced'));
      harness.subscribe();
      await harness.settle();
      harness.worker.say(updateOf(1));
      await harness.settle();
      assert.deepEqual(harness.worker.of('consumed'), [{ kind: 'consumed', stream: 1, costMs: 0 }]);
    });

    test('a page in which Promise has no allSettled goes on all the same', async () => {
      const { allSettled } = Promise;
      Reflect.deleteProperty(Promise, 'allSettled');
      try {
        harness.subscribe();
        await harness.settle();
        harness.worker.say(updateOf(1));
        await harness.settle();
        assert.lengthOf(harness.worker.of('consumed'), 1);
      } finally {
        Promise.allSettled = allSettled;
      }
    });

    test('an update whose stream is closed before it is painted is not consumed', async () => {
      let paint: (costMs: number) => void = () => undefined;
      harness.nextFrame = () => new Promise((resolve) => (paint = resolve));
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.worker.say(updateOf(1));
      await harness.settle();
      harness.client.close(subscription);
      paint(1);
      await harness.settle();
      assert.lengthOf(harness.worker.of('consumed'), 0);
    });

    test('an update of a stream that has been closed is not consumed', async () => {
      const { subscription } = harness.subscribe();
      harness.subscribe({ config: OTHER_TOPIC });
      await harness.settle();
      harness.client.close(subscription);
      harness.worker.say(updateOf(1));
      harness.worker.say(updateOf(2));
      await harness.settle();
      assert.deepEqual(
        harness.worker.of('consumed').map(({ stream }) => stream),
        [2],
      );
    });
  });

  suite('diagnostics', () => {
    test("are the worker's, with what only the page knows", async () => {
      harness.routes.behaviour.inline = 'throws';
      const { subscription } = harness.subscribe();
      await harness.settle();
      const diagnostics = await harness.client.diagnose(subscription);
      assert.equal(diagnostics.counts?.received, 7);
      assert.equal(diagnostics.version, 'test');
      assert.equal(diagnostics.workerRoute, 'page');
      assert.deepEqual(diagnostics.failedRoutes, [{ route: 'inline', reason: 'The operation is insecure.' }]);
      assert.notInclude(JSON.stringify(diagnostics), 'canary');
    });

    test('come from the page within 5 s when the worker does not answer', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      const cause = { kind: 'keepalive-timeout' } as const;
      const tries = { since: 5, attempt: 1, retryAt: undefined, cause };
      harness.worker.say(updateOf(1, { connection: { kind: 'reconnecting', ...tries } }));
      harness.worker.isMute = true;
      const asked = harness.client.diagnose(subscription);
      await harness.time.advance(5000);
      const diagnostics = await asked;
      assert.equal(diagnostics.endpointHost, 'relay.example');
      assert.equal(diagnostics.topic, 'agent-v1/agA');
      assert.deepEqual(diagnostics.cause, cause);
      assert.isUndefined(diagnostics.counts, 'unknown, and not 0');
    });

    test('know what is asked of an element that has just been set up', async () => {
      harness.subscribe();
      await harness.settle();
      const { subscription } = harness.subscribe({ config: OTHER_TOPIC });
      assert.equal((await harness.client.diagnose(subscription)).counts?.received, 7);
    });

    test('come from the page at once when the worker dies', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.worker.isMute = true;
      const asked = harness.client.diagnose(subscription);
      harness.worker.fail('stopped by RangeError');
      assert.isUndefined((await asked).counts);
    });

    test('come from the page at once where no worker runs, or nothing is set up', async () => {
      const { subscription } = harness.subscribe();
      assert.equal((await harness.client.diagnose(subscription)).state, 'connecting');
      assert.equal((await harness.client.diagnose(undefined)).state, 'idle');
    });
  });
});
