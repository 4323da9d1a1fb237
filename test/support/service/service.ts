/**
 * Owns "a service under test": a real Pulsar or the built-in stand-in behind one face, so that a test says what
 * it needs and not where it runs. Refuses to hide a difference between the two.
 */
import { PulsarAdmin } from '../../../demo/pulsar/admin.js';
import { endpointUrl } from './address.js';
import type { Endpoint, QueryValues } from './address.js';
import { Publisher } from './publisher.js';
import { dialOpen, dialRefused } from './socket.js';
import type { DialOptions, Refusal, TestSocket } from './socket.js';
import { ConsumerClient, ReaderClient } from './subscriber.js';

export type ServiceKind = 'stand-in' | 'pulsar';

/** The kind of service this run is about. Throws on anything but the two names. */
export function serviceKind(): ServiceKind {
  const kind = process.env['SERVICE'] ?? 'stand-in';
  if (kind === 'stand-in' || kind === 'pulsar') return kind;
  throw new Error(`SERVICE is "${kind}"; it may be "stand-in" or "pulsar".`);
}

/** Who is let in. */
export type Access =
  | { readonly kind: 'open' }
  /** 8x8's own way, which stock Pulsar does not know: query parameter `x-api-key`. Stand-in only. */
  | { readonly kind: 'api-key'; readonly key: string }
  /** Stock Pulsar's way: JWT, query parameter `token`. Real broker only. At least 32 bytes. */
  | { readonly kind: 'token'; readonly secret: string };

export interface ServiceOptions {
  /** Idle sessions are closed after this long. Default 300,000. */
  readonly idleTimeoutMs?: number;
  /** Default: open. */
  readonly access?: Access;
  /** Longest text frame that the service takes. Default 1 MiB, as Pulsar's. Stand-in only. */
  readonly maxTextFrameBytes?: number;
  /** Origin of a broker that is shared by several test files; then none is started. Real broker only. */
  readonly sharedOrigin?: string;
}

/** Addresses and life of a started service. */
export interface StartedService {
  readonly kind: ServiceKind;
  readonly origin: string;
  readonly webSocketBase: string;
  readonly tenant: string;
  readonly admin: PulsarAdmin;
  /** True when the service can be restarted; false for a broker that someone else runs. */
  readonly isOurs: boolean;
  /** As `kill -9` and a start: every socket drops without a close frame; what was acknowledged is still there. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The tenant of every service under test. */
export const TENANT = 'acme';

/** Starts a service. Rejects when this kind cannot offer the options. */
export async function startServiceUnderTest(
  kind: ServiceKind,
  options: ServiceOptions = {},
): Promise<ServiceUnderTest> {
  switch (kind) {
    case 'pulsar':
      return new ServiceUnderTest(await startBroker(options));
    case 'stand-in':
      return new ServiceUnderTest(await startStandIn(options));
    default:
      return kind satisfies never;
  }
}

async function startBroker(options: ServiceOptions): Promise<StartedService> {
  const { access = { kind: 'open' }, idleTimeoutMs, sharedOrigin } = options;
  if (access.kind === 'api-key') throw new Error('A real Pulsar has no x-api-key.');
  // Loaded when needed, so that tests of the stand-in touch nothing that knows of Java.
  const { startPulsar } = await import('../../../demo/pulsar/pulsar.js');
  const { setUpTenant } = await import('../../../demo/pulsar/set-up.js');
  const broker = await startPulsar({
    ...(sharedOrigin === undefined ? {} : { url: sharedOrigin }),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    ...(access.kind === 'token' ? { tokenSecret: access.secret } : {}),
  });
  if (!broker.isOurs && (idleTimeoutMs !== undefined || access.kind !== 'open')) {
    throw new Error('A broker that runs already cannot be given options.');
  }
  await setUpTenant(broker.admin, TENANT);
  return {
    kind: 'pulsar',
    origin: broker.origin,
    webSocketBase: broker.webSocketBase,
    tenant: TENANT,
    admin: broker.admin,
    isOurs: broker.isOurs,
    restart: () => broker.restart(),
    // The data is thrown away, so nobody waits up to 9 s for an orderly end.
    stop: async () => {
      if (broker.isOurs) await broker.kill();
      await broker.stop();
    },
  };
}

/** The part of the stand-in's module that is used here. */
interface StandInModule {
  startService(options: {
    readonly tenant: string;
    readonly key?: string;
    readonly idleTimeoutMs?: number;
    readonly maxTextFrameBytes?: number;
  }): Promise<Omit<StartedService, 'kind' | 'admin' | 'isOurs'>>;
}

async function startStandIn(options: ServiceOptions): Promise<StartedService> {
  const { access = { kind: 'open' }, idleTimeoutMs, maxTextFrameBytes } = options;
  if (access.kind === 'token') throw new Error('The stand-in has no token authentication.');
  const address = new URL('../../../demo/server/service.ts', import.meta.url).href;
  const { startService } = (await import(address)) as StandInModule;
  const service = await startService({
    tenant: TENANT,
    ...(access.kind === 'api-key' ? { key: access.key } : {}),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    ...(maxTextFrameBytes === undefined ? {} : { maxTextFrameBytes }),
  });
  return {
    kind: 'stand-in',
    origin: service.origin,
    webSocketBase: service.webSocketBase,
    tenant: service.tenant,
    admin: new PulsarAdmin({ origin: service.origin }),
    isOurs: true,
    restart: () => service.restart(),
    stop: () => service.stop(),
  };
}

/** A service with clients for it. */
export class ServiceUnderTest {
  readonly #started: StartedService;
  readonly #sockets = new Set<TestSocket>();

  constructor(started: StartedService) {
    this.#started = started;
  }

  get kind(): ServiceKind {
    return this.#started.kind;
  }

  get origin(): string {
    return this.#started.origin;
  }

  get webSocketBase(): string {
    return this.#started.webSocketBase;
  }

  get tenant(): string {
    return this.#started.tenant;
  }

  get admin(): PulsarAdmin {
    return this.#started.admin;
  }

  get isOurs(): boolean {
    return this.#started.isOurs;
  }

  restart(): Promise<void> {
    return this.#started.restart();
  }

  async stop(): Promise<void> {
    await this.hangUp();
    await this.#started.stop();
  }

  /** Closes every client made so far, so that one test's clients are not there in the next. */
  async hangUp(): Promise<void> {
    const sockets = [...this.#sockets];
    this.#sockets.clear();
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  /** Opens a reader on `tenant/namespace/topic`. Rejects with the status when it is refused. */
  async reader(topic: string, query: QueryValues = {}, rawQuery = ''): Promise<ReaderClient> {
    const url = this.url({ kind: 'reader', topic }, query, rawQuery);
    return new ReaderClient(await this.#open(url), `reader ${topic}`);
  }

  /** Opens a consumer. Rejects with the status when it is refused. */
  async consumer(topic: string, subscription: string, query: QueryValues = {}): Promise<ConsumerClient> {
    const url = this.url({ kind: 'consumer', topic, subscription }, query);
    return new ConsumerClient(await this.#open(url), `consumer ${topic} ${subscription}`);
  }

  /** Opens a producer. Rejects with the status when it is refused. */
  async publisher(topic: string, query: QueryValues = {}): Promise<Publisher> {
    const url = this.url({ kind: 'producer', topic }, query);
    return new Publisher(await this.#open(url), `producer ${topic}`);
  }

  /** Dials an endpoint that must not open, and settles with the refusal. */
  refusal(
    endpoint: Endpoint,
    query: QueryValues = {},
    options: DialOptions & { readonly rawQuery?: string } = {},
  ): Promise<Refusal> {
    return dialRefused(this.url(endpoint, query, options.rawQuery), options);
  }

  url(endpoint: Endpoint, query: QueryValues = {}, rawQuery = ''): string {
    return endpointUrl(this.webSocketBase, endpoint, query, rawQuery);
  }
  async #open(url: string): Promise<TestSocket> {
    const socket = await dialOpen(url);
    this.#sockets.add(socket);
    return socket;
  }
}
