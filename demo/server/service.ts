/**
 * Owns the stand-in event service as a whole: one port for the WebSocket endpoints, the admin calls and the faults, and
 * its life (start, restart, stop). It speaks Apache Pulsar's WebSocket API answer for answer, silences included, so a
 * client cannot tell it from a broker by what it sends and receives.
 *
 * Left out on purpose, beside the `non-persistent` domain, transactions and schemas: permessage-deflate, which a broker
 * negotiates and which would make every number measured here a number about compression.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerAdmin } from './admin.js';
import { answerFault, answerState } from './fault-door.js';
import { FaultDesk } from './fault-desk.js';
import { readBody, reasonReply, sendPreflight, sendReply, type Reply } from './http-reply.js';
import { Observation } from './observation.js';
import { TopicStore } from './topic-store.js';
import { WebSocketDoor } from './websocket-door.js';

export interface ServiceOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1: made-up data, no authentication of admin calls, nothing for a network. */
  readonly host?: string | undefined;
  /** The tenant that exists from the start, with namespaces `agent-v1` and `event-v1`. Default `acme`. */
  readonly tenant?: string | undefined;
  /** When set, handshakes need it as `x-api-key`; it is never printed. */
  readonly key?: string | undefined;
  /** Pulsar's `webSocketSessionIdleTimeoutMillis`; default 300,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** Pulsar's `webSocketMaxTextFrameSize`, for frames that come in; default 1 MiB. Raise it to publish larger messages. */
  readonly maxTextFrameBytes?: number | undefined;
  /** Pulsar's `maxMessageSize`, for decoded payloads; default 5 MiB or `maxTextFrameBytes`, whichever is larger. */
  readonly maxMessageBytes?: number | undefined;
  /** Bytes kept per topic before its oldest ledgers go, whatever retention says; default 512 MiB. */
  readonly maxTopicBytes?: number | undefined;
  /** Bytes kept in all before the largest topic loses its oldest ledger; default 1.5 GiB. */
  readonly maxTotalBytes?: number | undefined;
}

export interface Service {
  /** `http://host:port`, where `/admin/v2` and `/_faults` live. */
  readonly origin: string;
  /** `ws://host:port/ws/v2` */
  readonly webSocketBase: string;
  readonly tenant: string;
  stop(): Promise<void>;
  /**
   * As `kill -9` and a new start of a broker: every socket ends without a close frame, connections are refused for
   * about 200 ms, then the same port answers again with every confirmed message, in rolled ledgers.
   */
  restart(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;
const RESTART_MS = 200;
/** Pulsar's `retentionCheckIntervalInSeconds`. */
const TRIM_INTERVAL_MS = 120_000;
const MAX_BODY_BYTES = MEBIBYTE;
const DEFAULT_NAMESPACES = ['agent-v1', 'event-v1'] as const;
const DEFAULT_RETENTION = { retentionTimeInMinutes: 1440, retentionSizeInMB: 512 } as const;
/** Lets the answer to `POST /_faults` reach its caller before the service goes. */
const AFTER_ANSWER_MS = 25;

/** Starts the service. Rejects when the port is taken. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const service = new EventService(options);
  await service.start();
  return service;
}

class EventService implements Service {
  readonly tenant: string;
  readonly #host: string;
  readonly #store: TopicStore;
  readonly #desk = new FaultDesk();
  readonly #observation = new Observation(Date.now);
  readonly #webSockets: WebSocketDoor;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #trimTimer: NodeJS.Timeout | undefined;
  #port: number;
  /** Restarts and refusals happen one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #endPause: () => void = () => {};
  #isStopped = false;

  constructor(options: ServiceOptions) {
    const maxTextFrameBytes = options.maxTextFrameBytes ?? MEBIBYTE;
    this.tenant = options.tenant ?? 'acme';
    this.#host = options.host ?? '127.0.0.1';
    this.#port = options.port ?? 0;
    this.#store = new TopicStore(
      {
        maxTopicBytes: options.maxTopicBytes ?? 512 * MEBIBYTE,
        maxTotalBytes: options.maxTotalBytes ?? 1536 * MEBIBYTE,
      },
      Date.now,
    );
    this.#store.createTenant(this.tenant);
    for (const namespace of DEFAULT_NAMESPACES) {
      this.#store.createNamespace(this.tenant, namespace);
      this.#store.setNamespaceRetention(this.tenant, namespace, DEFAULT_RETENTION);
    }
    this.#webSockets = new WebSocketDoor({
      store: this.#store,
      desk: this.#desk,
      observation: this.#observation,
      door: {
        tenant: this.tenant,
        key: options.key,
        maxMessageBytes: options.maxMessageBytes ?? Math.max(5 * MEBIBYTE, maxTextFrameBytes),
      },
      maxTextFrameBytes,
      idleTimeoutMs: options.idleTimeoutMs ?? 300_000,
    });
    this.#server = createServer((request, response) => void this.#onRequest(request, response));
    this.#server.on('upgrade', (request, socket, head) =>
      this.#webSockets.upgrade(request, socket as Socket, head),
    );
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => this.#sockets.delete(socket));
      // A peer that resets its connection is no news to a server.
      socket.on('error', () => {});
    });
  }

  get origin(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  get webSocketBase(): string {
    return `ws://${this.#host}:${this.#port}/ws/v2`;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#trimTimer = setInterval(() => this.#store.trimAll(), TRIM_INTERVAL_MS);
    this.#trimTimer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#trimTimer);
    this.#desk.clear(undefined);
    this.#endPause();
    await this.#turn;
    const closed = this.#closeListener();
    this.#cutEverything();
    await closed;
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      const closed = this.#closeListener();
      this.#cutEverything();
      await closed;
      this.#store.unloadAll();
      await this.#pauseFor(RESTART_MS);
      await this.#listen();
    });
  }

  #refuseConnections(forMs: number): Promise<void> {
    return this.#inTurn(async () => {
      // Open WebSockets stay: only new connections find nobody.
      void this.#closeListener();
      await this.#pauseFor(forMs);
      await this.#listen();
    });
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => (this.#isStopped ? undefined : task()));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Ends early when the service is stopped. */
  #pauseFor(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #listen(): Promise<void> {
    if (this.#isStopped) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, this.#host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Resolves when the last connection is gone. */
  #closeListener(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #cutEverything(): void {
    this.#webSockets.cutAll();
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async #onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      sendPreflight(response);
      return;
    }
    try {
      sendReply(response, await this.#answer(request));
    } catch (error) {
      const isTooLong = error instanceof RangeError;
      sendReply(
        response,
        reasonReply(isTooLong ? 413 : 500, error instanceof Error ? error.message : 'unknown'),
      );
    }
  }

  async #answer(request: IncomingMessage): Promise<Reply> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    const method = request.method ?? 'GET';
    if (pathname === '/_faults/state' && method === 'GET') {
      return answerState(searchParams, this.#observation);
    }
    if (pathname === '/_faults') {
      return method === 'POST'
        ? answerFault(await readBody(request, MAX_BODY_BYTES), this.#desk, {
            restart: () => void setTimeout(() => void this.restart(), AFTER_ANSWER_MS),
            refuseConnections: (forMs) =>
              void setTimeout(() => void this.#refuseConnections(forMs), AFTER_ANSWER_MS),
          })
        : reasonReply(405, 'POST a fault here; GET /_faults/state tells what happened');
    }
    if (pathname.startsWith('/admin/v2/')) {
      return answerAdmin(
        {
          method,
          path: pathname.slice('/admin/v2/'.length).split('/'),
          query: searchParams,
          body: await readBody(request, MAX_BODY_BYTES),
        },
        this.#store,
      );
    }
    return /^\/ws\/v2\/(?:reader|consumer|producer)\//.test(pathname)
      ? reasonReply(405, `HTTP method ${method} is not supported by this URL`)
      : reasonReply(404, 'HTTP 404 Not Found');
  }
}
