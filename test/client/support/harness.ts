import { StreamClient, type SubscribeOptions } from '../../../src/client/client.js';
import { Handover } from '../../../src/client/handover.js';
import type { Credential } from '../../../src/protocol/credential.js';
import type { Subscriber, SubscriberUpdate, Subscription } from '../../../src/client/stream.js';
import type { StreamConfig } from '../../../src/protocol/stream-config.js';
import type { FeedRequest, FeedView, ViewRequest } from '../../../src/protocol/views.js';
import { FakeRoutes, type FakeWorker } from './fake-worker.js';
import { ManualTime } from './manual-time.js';
import { FakePage, FakeStorage } from './page-source.js';
import { nextTask } from './wait.js';

export const CONFIG: StreamConfig = {
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic: 'agA',
  start: { kind: 'resume' },
};

export const REQUEST: FeedRequest = {
  kind: 'feed',
  agentId: 'agA',
  maxItems: 50,
  group: 'interaction',
  mask: 'all',
  hold: 'none',
  expanded: [],
  wantsEvents: false,
};

export const FEED: FeedView = {
  kind: 'feed',
  status: undefined,
  live: [],
  rows: [],
  heldRows: 0,
  missedRows: 0,
};

export class FakeSubscriber implements Subscriber {
  readonly updates: SubscriberUpdate[] = [];
  url: string | undefined;
  failure: Error | undefined;
  rendered: Promise<unknown> = Promise.resolve();
  readonly onUpdate = (update: SubscriberUpdate): void => {
    this.updates.push(update);
    if (this.failure !== undefined) throw this.failure;
  };
  readonly whenRendered = (): Promise<unknown> => this.rendered;
  readonly workerUrl = (): string | undefined => this.url;
  /** What the host page answers; counted. */
  answer: () => Promise<Credential | undefined> = () => Promise.resolve(undefined);
  asked = 0;
  readonly askCredential = (): Promise<Credential | undefined> => {
    this.asked++;
    return this.answer();
  };
  ends = 0;
  readonly onEnd = (): void => {
    this.ends++;
  };
}

/** A client around which everything is fake. */
export class Harness {
  readonly routes = new FakeRoutes();
  readonly time = new ManualTime();
  readonly page = new FakePage();
  readonly storage = new FakeStorage();
  storageAccess: () => Storage = () => this.storage;
  /** What a frame costs; a test may put a promise of its own in the way. */
  nextFrame = (): Promise<number> => Promise.resolve(3);
  readonly client = new StreamClient({
    routes: (workerUrl) => this.routes.routes(workerUrl),
    version: 'test',
    time: this.time,
    nextFrame: () => this.nextFrame(),
    handover: new Handover(() => this.storageAccess()),
    lifecycle: this.page,
  });

  get worker(): FakeWorker {
    return this.routes.newest;
  }

  subscribe(
    more: Partial<Omit<SubscribeOptions, 'subscriber'>> & {
      subscriber?: FakeSubscriber;
      request?: ViewRequest;
    } = {},
  ): { readonly subscription: Subscription; readonly subscriber: FakeSubscriber } {
    const subscriber = more.subscriber ?? new FakeSubscriber();
    const subscription = this.client.subscribe({
      config: CONFIG,
      credential: { apiKey: 'canary' },
      request: REQUEST,
      ...more,
      subscriber,
    });
    return { subscription, subscriber };
  }

  /** Lets all that is due now happen: tasks, then what they promised. */
  async settle(): Promise<void> {
    for (let task = 0; task < 3; task++) await nextTask();
    await this.time.advance(0);
  }
}
