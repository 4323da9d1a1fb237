import { assert } from '@open-wc/testing';
import type { PageToWorker, WorkerToPage } from '../../src/protocol/messages.js';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import { formatMessageId } from '../../src/worker/message-id.js';
import { Hub } from '../../src/worker/hub.js';
import { ASK } from './support/connection-shell.js';
import { feedRequest } from '../domain/payloads.js';
import { memoryPositions } from './support/memory-positions.js';
import { settle, virtualPlatform, type VirtualPlatform } from './support/virtual-platform.js';

const config = (topic: string): StreamConfig => ({
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic,
  start: { kind: 'resume' },
});

const FEED = feedRequest({ agentId: 'b', maxItems: 10, mask: 'all' });

const open = (stream: number, topic: string): PageToWorker => ({
  kind: 'open',
  stream,
  config: config(topic),
  credential: { apiKey: 'k' },
  handover: undefined,
  wasOpen: false,
});

interface Bench {
  readonly hub: Hub;
  readonly platform: VirtualPlatform;
  readonly posted: readonly WorkerToPage[];
  readonly stores: () => number;
  readonly updates: () => readonly Extract<WorkerToPage, { kind: 'update' }>[];
  readonly closedStores: () => number;
}

function bench(): Bench {
  let stores = 0;
  let closedStores = 0;
  const platform = virtualPlatform({
    store: () => {
      stores++;
      const store = memoryPositions({ last: undefined, index: [] });
      return Promise.resolve({ ...store, close: () => void closedStores++ });
    },
  });
  const posted: WorkerToPage[] = [];
  return {
    hub: new Hub(platform, (message) => posted.push(message)),
    platform,
    posted,
    stores: () => stores,
    updates: () => posted.filter((message) => message.kind === 'update'),
    closedStores: () => closedStores,
  };
}

suite('The hub', () => {
  test('opens one store for all streams, and a socket for each', async () => {
    const { hub, platform, stores } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    assert.equal(stores(), 1);
    assert.deepEqual(
      platform.sockets.map(({ url }) => new URL(url).pathname.split('/').at(-1)),
      ['a', 'b'],
    );
  });

  test('opens a stream once', async () => {
    const { hub, platform } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(1, 'a'));
    await settle();
    assert.lengthOf(platform.sockets, 1);
  });

  test('answers a question about one stream with its diagnostics', async () => {
    const { hub, posted } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    hub.receive({ kind: 'diagnose', stream: 2, request: 41 });
    const answer = posted.find((message) => message.kind === 'diagnostics');
    assert.equal(answer?.request, 41);
    assert.equal(answer?.diagnostics.topic, 'agent-v1/b');
    assert.equal(answer?.diagnostics.state, 'connecting');
  });

  test('tells every stream of the page’s life-cycle', async () => {
    const { hub, platform } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    for (const socket of platform.sockets) socket.drop();
    hub.receive({ kind: 'lifecycle', event: 'online' });
    assert.lengthOf(platform.sockets, 4);
  });

  for (const left of [[1, 3], [1]]) {
    test(`asks each socket after a sleep, of ${left.length} streams that are left of three`, async () => {
      const { hub, platform } = bench();
      for (const stream of [1, 2, 3]) hub.receive(open(stream, 'a'));
      await settle();
      for (const socket of platform.sockets) socket.open();
      for (const stream of [1, 2, 3]) if (!left.includes(stream)) hub.receive({ kind: 'close', stream });
      // What is to be sent to the page would look at the clock as well.
      await platform.clock.advance(1_000);
      platform.clock.sleep(60_000);
      await platform.clock.advance(1_000);
      assert.deepEqual(
        platform.sockets.map(({ sent }) => sent),
        [1, 2, 3].map((stream) => (left.includes(stream) ? [ASK] : [])),
      );
      for (const stream of left) hub.receive({ kind: 'close', stream });
      assert.equal(platform.clock.pending, 0, 'nobody is there to be woken');
    });
  }

  test('knows that it slept before it takes in what comes before its clock ticks', async () => {
    const { hub, platform, posted } = bench();
    hub.receive(open(1, 'a'));
    const request = feedRequest({ mask: 'all', wantsEvents: true });
    hub.receive({ kind: 'watch', stream: 1, view: 1, request });
    await settle();
    const socket = platform.sockets[0] ?? assert.fail('nothing was dialed');
    socket.open();
    await platform.clock.advance(500);
    hub.receive({ kind: 'consumed', stream: 1, costMs: 1 });
    platform.clock.sleep(60_000);
    const publishTime = new Date(platform.now() - 20_000).toISOString();
    socket.deliver(JSON.stringify({ messageId: 'CAMQATAA', payload: 'e30=', publishTime }));
    assert.include(socket.sent, ASK);
    await platform.clock.advance(300);
    const phases = posted.flatMap((message) =>
      message.kind === 'update'
        ? message.views.flatMap(({ events }) => events.map(({ phase }) => phase))
        : [],
    );
    assert.deepEqual(phases, ['missed']);
  });

  test('knows a clock that was set forward from a sleep', async () => {
    const { hub, platform, posted } = bench();
    hub.receive(open(1, 'a'));
    await settle();
    const socket = platform.sockets[0] ?? assert.fail('nothing was dialed');
    const deliver = (messageId: string, agoMs: number): void => {
      const publishTime = new Date(platform.now() - agoMs).toISOString();
      socket.deliver(JSON.stringify({ messageId, payload: 'e30=', publishTime }));
    };
    socket.open();
    deliver('CAMQATAA', 0);
    platform.clock.sleep(3_600_000);
    await platform.clock.advance(1_000);
    // It might have slept until what is on its way has come: in five spans of two seconds it gets no younger.
    for (let entry = 2; entry < 16; entry++) {
      deliver(formatMessageId({ ledger: 3, entry, partition: -1, batchIndex: -1 }), 3_600_000);
      await platform.clock.advance(1_000);
    }
    hub.receive({ kind: 'diagnose', stream: 1, request: 1 });
    const answer = posted.find((message) => message.kind === 'diagnostics');
    assert.equal(answer?.diagnostics.clockSkewMs, 3_600_000);
  });

  test('dials one stream anew with its own key, for a retry and for another key', async () => {
    const { hub, platform } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    for (const socket of platform.sockets) socket.drop();
    hub.receive({ kind: 'retry', stream: 1 });
    hub.receive({ kind: 'credential', stream: 2, credential: { token: 'fresh' } });
    const dials = platform.sockets.slice(2).map(({ url }) => new URL(url));
    assert.deepEqual(
      dials.map(({ pathname }) => pathname.split('/').at(-1)),
      ['a', 'b'],
    );
    assert.deepEqual(
      dials.map(({ searchParams }) => searchParams.get('x-api-key') ?? searchParams.get('token')),
      ['k', 'fresh'],
    );
  });

  test('sends a view when it is watched and when it is cleared, and no more once it is not watched', async () => {
    const { hub, platform, updates } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await platform.clock.advance(100);
    const next = async (message: PageToWorker): Promise<readonly (readonly [number, number])[]> => {
      for (const stream of [1, 2]) hub.receive({ kind: 'consumed', stream, costMs: 1 });
      const { length } = updates();
      hub.receive(message);
      await platform.clock.advance(1_000);
      return updates()
        .slice(length)
        .flatMap(({ stream, views }) => views.map(({ view }) => [stream, view] as const));
    };
    assert.deepEqual(await next({ kind: 'watch', stream: 2, view: 5, request: FEED }), [[2, 5]]);
    assert.deepEqual(await next({ kind: 'clear', stream: 2, view: 5 }), [[2, 5]]);
    await next({ kind: 'unwatch', stream: 2, view: 5 });
    assert.isEmpty(await next({ kind: 'clear', stream: 2, view: 5 }));
  });

  test('sends updates as seldom as the page says that they cost', async () => {
    const { hub, platform, updates } = bench();
    hub.receive(open(1, 'a'));
    await platform.clock.advance(100);
    assert.lengthOf(updates(), 1);
    hub.receive({ kind: 'consumed', stream: 1, costMs: 5_000 });
    hub.receive({ kind: 'clear', stream: 1, view: 1 });
    await platform.clock.advance(900);
    assert.lengthOf(updates(), 1);
    await platform.clock.advance(100);
    assert.lengthOf(updates(), 2);
  });

  test('closes one stream and leaves the other', async () => {
    const { hub, platform, posted } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    hub.receive({ kind: 'close', stream: 1 });
    assert.deepEqual(
      platform.sockets.map(({ isHeld }) => isHeld),
      [false, true],
    );
    hub.receive({ kind: 'diagnose', stream: 1, request: 1 });
    assert.isEmpty(posted, 'the closed stream is kept');
  });

  test('lets the store go with the last stream, and opens another one for the next', async () => {
    const { hub, stores, closedStores } = bench();
    hub.receive(open(1, 'a'));
    hub.receive(open(2, 'b'));
    await settle();
    hub.receive({ kind: 'close', stream: 1 });
    await settle();
    assert.equal(closedStores(), 0);
    hub.receive({ kind: 'close', stream: 2 });
    await settle();
    assert.equal(closedStores(), 1);
    hub.receive(open(3, 'a'));
    await settle();
    assert.equal(stores(), 2);
    assert.equal(closedStores(), 1);
  });

  const late: readonly PageToWorker[] = [
    { kind: 'credential', stream: 9, credential: {} },
    { kind: 'unwatch', stream: 9, view: 1 },
    { kind: 'consumed', stream: 9, costMs: 1 },
    { kind: 'clear', stream: 9, view: 1 },
    { kind: 'retry', stream: 9 },
    { kind: 'close', stream: 9 },
    { kind: 'diagnose', stream: 9, request: 1 },
  ];
  for (const message of late) {
    test(`ignores ${message.kind} for a stream that is gone`, () => {
      const { hub, posted, platform } = bench();
      hub.receive(message);
      assert.isEmpty(posted);
      assert.equal(platform.sockets.length, 0);
    });
  }

  test('ignores a message that it does not know', async () => {
    const { hub } = bench();
    hub.receive(open(1, 'a'));
    await settle();
    const unknown = { kind: 'from-the-future', stream: 1 } as unknown as PageToWorker;
    assert.doesNotThrow(() => hub.receive(unknown));
  });
});
