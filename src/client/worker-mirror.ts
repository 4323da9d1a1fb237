/**
 * What the worker has been told. The page's streams are state, and the worker is brought up to it by comparing and
 * posting the difference: so a stream and all its views arrive together, before the worker dials, and a new worker is
 * told everything by the same code. Owns the messages `open`, `watch`, `unwatch`, `close` and `credential`.
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { PageToWorker } from '../protocol/messages.js';
import type { Handover } from './handover.js';
import type { StreamRegistry } from './stream-registry.js';
import type { Stream, Subscription } from './stream.js';

export interface MirrorOptions {
  readonly streams: StreamRegistry;
  readonly handover: Handover;
  readonly worker: { readonly isUp: boolean; post(message: PageToWorker): void };
  /** State of a stream that has just been made. */
  readonly connecting: () => ConnectionStatus;
}

export class WorkerMirror {
  readonly #options: MirrorOptions;

  constructor(options: MirrorOptions) {
    this.#options = options;
  }

  /** Posts what the worker does not know yet; returns a stream that it has just been told of, if there is one. */
  flush(): Stream | undefined {
    const { streams, worker } = this.#options;
    this.#settleCredentials();
    if (!worker.isUp) return undefined;
    let opened: Stream | undefined;
    for (const stream of streams.all) {
      if (!stream.isPosted) {
        this.#open(stream);
        opened = stream;
      }
      for (const subscription of stream.subscriptions.values()) this.#watch(subscription);
    }
    return opened;
  }

  /** Takes a subscription off its stream, and ends the stream with the last one. */
  detach(subscription: Subscription): void {
    const { streams, worker } = this.#options;
    const { stream, view, postedRequest } = subscription;
    const isLast = streams.remove(subscription);
    subscription.postedRequest = undefined;
    if (postedRequest !== undefined) worker.post({ kind: 'unwatch', stream: stream.number, view });
    if (isLast && stream.isPosted) worker.post({ kind: 'close', stream: stream.number });
  }

  /** A program that runs in the page cannot be terminated: without its streams it is idle. */
  closeAll(): void {
    for (const stream of this.#options.streams.all) {
      if (stream.isPosted) this.#options.worker.post({ kind: 'close', stream: stream.number });
    }
  }

  /** The worker is gone; the next one knows nothing. */
  forget(): void {
    for (const stream of this.#options.streams.all) {
      stream.isPosted = false;
      for (const subscription of stream.subscriptions.values()) subscription.postedRequest = undefined;
    }
  }

  #open(stream: Stream): void {
    const { handover, worker } = this.#options;
    const { number, config, credential } = stream;
    // Kept as the position, so that a second reload before the first update hands it over again.
    stream.position ??= handover.take(config);
    stream.isPosted = true;
    worker.post({ kind: 'open', stream: number, config, credential, handover: stream.position });
  }

  #watch(subscription: Subscription): void {
    const { stream, view, request, postedRequest } = subscription;
    if (request === postedRequest) return;
    subscription.postedRequest = request;
    this.#options.worker.post({ kind: 'watch', stream: stream.number, view, request });
  }

  #settleCredentials(): void {
    const { streams, worker, connecting } = this.#options;
    for (const change of streams.credentialChanges()) {
      switch (change.kind) {
        case 'renew': {
          const { stream, credential } = change;
          stream.credential = credential;
          if (stream.isPosted) worker.post({ kind: 'credential', stream: stream.number, credential });
          break;
        }
        case 'move': {
          const { subscription } = change;
          const { config } = subscription.stream;
          this.detach(subscription);
          subscription.stream = streams.place(config, subscription.credential, connecting());
          subscription.stream.subscriptions.set(subscription.view, subscription);
          break;
        }
        default:
          change satisfies never;
      }
    }
  }
}
