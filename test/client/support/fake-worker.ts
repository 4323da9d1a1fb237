import type { PortListener, WorkerPort } from '../../../src/client/worker-link.js';
import type { Route } from '../../../src/client/worker-routes.js';
import type { WorkerRoute } from '../../../src/protocol/diagnostics.js';
import type { PageToWorker, WorkerToPage } from '../../../src/protocol/messages.js';

export type UpdateMessage = Extract<WorkerToPage, { kind: 'update' }>;

/** A worker whose every word a test decides. Answers `diagnose` unless told to be `isMute`. */
export class FakeWorker implements WorkerPort {
  readonly heard: PageToWorker[] = [];
  isEnded = false;
  isMute = false;
  #listener: PortListener | undefined;

  postMessage(message: PageToWorker): void {
    // As `postMessage` does: what arrives is a copy.
    this.heard.push(structuredClone(message));
    if (message.kind !== 'diagnose' || this.isMute) return;
    const { request } = message;
    queueMicrotask(() => {
      this.say({ kind: 'diagnostics', request, diagnostics: diagnosticsOf('live') });
    });
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
  }

  end(): void {
    this.isEnded = true;
  }

  say(message: WorkerToPage): void {
    if (!this.isEnded) this.#listener?.onMessage(message);
  }

  fail(reason: string): void {
    if (!this.isEnded) this.#listener?.onFailure(reason);
  }

  of<K extends PageToWorker['kind']>(kind: K): readonly Extract<PageToWorker, { kind: K }>[] {
    return this.heard.filter(
      (message): message is Extract<PageToWorker, { kind: K }> => message.kind === kind,
    );
  }

  /** All that was heard, but for the questions whether it is still there. */
  get orders(): readonly PageToWorker['kind'][] {
    return this.heard.filter(({ kind }) => kind !== 'diagnose').map(({ kind }) => kind);
  }
}

/** `stuck` says `ready` and nothing more. */
export type Behaviour = 'ready' | 'throws' | 'mute' | 'stuck';

/** Routes of fake workers; `workers` holds them in the order they were made. */
export class FakeRoutes {
  readonly workers: FakeWorker[] = [];
  readonly behaviour: Record<WorkerRoute, Behaviour> = { inline: 'ready', url: 'ready', page: 'ready' };
  readonly opened: WorkerRoute[] = [];

  get newest(): FakeWorker {
    const worker = this.workers.at(-1);
    if (worker === undefined) throw new Error('no worker has been made');
    return worker;
  }

  routes(workerUrl: () => string | undefined = () => undefined): readonly Route[] {
    return (['url', 'inline', 'page'] as const).map((route) => ({
      route,
      open: () => {
        if (route === 'url' && workerUrl() === undefined) return undefined;
        this.opened.push(route);
        if (this.behaviour[route] === 'throws') throw new Error('The operation is insecure.');
        const port = new FakeWorker();
        this.workers.push(port);
        port.isMute = this.behaviour[route] === 'stuck';
        if (this.behaviour[route] !== 'mute') {
          queueMicrotask(() => port.say({ kind: 'ready', version: 'test' }));
        }
        return { port };
      },
    }));
  }
}

export function diagnosticsOf(state: 'live'): Extract<WorkerToPage, { kind: 'diagnostics' }>['diagnostics'] {
  return {
    state,
    since: 1,
    endpointHost: 'relay.example',
    topic: 'agent-v1/agA',
    storage: { kind: 'indexeddb' },
    sharing: { kind: 'leader' },
    lastMessageId: undefined,
    lastPublishTime: undefined,
    lagMs: undefined,
    clockSkewMs: undefined,
    counts: {
      received: 7,
      acknowledged: 7,
      delivered: 7,
      duplicates: 0,
      redelivered: 0,
      rejected: 0,
      reconnects: 0,
      gaps: 0,
    },
    cause: undefined,
    continuity: undefined,
    lastError: undefined,
  };
}

export function updateOf(stream: number, more: Partial<UpdateMessage> = {}): UpdateMessage {
  return {
    kind: 'update',
    stream,
    connection: { kind: 'live', since: 5 },
    lastMessageAt: undefined,
    clockSkewMs: 0,
    position: undefined,
    taken: 0,
    views: [],
    gaps: [],
    errors: [],
    ...more,
  };
}
