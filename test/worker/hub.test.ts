import { assert } from '@open-wc/testing';
import type { PageToWorker, WorkerToPage } from '../../src/protocol/messages.js';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import { Hub } from '../../src/worker/hub.js';
import { memoryPositions } from './support/memory-positions.js';
import { settle, virtualPlatform, type VirtualPlatform } from './support/virtual-platform.js';

const config = (topic: string): StreamConfig => ({
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic,
  start: { kind: 'resume' },
});

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
}

function bench(): Bench {
  let stores = 0;
  const platform = virtualPlatform({
    store: () => {
      stores++;
      return Promise.resolve(memoryPositions({ last: undefined, index: [] }));
    },
  });
  const posted: WorkerToPage[] = [];
  return {
    hub: new Hub(platform, (message) => posted.push(message)),
    platform,
    posted,
    stores: () => stores,
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
