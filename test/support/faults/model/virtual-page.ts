/**
 * One visit of a page, in virtual time: the worker's real hub with everything behind it, on a fake platform, and in the
 * page's place somebody who keeps the protocol and writes down what it is told. Owns the page's half; judges nothing.
 */
import type { Credential } from '../../../../src/protocol/credential.js';
import type { ConnectionStatus, Gap, HostAnswer } from '../../../../src/protocol/connection-status.js';
import type { StreamDiagnostics } from '../../../../src/protocol/diagnostics.js';
import type { WidgetError } from '../../../../src/protocol/errors.js';
import type { LifecycleEvent, PageToWorker, WorkerToPage } from '../../../../src/protocol/messages.js';
import type { StartRule } from '../../../../src/protocol/stream-config.js';
import type { EventEntry } from '../../../../src/protocol/stream-event.js';
import type { TileRequest, View, ViewRequest } from '../../../../src/protocol/views.js';
import { Hub } from '../../../../src/worker/hub.js';
import type { PositionStore } from '../../../../src/worker/position-store.js';
import { feedRequest } from '../../../domain/payloads.js';
import { memoryPositions, type SavedPositions } from '../../../worker/support/memory-positions.js';
import {
  seededChance,
  settle,
  virtualPlatform,
  type FakeSocket,
  type VirtualClock,
  type VirtualPlatform,
} from '../../../worker/support/virtual-platform.js';
import type { ModelService } from './service.js';

export interface Visit {
  readonly rule: StartRule;
  readonly topic: string;
  readonly namespace: string;
  /** Views beside the feed, which is the first. */
  readonly tiles: readonly TileRequest[];
  readonly saved: SavedPositions;
  readonly handover: string | undefined;
  /** The worker takes over from one that died under the same page. */
  readonly wasOpen: boolean;
  readonly credential: Credential;
  readonly store: (() => Promise<PositionStore>) | undefined;
  /** Whether somebody listens to `x8-events`. */
  readonly wantsEvents: boolean;
  readonly seed: number;
  /** What the host says to a request without the key. */
  readonly host: HostAnswer;
  /** How long the host takes to say so. */
  readonly hostMs: number;
}

type Update = Extract<WorkerToPage, { kind: 'update' }>;

const STREAM = 1;

/** Time that the page needs to draw an update. */
const DRAW_MS = 2;

export class VirtualPage {
  readonly visit: Visit;
  readonly requests: readonly ViewRequest[];
  readonly platform: VirtualPlatform;
  readonly posted: WorkerToPage[] = [];
  readonly updates: { readonly at: number; readonly update: Update }[] = [];
  readonly failures: string[] = [];
  /** The last message id of an update: what a page hands over to its next visit. */
  handover: string | undefined;
  /** A page that is frozen or busy does not consume its updates. */
  isConsuming = true;
  readonly #hub: Hub;
  #awaitsConsumed = false;
  #request = 0;

  constructor(clock: VirtualClock, service: ModelService, visit: Partial<Visit> = {}) {
    this.visit = {
      rule: { kind: 'resume' },
      topic: 'a1',
      namespace: 'agent-v1',
      tiles: [],
      saved: { last: undefined, index: [] },
      handover: undefined,
      wasOpen: false,
      credential: { apiKey: 'eght_canary' },
      store: undefined,
      wantsEvents: true,
      seed: 1,
      host: 'unknown',
      hostMs: 0,
      ...visit,
    };
    const { saved, store, rule, topic, namespace, tiles, credential, handover, wasOpen, host, hostMs } =
      this.visit;
    this.platform = virtualPlatform({
      clock,
      chance: seededChance(this.visit.seed),
      probeHost: () => new Promise((resolve) => void clock.setTimer(() => resolve(host), hostMs)),
      store: store ?? (() => Promise.resolve(memoryPositions(saved))),
      connected: (socket) => {
        const held = this.sockets.filter((one) => one.isHeld);
        if (held.length > 1) this.failures.push(`${held.length} sockets at once`);
        service.connect(socket);
      },
      heard: (socket, text) => service.heard(socket, text),
    });
    this.#hub = new Hub(this.platform, (message) => this.#hear(message));
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace,
      topic,
      start: rule,
    };
    this.tell({ kind: 'open', stream: STREAM, config, credential, handover, wasOpen });
    this.requests = [feedRequest({ mask: 'all', wantsEvents: this.visit.wantsEvents }), ...tiles];
    this.requests.forEach((request, index) => {
      this.tell({ kind: 'watch', stream: STREAM, view: index + 1, request });
    });
  }

  get sockets(): readonly FakeSocket[] {
    return this.platform.sockets;
  }

  get events(): readonly EventEntry[] {
    return this.updates.flatMap(({ update }) => update.views.flatMap(({ events }) => events));
  }

  get gaps(): readonly Gap[] {
    return this.updates.flatMap(({ update }) => update.gaps);
  }

  get errors(): readonly WidgetError[] {
    return this.updates.flatMap(({ update }) => update.errors);
  }

  /** What it shows of each request. */
  get shown(): readonly (View | undefined)[] {
    return this.requests.map(
      (_, index) =>
        this.updates.flatMap(({ update }) => update.views).findLast(({ view }) => view === index + 1)?.data,
    );
  }

  /** What the page was told last. */
  get connection(): ConnectionStatus | undefined {
    return this.updates.at(-1)?.update.connection;
  }

  tell(message: PageToWorker): void {
    this.#hub.receive(message);
  }

  lifecycle(event: LifecycleEvent): void {
    this.tell({ kind: 'lifecycle', event });
  }

  retry(): void {
    this.tell({ kind: 'retry', stream: STREAM });
  }

  changeCredential(credential: Credential): void {
    this.tell({ kind: 'credential', stream: STREAM, credential });
  }

  /** Once more consumes what is offered. */
  consume(): void {
    this.isConsuming = true;
    if (this.#awaitsConsumed) this.#consumed();
  }

  diagnostics(): StreamDiagnostics {
    const request = ++this.#request;
    this.tell({ kind: 'diagnose', stream: STREAM, request });
    const answer = this.posted.findLast((message) => message.kind === 'diagnostics');
    if (answer?.kind !== 'diagnostics' || answer.request !== request) throw new Error('no diagnostics');
    return answer.diagnostics;
  }

  /** Leaves the page: what it held must be free at once. */
  async close(): Promise<void> {
    this.tell({ kind: 'close', stream: STREAM });
    await settle();
    const held = this.sockets.filter((socket) => socket.isHeld);
    if (held.length > 0) this.failures.push(`${held.length} sockets held after the stream was closed`);
  }

  #hear(message: WorkerToPage): void {
    this.posted.push(message);
    if (message.kind !== 'update') return;
    this.updates.push({ at: this.platform.clock.now, update: message });
    this.handover = message.position;
    if (this.#awaitsConsumed) this.failures.push('an update before the last one was consumed');
    this.#awaitsConsumed = true;
    if (this.isConsuming) this.platform.clock.setTimer(() => this.#consumed(), DRAW_MS);
  }

  #consumed(): void {
    if (!this.#awaitsConsumed || !this.isConsuming) return;
    this.#awaitsConsumed = false;
    this.tell({ kind: 'consumed', stream: STREAM, costMs: DRAW_MS });
  }
}
