/**
 * Owns the way from an HTTP upgrade to a session: faults first, then the checks of the handshake, then the upgrade. It
 * holds the open sessions, and it is the only place that knows the library `ws` by more than its types.
 */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { FaultDesk } from './fault-desk.js';
import { admit, parseDestination, type Destination, type Door, type Refusal } from './handshake.js';
import { refuseHandshake } from './http-reply.js';
import type { Observation } from './observation.js';
import { prepareSession, type SessionOpener } from './session-factory.js';
import { SessionSocket } from './session-socket.js';
import { SessionWebSocket } from './session-web-socket.js';
import { topicPath } from './topic-name.js';
import type { TopicStore } from './topic-store.js';

export interface WebSocketDoorContext {
  readonly store: TopicStore;
  readonly desk: FaultDesk;
  readonly observation: Observation;
  readonly door: Door;
  readonly maxTextFrameBytes: number;
  readonly idleTimeoutMs: number;
}

/** What the observation records for a handshake that was left without an answer. */
const UNANSWERED = 0;
const SWITCHING_PROTOCOLS = 101;

export class WebSocketDoor {
  readonly #context: WebSocketDoorContext;
  readonly #server;
  readonly #sessions = new Set<SessionSocket>();

  constructor(context: WebSocketDoorContext) {
    this.#context = context;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: context.maxTextFrameBytes,
      WebSocket: SessionWebSocket,
    });
  }

  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const destination = parseDestination(request.url ?? '/');
    if ('status' in destination) {
      refuseHandshake(socket, destination.status, destination.reason);
      return;
    }
    const path = topicPath(destination.topic);
    const fault = this.#context.desk.handshakeFault(destination.kind, path);
    switch (fault.kind) {
      case 'refuse':
        this.#refuse(socket, destination, {
          kind: 'refused',
          status: fault.status,
          reason: 'Refused by a fault',
        });
        break;
      case 'hang':
        this.#hang(socket, destination);
        break;
      case 'none': {
        const opener = this.#admit(request, destination);
        if (typeof opener === 'function') {
          this.#open(request, socket, head, destination, opener);
        } else {
          this.#refuse(socket, destination, opener);
        }
        break;
      }
      default:
        fault satisfies never;
    }
  }

  /** Ends every session without a close frame. */
  cutAll(): void {
    this.#sessions.forEach((session) => session.cut(false));
    this.#sessions.clear();
  }

  #admit(request: IncomingMessage, destination: Destination): SessionOpener | Refusal {
    const { door, store } = this.#context;
    const keyHeader = request.headers['x-api-key'];
    const admitted = admit(destination, typeof keyHeader === 'string' ? keyHeader : undefined, door);
    return admitted.kind === 'refused' ? admitted : prepareSession(admitted, store);
  }

  #open(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    destination: Destination,
    opener: SessionOpener,
  ): void {
    const { desk, observation, idleTimeoutMs, maxTextFrameBytes } = this.#context;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.explainTooLarge(maxTextFrameBytes, request.headers['sec-websocket-extensions']);
      this.#observe(destination, SWITCHING_PROTOCOLS);
      const record = observation.opened(
        destination.kind,
        topicPath(destination.topic),
        destination.subscription,
        destination.parameters.get('messageId') ?? undefined,
      );
      const session = new SessionSocket(webSocket, socket, record, { desk, observation, idleTimeoutMs });
      this.#sessions.add(session);
      webSocket.on('close', () => this.#sessions.delete(session));
      session.serve(opener(session));
    });
  }

  #hang(socket: Socket, destination: Destination): void {
    this.#observe(destination, UNANSWERED);
    const forget = this.#context.desk.hanging(topicPath(destination.topic), () => socket.destroy());
    socket.on('close', forget);
    // Read on, so that the peer's hanging up is noticed.
    socket.resume();
  }

  #refuse(socket: Socket, destination: Destination, { status, reason }: Refusal): void {
    this.#observe(destination, status);
    refuseHandshake(socket, status, reason);
  }

  #observe({ kind, topic, subscription, parameters }: Destination, status: number): void {
    this.#context.observation.handshake(topicPath(topic), {
      kind,
      messageId: parameters.get('messageId') ?? undefined,
      receiverQueueSize: parameters.get('receiverQueueSize') ?? undefined,
      subscription,
      status,
    });
  }
}
