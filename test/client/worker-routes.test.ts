import { assert } from '@open-wc/testing';
import { pageTime } from '../../src/client/page-time.js';
import { startWorker, type StartOutcome } from '../../src/client/start-worker.js';
import { POLICY_NAME, scriptUrlTruster, type TrustedTypesFactory } from '../../src/client/trusted-types.js';
import { workerRoutes, type RouteOptions } from '../../src/client/worker-routes.js';
import { askCredential } from '../../src/elements/credential-source.js';
import type { PageToWorker, WorkerToPage } from '../../src/protocol/messages.js';
import { FakeRoutes } from './support/fake-worker.js';
import { ManualTime } from './support/manual-time.js';
import {
  chattyProgram,
  echoProgram,
  fragileProgram,
  silentProgram,
  throwingProgram,
} from './support/programs.js';
import { within } from './support/wait.js';

const WORKER_FILE = new URL('./support/worker-file.js', import.meta.url).pathname;
const SILENT_FILE = new URL('./support/silent-file.js', import.meta.url).pathname;

suite('worker routes', () => {
  let outcomes: StartOutcome[] = [];

  teardown(() => {
    for (const { link } of outcomes) link?.port.end();
    outcomes = [];
  });

  /** Real workers and ports. */
  async function start(
    options: Partial<RouteOptions>,
    only?: readonly string[],
    more: { readonly readyLimitMs?: number; readonly version?: string | undefined } = {},
  ): Promise<StartOutcome> {
    const routes = workerRoutes({ program: echoProgram, workerUrl: () => undefined, ...options });
    const outcome = await startWorker({
      routes: only === undefined ? routes : routes.filter(({ route }) => only.includes(route)),
      time: pageTime,
      version: 'test',
      ...more,
    });
    outcomes.push(outcome);
    return outcome;
  }

  function answerOf(outcome: StartOutcome, message: PageToWorker): Promise<WorkerToPage> {
    return within(
      'an answer of the worker',
      new Promise((resolve, reject) => {
        outcome.link?.port.listen({ onMessage: resolve, onFailure: (reason) => reject(new Error(reason)) });
        outcome.link?.port.postMessage(message);
      }),
    );
  }

  const hello: PageToWorker = { kind: 'lifecycle', event: 'visible' };

  for (const [route, only] of [
    ['inline', undefined],
    ['url', undefined],
    ['page', ['page']],
  ] as const) {
    test(`the ${route} route runs the program and talks both ways`, async () => {
      const outcome = await start({ workerUrl: () => (route === 'url' ? WORKER_FILE : undefined) }, only);
      assert.equal(outcome.link?.route, route);
      assert.deepEqual(outcome.failed, []);
      const answer = await answerOf(outcome, hello);
      assert.equal(answer.kind, 'diagnostics');
      assert.deepInclude(answer.kind === 'diagnostics' ? answer.diagnostics : {}, { heard: hello });
    });
  }

  test("a page's Promise that is an old polyfill, without finally, is good enough for every route", async () => {
    const { Promise: native } = globalThis;
    globalThis.Promise = class extends native<unknown> {
      override readonly finally = undefined as never;
    } as typeof native;
    try {
      for (const route of ['inline', 'url', 'page']) {
        const { link, failed } = await start({ workerUrl: () => WORKER_FILE }, [route], {
          version: undefined,
        });
        assert.equal(link?.route, route, failed.map(({ reason }) => reason).join());
      }
      assert.equal((await askCredential(() => ({ apiKey: 'eght_1' })).answer)?.apiKey, 'eght_1');
    } finally {
      globalThis.Promise = native;
    }
  });

  test('the inline program runs in strict mode', async () => {
    const answer = await answerOf(await start({}), hello);
    assert.deepInclude(answer.kind === 'diagnostics' ? answer.diagnostics : {}, { isStrict: true });
  });

  test("the blob's address is revoked once the worker answers", async () => {
    const made: string[] = [];
    const trustScriptUrl = (url: string): string => {
      made.push(url);
      return url;
    };
    await start({ trustScriptUrl });
    assert.lengthOf(made, 1);
    const failure = await fetch(made[0] ?? '').then(
      () => 'fetched',
      () => 'refused',
    );
    assert.equal(failure, 'refused');
  });

  test('a program that throws in its worker fails by its error event, with the name and not the words', async () => {
    const outcome = await start({ program: throwingProgram }, ['inline']);
    assert.isUndefined(outcome.link?.route);
    assert.deepEqual(outcome.failed, [{ route: 'inline', reason: 'stopped by TypeError' }]);
  });

  test('a program that throws in the page is a failed route and no exception of the page', async () => {
    const outcome = await start({ program: throwingProgram }, ['page']);
    assert.isUndefined(outcome.link?.route);
    assert.equal(outcome.failed[0]?.route, 'page');
  });

  test('a missing file falls through to the blob within a second', async () => {
    const startedAt = performance.now();
    const outcome = await start({ workerUrl: () => '/no-such-worker.js' });
    assert.equal(outcome.link?.route, 'inline');
    assert.isBelow(performance.now() - startedAt, 1000);
    assert.deepEqual(
      outcome.failed.map(({ route }) => route),
      ['url'],
      'once',
    );
  });

  test('an address that comes while a blob is tried is taken when the blob fails', async () => {
    let url: string | undefined;
    const outcome = await start({
      workerUrl: () => url,
      trustScriptUrl: (address) => {
        if (address !== WORKER_FILE && !address.endsWith(WORKER_FILE)) {
          url = WORKER_FILE;
          throw new Error('no blobs');
        }
        return address;
      },
    });
    assert.equal(outcome.link?.route, 'url');
    assert.deepEqual(outcome.failed, [{ route: 'inline', reason: 'no blobs' }]);
  });

  test('a missing file falls through to the page within a second', async () => {
    const startedAt = performance.now();
    const outcome = await start({ workerUrl: () => '/no-such-worker.js' }, ['url', 'page']);
    assert.equal(outcome.link?.route, 'page');
    assert.isBelow(performance.now() - startedAt, 1000);
    assert.match(outcome.failed[0]?.reason ?? '', /Content-Security-Policy or a missing file|stopped by/);
  });

  test('a wrong file that never answers is given up after the limit', async () => {
    const outcome = await start({ workerUrl: () => SILENT_FILE }, ['url'], { readyLimitMs: 400 });
    assert.isUndefined(outcome.link?.route);
    assert.deepEqual(outcome.failed, [{ route: 'url', reason: 'no answer within 0.4 s' }]);
  });

  test('who never answers is given up after 3 s and not before', async () => {
    const time = new ManualTime();
    const routes = new FakeRoutes();
    routes.behaviour.inline = 'mute';
    const starting = startWorker({ routes: routes.routes(), time, version: 'test' });
    await time.advance(2_999);
    assert.deepEqual(routes.opened, ['inline']);
    await time.advance(1);
    assert.deepEqual(routes.opened, ['inline', 'page']);
    const { link, failed } = await starting;
    assert.equal(link?.route, 'page');
    assert.deepEqual(failed, [{ route: 'inline', reason: 'no answer within 3 s' }]);
    assert.equal(time.pendingTimers, 0);
  });

  for (const [name, program] of [
    ['says nothing', silentProgram],
    ['says other things', chattyProgram],
  ] as const) {
    test(`a program that ${name} is given up on every route, the page included`, async () => {
      const outcome = await start({ program }, undefined, { readyLimitMs: 400 });
      assert.isUndefined(outcome.link?.route);
      assert.deepEqual(
        outcome.failed.map(({ route }) => route),
        ['inline', 'page'],
      );
    });
  }

  test('a worker file of another version is refused, and both versions are named', async () => {
    const outcome = await start({ workerUrl: () => WORKER_FILE }, ['url'], { version: '0.0.9' });
    assert.deepEqual(outcome.failed, [{ route: 'url', reason: 'the file is of version “test”, not 0.0.9' }]);
  });

  test('the program that came with this script is taken whatever its version', async () => {
    const outcome = await start({}, ['inline'], { version: '0.0.9' });
    assert.equal(outcome.link?.route, 'inline');
  });

  test('sources that run unbuilt have no version to compare', async () => {
    const outcome = await start({ workerUrl: () => WORKER_FILE }, ['url'], { version: undefined });
    assert.equal(outcome.link?.route, 'url');
  });

  for (const [url, why] of [
    ['https://elsewhere.example/worker.js', "worker-url must be on the page's own origin"],
    ['data:text/javascript,postMessage(1)', 'worker-url must be the address of a file'],
    ['javascript:alert(1)', 'worker-url must be the address of a file'],
    [URL.createObjectURL(new Blob([''])), 'worker-url must be the address of a file'],
  ] as const) {
    test(`a worker-url like ${url.slice(0, 20)} is refused in words`, async () => {
      const outcome = await start({ workerUrl: () => url }, ['url', 'page']);
      assert.deepEqual(outcome.failed, [{ route: 'url', reason: why }]);
      assert.equal(outcome.link?.route, 'page');
    });
  }

  for (const only of ['inline', 'page']) {
    test(`an exception in the running program is heard on the ${only} route and is none of the host's`, async () => {
      const atHost: unknown[] = [];
      const onError = (event: Event): number => atHost.push(event);
      addEventListener('error', onError);
      try {
        const outcome = await start({ program: fragileProgram }, [only]);
        const reason = await within(
          'the failure',
          new Promise<string>((resolve) => {
            outcome.link?.port.listen({ onMessage: () => undefined, onFailure: resolve });
            outcome.link?.port.postMessage(hello);
          }),
        );
        assert.equal(reason, 'stopped by RangeError');
        assert.deepEqual(atHost, []);
      } finally {
        removeEventListener('error', onError);
      }
    });
  }

  for (const only of ['inline', 'page']) {
    test(`after its end the ${only} route is not heard, not even what was on its way`, async () => {
      const outcome = await start({}, [only]);
      const port = outcome.link?.port;
      let heard = 0;
      // The answer to the first lies in the page's queue when the second one's arrives.
      await within(
        'the first answer',
        new Promise<void>((resolve) => {
          port?.listen({
            onMessage: () => {
              heard++;
              port.end();
              resolve();
            },
            onFailure: () => undefined,
          });
          port?.postMessage(hello);
          port?.postMessage(hello);
        }),
      );
      const barrier = await start({}, [only]);
      await answerOf(barrier, hello);
      assert.equal(heard, 1);
    });
  }

  test('an exception in a page program that has been ended is not heard any more', async () => {
    const failures: string[] = [];
    await within(
      'the last words',
      new Promise<void>((resolve) => {
        void start(
          {
            program: (scope) => {
              scope.addEventListener('message', () => {
                // After the exception has been caught.
                queueMicrotask(resolve);
                throw new RangeError('too late');
              });
              scope.postMessage({ kind: 'ready', version: 'test' });
            },
          },
          ['page'],
        ).then(({ link }) => {
          link?.port.listen({ onMessage: () => undefined, onFailure: (reason) => failures.push(reason) });
          link?.port.postMessage({ kind: 'close', stream: 1 });
          link?.port.end();
        });
      }),
    );
    assert.deepEqual(failures, []);
  });

  test('what is posted right before the end still reaches a program in the page', async () => {
    const heard = within(
      'the last words',
      new Promise<unknown>((resolve) => {
        void start(
          {
            program: (scope) => {
              scope.addEventListener('message', (event) => resolve(event.data));
              scope.postMessage({ kind: 'ready', version: 'test' });
            },
          },
          ['page'],
        ).then(({ link }) => {
          link?.port.postMessage({ kind: 'close', stream: 1 });
          link?.port.end();
        });
      }),
    );
    assert.deepEqual(await heard, { kind: 'close', stream: 1 });
  });

  suite('order and patience', () => {
    test('routes are tried in order, and those that failed are named with their reasons', async () => {
      const routes = new FakeRoutes();
      routes.behaviour.url = 'mute';
      routes.behaviour.inline = 'throws';
      const time = new ManualTime();
      const starting = startWorker({ routes: routes.routes(() => '/worker.js'), time, version: 'test' });
      await time.advance(2999);
      assert.deepEqual(routes.opened, ['url']);
      await time.advance(1);
      const { link, failed } = await within('the start', starting);
      assert.equal(link?.route, 'page');
      assert.deepEqual(failed, [
        { route: 'url', reason: 'no answer within 3 s' },
        { route: 'inline', reason: 'The operation is insecure.' },
      ]);
      assert.isTrue(routes.workers[0]?.isEnded);
      assert.equal(time.pendingTimers, 0);
    });

    test('no worker-url is no failure', async () => {
      const routes = new FakeRoutes();
      routes.behaviour.inline = 'throws';
      const { link, failed } = await startWorker({
        routes: routes.routes(),
        time: new ManualTime(),
        version: 'test',
      });
      assert.equal(link?.route, 'page');
      assert.lengthOf(failed, 1);
    });

    test('a page that was blocked for longer than the limit still hears the answer', async () => {
      const routes = new FakeRoutes();
      routes.behaviour.inline = 'mute';
      const time = new ManualTime();
      const starting = startWorker({ routes: routes.routes(), time, version: 'test' });
      time.block(10_000);
      await time.advance(0);
      routes.newest.say({ kind: 'ready', version: 'test' });
      assert.equal((await within('the start', starting)).link?.route, 'inline');
    });
  });

  suite('Trusted Types', () => {
    test('without the platform feature an address stays as it is', () => {
      assert.equal(scriptUrlTruster(() => undefined)('/a.js'), '/a.js');
    });

    test('one policy is made, on first use, under the documented name', () => {
      const names: string[] = [];
      const factory: TrustedTypesFactory = {
        createPolicy: (name, rules) => {
          names.push(name);
          return { createScriptURL: (url) => ({ trusted: rules.createScriptURL(url) }) };
        },
      };
      const trust = scriptUrlTruster(() => factory);
      assert.deepEqual(names, []);
      assert.deepEqual(trust('/a.js') as unknown, { trusted: '/a.js' });
      trust('/b.js');
      assert.deepEqual(names, [POLICY_NAME]);
    });

    test('a refused policy fails both worker routes by name and leaves the page', async () => {
      const trustScriptUrl = scriptUrlTruster(() => ({
        createPolicy: () => {
          throw new TypeError('Policy "x8-widgets" disallowed.');
        },
      }));
      const outcome = await start({ trustScriptUrl, workerUrl: () => WORKER_FILE });
      assert.equal(outcome.link?.route, 'page');
      const reason = "the page's Trusted Types refused the policy x8-widgets";
      assert.deepEqual(outcome.failed, [
        { route: 'url', reason },
        { route: 'inline', reason },
      ]);
    });
  });
});
