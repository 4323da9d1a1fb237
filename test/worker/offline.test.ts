/** What a stream says of its connection while the browser says that there is no network, from the page's first message on. */
import { assert } from '@open-wc/testing';
import { Hub } from '../../src/worker/hub.js';
import type { ConnectionStatus } from '../../src/protocol/connection-status.js';
import type { LifecycleEvent, WorkerToPage } from '../../src/protocol/messages.js';
import type { SubscriptionConfig } from '../../src/protocol/stream-config.js';
import { memoryPositions } from './support/memory-positions.js';
import { settle, virtualPlatform, type VirtualPlatform } from './support/virtual-platform.js';

class Page {
  readonly platform: VirtualPlatform;
  readonly said: ConnectionStatus[] = [];
  readonly #hub: Hub;

  /** Its stream is opened, and its storage is not yet: that takes so long. */
  constructor(storageMs = 0, subscription?: SubscriptionConfig) {
    this.platform = virtualPlatform({
      store: async () => {
        if (storageMs > 0)
          await new Promise<void>((resolve) => this.platform.clock.setTimer(resolve, storageMs));
        return memoryPositions({ last: undefined, index: [] });
      },
    });
    this.#hub = new Hub(this.platform, (message) => this.#hear(message));
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a',
      start: { kind: 'resume' },
      subscription,
    } as const;
    const credential = { apiKey: 'k' };
    this.#hub.receive({ kind: 'open', stream: 1, config, credential, handover: undefined, wasOpen: false });
  }

  get kinds(): readonly string[] {
    return this.said.map(({ kind }) => kind);
  }

  hear(...events: readonly LifecycleEvent[]): void {
    for (const event of events) this.#hub.receive({ kind: 'lifecycle', event });
  }

  /** Refuses each dial for so long. */
  async refuse(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      for (const socket of this.platform.sockets) if (socket.isHeld) socket.drop();
      await this.platform.clock.advance(1_000);
    }
  }

  #hear(message: WorkerToPage): void {
    if (message.kind !== 'update') return;
    this.said.push(message.connection);
    this.platform.clock.setTimer(() => this.#hub.receive({ kind: 'consumed', stream: 1, costMs: 1 }), 1);
  }
}

suite('Without network', () => {
  test('a page that is loaded says so from the first moment, however many dials fail', async () => {
    const page = new Page();
    page.hear('offline');
    await settle();
    await page.refuse(120_000);
    assert.isAtLeast(page.platform.sockets.length, 4, 'it may be wrong, so it dials');
    assert.deepEqual([...new Set(page.kinds)], ['offline']);
  });

  test('a page whose storage takes its time says so meanwhile, and since when', async () => {
    const page = new Page(1_500);
    page.hear('offline');
    await page.platform.clock.advance(1_000);
    assert.isEmpty(page.platform.sockets);
    assert.deepEqual(page.kinds, ['offline']);
    await page.refuse(60_000);
    assert.lengthOf([...new Set(page.said.map(({ since }) => since))], 1);
  });

  test('a page whose storage takes its time is connecting meanwhile, and since when', async () => {
    const page = new Page(1_500);
    page.hear('offline');
    await page.platform.clock.advance(500);
    const backAt = page.platform.now();
    page.hear('online');
    await page.platform.clock.advance(500);
    assert.isEmpty(page.platform.sockets);
    assert.deepEqual(page.said.at(-1), { kind: 'connecting', since: backAt });
    await page.platform.clock.advance(2_000);
    assert.lengthOf(page.platform.sockets, 1);
    assert.deepEqual(page.said.at(-1), { kind: 'connecting', since: backAt });
  });

  test('a dial that opens is believed rather than the browser', async () => {
    const page = new Page();
    page.hear('offline');
    await settle();
    page.platform.sockets.at(-1)?.open();
    await page.platform.clock.advance(1_000);
    assert.notEqual(page.kinds.at(-1), 'offline');
    page.platform.sockets.at(-1)?.drop();
    await page.platform.clock.advance(100);
    assert.equal(page.kinds.at(-1), 'reconnecting');
  });

  test('a network that comes while the storage is being opened is heard of', async () => {
    const page = new Page();
    page.hear('offline', 'online');
    await settle();
    await page.refuse(60_000);
    assert.notInclude(page.kinds, 'offline');
    assert.equal(page.kinds.at(-1), 'cannot-connect');
  });

  for (const event of ['visible', 'resume', 'pageshow'] as const) {
    test(`a page that hears ${event} dials at once, and is offline since when it was`, async () => {
      const page = new Page();
      page.hear('hidden', 'offline');
      await settle();
      await page.refuse(60_000);
      await page.platform.clock.advance(60_000);
      const { length } = page.said;
      const dials = page.platform.sockets.length;
      for (const socket of page.platform.sockets) if (socket.isHeld) socket.drop();
      page.hear(event);
      assert.isAbove(page.platform.sockets.length, dials);
      await page.refuse(60_000);
      assert.deepEqual([...new Set(page.kinds.slice(length))], ['offline']);
      assert.lengthOf([...new Set(page.said.map(({ since }) => since))], 1);
    });
  }

  test('a page with a subscription that comes back from the cache says so too', async () => {
    const parameters = { subscriptionType: 'Shared', subscriptionInitialPosition: 'Latest' } as const;
    const page = new Page(0, { name: 'crm', parameters });
    page.hear('offline', 'pagehide', 'pageshow');
    await page.refuse(60_000);
    assert.deepEqual([...new Set(page.kinds)], ['offline']);
  });
});
