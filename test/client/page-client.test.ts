import { assert } from '@open-wc/testing';
import { StreamClient } from '../../src/client/client.js';
import { pageClient } from '../../src/client/page-client.js';
import type { WorkerRoute } from '../../src/protocol/diagnostics.js';
import { CONFIG, FakeSubscriber, REQUEST } from './support/harness.js';
import { Handover } from '../../src/client/handover.js';
import { nextFrame } from '../../src/client/frame.js';
import { pageTime } from '../../src/client/page-time.js';
import { workerRoutes } from '../../src/client/worker-routes.js';
import program from '../../src/worker/entry.ts?worker-program';
import { mortalProgram } from './support/programs.js';
import { until } from './support/wait.js';

/** Nothing listens on port 1: what is tried here is the worker, not a service. */
const NOWHERE = { ...CONFIG, endpoint: 'ws://127.0.0.1:1/ws/v2' };

suite('page client', () => {
  test('a real worker that ends without a word is replaced within 15 s', async function () {
    this.timeout(20_000);
    const inline = workerRoutes({ program: mortalProgram, workerUrl: () => undefined }).filter(
      ({ route }) => route === 'inline',
    );
    let opened = 0;
    const client = new StreamClient({
      routes: () => inline.map(({ route, open }) => ({ route, open: () => (opened++, open()) })),
      version: undefined,
      time: pageTime,
      nextFrame: () => nextFrame(pageTime),
      handover: new Handover(),
      lifecycle: window,
    });
    const subscriber = new FakeSubscriber();
    const subscription = client.subscribe({ config: NOWHERE, credential: {}, request: REQUEST, subscriber });
    try {
      await until('the next worker', () => opened === 2, 15_500);
      assert.include(subscriber.updates[0]?.errors[0]?.message, 'no answer within 5 s');
    } finally {
      client.close(subscription);
    }
  });

  test('there is one per page', () => {
    assert.strictEqual(pageClient(), pageClient());
  });

  test('the real program runs in an inline worker and answers', () => answersOn('inline', pageClient()));

  test('the real program runs in the page and answers', () =>
    answersOn(
      'page',
      new StreamClient({
        routes: () =>
          workerRoutes({ program, workerUrl: () => undefined }).filter(({ route }) => route === 'page'),
        version: undefined,
        time: pageTime,
        nextFrame: () => nextFrame(pageTime),
        handover: new Handover(),
        lifecycle: window,
      }),
    ));
});

async function answersOn(route: WorkerRoute, client: StreamClient): Promise<void> {
  const subscriber = new FakeSubscriber();
  const credential = { apiKey: 'eght_canary' };
  const subscription = client.subscribe({ config: NOWHERE, credential, request: REQUEST, subscriber });
  try {
    await until('an update with a view', () => subscriber.updates.some(({ view }) => view !== undefined));
    const diagnostics = await client.diagnose(subscription);
    assert.equal(diagnostics.workerRoute, route);
    assert.deepEqual(diagnostics.failedRoutes, []);
    assert.equal(diagnostics.endpointHost, '127.0.0.1:1');
    assert.notInclude(JSON.stringify(diagnostics), 'canary');
  } finally {
    client.close(subscription);
  }
}
