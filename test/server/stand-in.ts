/**
 * Owns a stand-in service of one test file, with clients for it and its fault door. The contract tests know it only as
 * one of two services; here it may be given options that a broker does not have.
 */
import { after, afterEach, before } from 'node:test';
import { startService, type Service, type ServiceOptions } from '../../demo/server/service.js';
import { endpointUrl, type Endpoint, type QueryValues } from '../support/service/address.js';
import { Publisher } from '../support/service/publisher.js';
import { dial, dialOpen, type TestSocket } from '../support/service/socket.js';
import { ConsumerClient, ReaderClient } from '../support/service/subscriber.js';

/** One session in the answer of `GET /_faults/state`. */
export interface SessionState {
  readonly kind: string;
  readonly pending: number;
  readonly maxPending: number;
  readonly messagesSent: number;
  readonly framesReceived: number;
  readonly closedAt?: string;
}

export interface TopicState {
  readonly open: Readonly<Record<'reader' | 'consumer' | 'producer', number>>;
  readonly handshakeCount: number;
  readonly handshakes: readonly { readonly status: number; readonly messageId?: string }[];
  readonly framesReceived: number;
  readonly messagesSent: number;
  readonly sessions: readonly SessionState[];
  readonly closedSessions: readonly SessionState[];
}

export interface FaultAnswer {
  readonly status: number;
  readonly body: { readonly reason?: string; readonly sessions?: number; readonly fault?: string };
}

export interface StandIn {
  readonly service: Service;
  freshTopic(): string;
  reader(topic: string, query?: QueryValues): Promise<ReaderClient>;
  consumer(topic: string, subscription: string, query?: QueryValues): Promise<ConsumerClient>;
  publisher(topic: string, query?: QueryValues): Promise<Publisher>;
  /** The status of a handshake; 101 when it opened (it is hung up again). */
  statusOf(
    endpoint: Endpoint,
    query?: QueryValues,
    headers?: Readonly<Record<string, string>>,
  ): Promise<number>;
  fault(body: unknown): Promise<FaultAnswer>;
  state(topic: string): Promise<TopicState>;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Gives a test file its service. Call once, at the top of the file. */
export function useStandIn(options: ServiceOptions = {}): StandIn {
  let running: Service | undefined;
  let topics = 0;
  const sockets = new Set<TestSocket>();
  const service = (): Service => {
    if (running === undefined) {
      throw new Error('The service of this file does not run.');
    }
    return running;
  };
  const keyQuery: QueryValues = options.key === undefined ? {} : { 'x-api-key': options.key };
  const open = async (endpoint: Endpoint, query: QueryValues): Promise<TestSocket> => {
    const socket = await dialOpen(endpointUrl(service().webSocketBase, endpoint, { ...keyQuery, ...query }));
    sockets.add(socket);
    return socket;
  };
  before(async () => {
    running = await startService(options);
  });
  afterEach(async () => {
    await fetch(`${service().origin}/_faults`, { method: 'POST', body: '{"fault":"clear"}' });
    await Promise.all([...sockets].map((socket) => socket.close()));
    sockets.clear();
  });
  after(() => running?.stop());
  return {
    get service() {
      return service();
    },
    freshTopic: () => {
      topics += 1;
      return `${service().tenant}/event-v1/test-${topics}`;
    },
    reader: async (topic, query = {}) =>
      new ReaderClient(await open({ kind: 'reader', topic }, query), `reader ${topic}`),
    consumer: async (topic, subscription, query = {}) =>
      new ConsumerClient(await open({ kind: 'consumer', topic, subscription }, query), `consumer ${topic}`),
    publisher: async (topic, query = {}) =>
      new Publisher(await open({ kind: 'producer', topic }, query), `producer ${topic}`),
    statusOf: async (endpoint, query = {}, headers = {}) => {
      const answer = await dial(endpointUrl(service().webSocketBase, endpoint, query), { headers });
      if (answer.kind === 'refused') {
        return answer.status;
      }
      await answer.socket.close();
      return 101;
    },
    fault: async (body) => {
      const response = await fetch(`${service().origin}/_faults`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as FaultAnswer['body'] };
    },
    state: async (topic) => {
      const response = await fetch(`${service().origin}/_faults/state?topic=${encodeURIComponent(topic)}`);
      const { topics: states } = (await response.json()) as { topics: Record<string, TopicState> };
      const state = states[topic];
      if (state === undefined) {
        throw new Error(`Nothing was observed on ${topic}.`);
      }
      return state;
    },
    admin: (method, path, body) =>
      fetch(`${service().origin}/admin/v2/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Texts `0`, `1`, … */
export function numbers(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index));
}
