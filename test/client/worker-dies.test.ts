import { assert } from '@open-wc/testing';
import { updateOf } from './support/fake-worker.js';
import { CONFIG, Harness } from './support/harness.js';

suite('worker dies', () => {
  let harness: Harness;

  setup(async () => {
    harness = new Harness();
  });

  async function running(): Promise<ReturnType<Harness['subscribe']>> {
    const held = harness.subscribe();
    await harness.settle();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    await harness.settle();
    return held;
  }

  test('it is started again by the same route a second later and told everything', async () => {
    const { subscriber } = await running();
    harness.subscribe({ config: { ...CONFIG, topic: 'agB' } });
    await harness.settle();
    const first = harness.worker;
    first.fail('stopped by RangeError');
    assert.isTrue(first.isEnded);
    await harness.settle();
    assert.equal(subscriber.updates.at(-1)?.connection.kind, 'connecting');
    assert.equal(subscriber.updates.at(-1)?.errors[0]?.code, 'internal');
    await harness.time.advance(999);
    assert.strictEqual(harness.worker, first);
    await harness.time.advance(1);
    assert.notStrictEqual(harness.worker, first);
    assert.deepEqual(harness.routes.opened, ['inline', 'inline']);
    assert.deepEqual(harness.worker.orders, ['open', 'watch', 'open', 'watch']);
    const [again, other] = harness.worker.of('open');
    assert.equal(again?.handover, 'CAEQAQ==', 'it goes on from what was shown');
    assert.deepEqual([again?.wasOpen, other?.wasOpen], [true, false], 'the other was never read');
  });

  test('the page takes the time anew with each worker, as that one does', async () => {
    await running();
    assert.equal(harness.time.resets, 1);
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.equal(harness.time.resets, 2);
  });

  test('one in the page is told to close its streams, for it cannot be terminated', async () => {
    await running();
    harness.worker.fail('stopped by RangeError');
    assert.equal(harness.worker.orders.at(-1), 'close');
  });

  test('dying twice goes on to the next route, and diagnostics name both', async () => {
    const { subscription } = await running();
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.deepEqual(harness.routes.opened, ['inline', 'inline', 'page']);
    const { failedRoutes, workerRoute } = await harness.client.diagnose(subscription);
    assert.equal(workerRoute, 'page');
    assert.deepEqual(failedRoutes, [
      { route: 'inline', reason: 'stopped by RangeError' },
      { route: 'inline', reason: 'stopped by RangeError' },
    ]);
  });

  test('the next route may die once, too, before it is given up', async () => {
    await running();
    for (let deaths = 0; deaths < 3; deaths++) {
      harness.worker.fail('stopped by RangeError');
      await harness.time.advance(1000);
    }
    assert.deepEqual(harness.routes.opened, ['inline', 'inline', 'page', 'page']);
  });

  test('workers that start and die, each time anew, are started less and less often', async () => {
    await running();
    const round = async (): Promise<void> => {
      for (let deaths = 0; deaths < 4; deaths++) {
        harness.worker.fail('stopped by RangeError');
        await harness.time.advance(1000);
      }
    };
    await round();
    assert.lengthOf(harness.routes.workers, 4);
    await harness.time.advance(60_000);
    assert.lengthOf(harness.routes.workers, 5);
    await round();
    assert.lengthOf(harness.routes.workers, 8);
    await harness.time.advance(60_000);
    assert.lengthOf(harness.routes.workers, 8, 'after two minutes now');
    await harness.time.advance(60_000);
    assert.lengthOf(harness.routes.workers, 9);
  });

  test('whoever asked whether it is there has left no timer when the last element is gone', async () => {
    const { subscription } = await running();
    for (let asked = 0; asked < 3; asked++) {
      harness.page.show('visible');
      await harness.client.diagnose(subscription);
      await harness.time.advance(100);
    }
    harness.client.release(subscription);
    await harness.time.advance(1000);
    assert.isTrue(harness.worker.isEnded);
    assert.equal(harness.time.pendingTimers, 0);
  });

  test('a minute of good work forgives an earlier death', async () => {
    await running();
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(61_000);
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.deepEqual(harness.routes.opened, ['inline', 'inline', 'inline']);
  });

  test('a worker that is stuck from its first message is replaced after 5 s', async () => {
    harness.routes.behaviour.inline = 'stuck';
    harness.subscribe();
    await harness.settle();
    const first = harness.worker;
    await harness.time.advance(4999);
    assert.isFalse(first.isEnded);
    await harness.time.advance(1001);
    assert.isTrue(first.isEnded);
    assert.notStrictEqual(harness.worker, first);
  });

  test('what hangs a worker twice is never run in the page, which it would hang too', async () => {
    harness.routes.behaviour.inline = 'stuck';
    const { subscription, subscriber } = harness.subscribe();
    await harness.settle();
    await harness.time.advance(30_000);
    assert.deepEqual(harness.routes.opened, ['inline', 'inline']);
    assert.equal(subscriber.updates.at(-1)?.connection.kind, 'idle');
    assert.include(subscriber.updates.at(-1)?.errors[0]?.message, 'inline: no answer within 5 s');
    harness.routes.behaviour.inline = 'throws';
    await harness.time.advance(60_000);
    assert.deepEqual(harness.routes.opened.slice(2), ['inline'], 'not by itself');
    harness.client.retry(subscription);
    await harness.settle();
    assert.deepEqual(harness.routes.opened.slice(3), ['inline', 'page'], 'asked for, it may');
  });

  test('nor when the last element leaves before the next start and another comes', async () => {
    harness.routes.behaviour.inline = 'stuck';
    const { subscription } = harness.subscribe();
    await harness.settle();
    await harness.time.advance(10_500);
    harness.client.close(subscription);
    await harness.time.advance(2000);
    harness.subscribe();
    await harness.settle();
    await harness.time.advance(2000);
    assert.notInclude(harness.routes.opened, 'page');
  });

  test('one that answers is left alone', async () => {
    await running();
    await harness.time.advance(60_000);
    assert.lengthOf(harness.routes.workers, 1);
  });

  test('one that was killed while the page was hidden is replaced as soon as the page is seen again', async () => {
    await running();
    harness.page.show('hidden');
    await harness.time.advance(10_000);
    harness.worker.isMute = true;
    harness.page.show('visible');
    await harness.time.advance(6000);
    assert.lengthOf(harness.routes.workers, 2);
  });

  for (const event of ['resume', 'pageshow']) {
    test(`one that was killed is replaced within 6 s of ${event}`, async () => {
      await running();
      harness.page.show('hidden');
      await harness.time.advance(10_000);
      harness.worker.isMute = true;
      harness.page.window.dispatchEvent(new Event(event));
      await harness.time.advance(6000);
      assert.lengthOf(harness.routes.workers, 2);
    });
  }

  test('one that hangs while the page is hidden is asked once a minute, and replaced', async () => {
    await running();
    harness.page.show('hidden');
    await harness.time.advance(10_000);
    const { worker } = harness;
    const asked = (): number => worker.heard.filter(({ kind }) => kind === 'diagnose').length;
    const before = asked();
    await harness.time.advance(120_000);
    assert.equal(asked() - before, 2);
    worker.isMute = true;
    await harness.time.advance(67_000);
    assert.lengthOf(harness.routes.workers, 2);
  });

  test('one that hangs while the page is looked at is replaced within 15 s', async () => {
    const { subscriber } = await running();
    await harness.time.advance(60_000);
    const first = harness.worker;
    first.isMute = true;
    await harness.time.advance(15_000);
    assert.isTrue(first.isEnded);
    assert.lengthOf(harness.routes.workers, 2);
    assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    assert.equal(subscriber.updates.at(-1)?.errors[0]?.code, 'internal');
  });

  test('any message counts as an answer', async () => {
    await running();
    harness.worker.isMute = true;
    harness.page.show('visible');
    await harness.time.advance(4000);
    harness.worker.say(updateOf(1));
    await harness.time.advance(7_000);
    assert.isFalse(harness.worker.isEnded);
  });

  test('an update whose worker has died in the meantime is not consumed by the next', async () => {
    let paint: (costMs: number) => void = () => undefined;
    harness.nextFrame = () => new Promise((resolve) => (paint = resolve));
    harness.subscribe();
    await harness.settle();
    harness.worker.say(updateOf(1));
    await harness.settle();
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    paint(1);
    await harness.settle();
    assert.deepEqual(harness.worker.orders, ['open', 'watch']);
  });

  test('a stream that was only catching up goes on, and does not begin anew', async () => {
    harness.subscribe();
    await harness.settle();
    harness.worker.say(updateOf(1, { connection: { kind: 'catching-up', since: 5, taken: 0 } }));
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.isTrue(harness.worker.of('open')[0]?.wasOpen);
  });

  suite('no route works', () => {
    setup(() => {
      harness.routes.behaviour.inline = 'throws';
      harness.routes.behaviour.page = 'throws';
    });

    test('it is said once, and the connection is idle', async () => {
      const { subscriber, subscription } = harness.subscribe();
      await harness.settle();
      assert.lengthOf(subscriber.updates, 1);
      assert.deepInclude(subscriber.updates[0]?.connection, { kind: 'idle', reason: 'no-worker' });
      assert.equal(subscriber.updates[0]?.errors[0]?.code, 'worker-unavailable');
      assert.include(subscriber.updates[0]?.errors[0]?.message, 'The operation is insecure.');
      assert.equal((await harness.client.diagnose(subscription)).lastError?.code, 'worker-unavailable');
    });

    test('nothing is tried again at once, unless somebody asks: then all routes are', async () => {
      const { subscription, subscriber } = harness.subscribe();
      await harness.settle();
      harness.client.watch(subscription, subscription.request);
      await harness.settle();
      await harness.time.advance(59_000);
      assert.lengthOf(harness.routes.opened, 2);
      harness.routes.behaviour.inline = 'ready';
      harness.client.retry(subscription);
      assert.equal(subscriber.updates.at(-1)?.connection.kind, 'connecting');
      await harness.settle();
      assert.deepEqual(harness.routes.opened, ['inline', 'page', 'inline']);
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
      await harness.time.advance(120_000);
      assert.lengthOf(harness.routes.opened, 3, 'the try that was due is no longer');
    });

    test('all are tried again after a minute, two, and so on to sixteen, and by one that works all goes on', async () => {
      const { subscriber } = harness.subscribe();
      await harness.settle();
      assert.include(subscriber.updates[0]?.errors[0]?.message, 'The next try is in 1 min.');
      for (const minutes of [1, 2, 4, 8, 16, 16]) {
        const before = harness.routes.opened.length;
        await harness.time.advance(minutes * 60_000 - 1);
        assert.lengthOf(harness.routes.opened, before, `${minutes} min are not over`);
        await harness.time.advance(1);
        assert.deepEqual(harness.routes.opened.slice(before), ['inline', 'page']);
      }
      harness.routes.behaviour.page = 'ready';
      await harness.time.advance(16 * 60_000);
      assert.equal(subscriber.updates.at(-1)?.connection.kind, 'connecting');
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('with the last element the tries end', async () => {
      const { subscription } = harness.subscribe();
      await harness.settle();
      harness.client.close(subscription);
      await harness.time.advance(3_600_000);
      assert.lengthOf(harness.routes.opened, 2);
    });

    test('a new element is a new try', async () => {
      harness.subscribe();
      await harness.settle();
      harness.routes.behaviour.page = 'ready';
      harness.subscribe();
      await harness.settle();
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch']);
    });

    test('a worker-url that throws when it is read is one more reason, and no exception', async () => {
      const { subscriber, subscription } = harness.subscribe();
      Object.defineProperty(subscriber, 'workerUrl', {
        value: () => {
          throw new Error('no attribute');
        },
      });
      await harness.settle();
      const { failedRoutes } = await harness.client.diagnose(subscription);
      assert.deepEqual(
        failedRoutes.map(({ route }) => route),
        ['url', 'inline', 'page'],
      );
    });
  });

  test('a worker that runs well for a minute takes the long pauses back', async () => {
    harness.routes.behaviour.inline = 'throws';
    harness.routes.behaviour.page = 'throws';
    const { subscriber } = harness.subscribe();
    await harness.settle();
    await harness.time.advance(60_000);
    harness.routes.behaviour.inline = 'ready';
    await harness.time.advance(120_000);
    await harness.time.advance(61_000);
    harness.routes.behaviour.inline = 'throws';
    harness.worker.fail('stopped by RangeError');
    await harness.time.advance(1000);
    assert.include(subscriber.updates.at(-1)?.errors[0]?.message, 'The next try is in 1 min.');
  });

  test('when the last route has died twice it is over for now, and a retry begins with the first again', async () => {
    harness.routes.behaviour.inline = 'throws';
    const { subscription, subscriber } = await running();
    for (let death = 0; death < 2; death++) {
      harness.worker.fail('stopped by RangeError');
      await harness.time.advance(1000);
    }
    assert.deepEqual(harness.routes.opened, ['inline', 'page', 'page']);
    assert.equal(subscriber.updates.at(-1)?.connection.kind, 'idle');
    assert.equal(subscriber.updates.at(-1)?.errors[0]?.code, 'worker-unavailable');
    harness.routes.behaviour.inline = 'ready';
    harness.client.retry(subscription);
    await harness.settle();
    assert.deepEqual(harness.routes.opened.slice(3), ['inline']);
    assert.deepEqual(harness.worker.orders, ['open', 'watch']);
  });

  test('a route that was refused is not tried again by the next worker of the page', async () => {
    harness.routes.behaviour.inline = 'throws';
    harness.client.close(harness.subscribe().subscription);
    const { subscription } = harness.subscribe();
    await harness.settle();
    harness.client.close(subscription);
    await harness.time.advance(1000);
    harness.subscribe();
    await harness.settle();
    assert.deepEqual(harness.routes.opened, ['inline', 'page', 'page']);
  });
});
