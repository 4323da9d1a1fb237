/**
 * One running worker and what it has been told. The page's streams are state, and the worker is brought up to it by
 * comparing and posting the difference: so a stream and all its views arrive together, before the worker dials, and a
 * new worker is told everything by the same code. Owns the messages `open`, `credential`, `watch`, `unwatch`, `close`
 * and `diagnose`, and notices when the worker says nothing any more.
 */
import type { Credential } from '../protocol/credential.js';
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import type { PageToWorker, WorkerToPage } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import type { UpdateMessage } from './deliver.js';
import { timeLimit, type PageTime } from './page-time.js';
import type { Stream } from './stream.js';
import type { WorkerPort } from './worker-link.js';

/** A worker works in slices of some 10 ms, so one that says nothing for this long is gone or stuck. */
const ANSWER_LIMIT_MS = 5000;

export interface SessionOptions {
  readonly port: WorkerPort;
  readonly time: PageTime;
  /** The position that a stream goes on from. */
  readonly position: (config: StreamConfig) => string | undefined;
  readonly onUpdate: (message: UpdateMessage) => void;
  /** The worker died, and the session has been ended. */
  readonly onFailure: (reason: string) => void;
}

export class WorkerSession {
  readonly #options: SessionOptions;
  readonly #streams = new Map<Stream, Credential>();
  /** By view. */
  readonly #views = new Map<number, { readonly stream: Stream; readonly request: ViewRequest }>();
  readonly #questions = new Map<number, (answer: StreamDiagnostics | undefined) => void>();
  #lastQuestion = 0;
  #callOffLimit: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    options.port.listen({
      onMessage: (message) => this.#onMessage(message),
      onFailure: (reason) => this.#fail(reason),
    });
  }

  post(message: PageToWorker): void {
    this.#options.port.postMessage(message);
  }

  /** Posts what the worker does not know yet; `true` when a stream was new to it. */
  tell(streams: readonly Stream[]): boolean {
    let isOpened = false;
    for (const [view, { stream }] of this.#views) {
      if (stream.subscriptions.has(view)) continue;
      this.#views.delete(view);
      this.post({ kind: 'unwatch', stream: stream.number, view });
    }
    for (const stream of this.#streams.keys()) if (stream.subscriptions.size === 0) this.#close(stream);
    for (const stream of streams) {
      const { number, config, credential, subscriptions } = stream;
      const known = this.#streams.get(stream);
      if (known !== credential) {
        this.#streams.set(stream, credential);
        if (known === undefined) {
          isOpened = true;
          // Kept, so that a second reload before the first update hands it over again.
          stream.position ??= this.#options.position(config);
          this.post({ kind: 'open', stream: number, config, credential, handover: stream.position });
        } else this.post({ kind: 'credential', stream: number, credential });
      }
      for (const { view, request } of subscriptions.values()) {
        if (this.#views.get(view)?.request === request) continue;
        this.#views.set(view, { stream, request });
        this.post({ kind: 'watch', stream: number, view, request });
      }
    }
    return isOpened;
  }

  /** Whether the worker is still there: without any word within {@link ANSWER_LIMIT_MS} it counts as dead. */
  probe(): void {
    const [stream] = this.#streams.keys();
    if (stream !== undefined) this.#ask(stream, 0);
  }

  /** Resolves with `undefined` when no answer came within {@link ANSWER_LIMIT_MS}. Never rejects. */
  diagnose(stream: Stream): Promise<StreamDiagnostics | undefined> {
    return new Promise((resolve) => {
      const question = ++this.#lastQuestion;
      this.#questions.set(question, resolve);
      timeLimit(this.#options.time, ANSWER_LIMIT_MS, () => resolve(undefined));
      this.#ask(stream, question);
    });
  }

  end(): void {
    this.#onWord();
    for (const resolve of this.#questions.values()) resolve(undefined);
    // A program that runs in the page cannot be terminated: without its streams it is idle.
    for (const stream of this.#streams.keys()) this.#close(stream);
    this.#options.port.end();
  }

  #close(stream: Stream): void {
    this.#streams.delete(stream);
    this.post({ kind: 'close', stream: stream.number });
  }

  #ask(stream: Stream, request: number): void {
    this.post({ kind: 'diagnose', stream: stream.number, request });
    this.#callOffLimit ??= timeLimit(this.#options.time, ANSWER_LIMIT_MS, () => {
      this.#fail(`no answer within ${ANSWER_LIMIT_MS / 1000} s`);
    });
  }

  #onWord(): void {
    this.#callOffLimit?.();
    this.#callOffLimit = undefined;
  }

  #onMessage(message: WorkerToPage): void {
    this.#onWord();
    if (message.kind === 'update') this.#options.onUpdate(message);
    if (message.kind !== 'diagnostics') return;
    this.#questions.get(message.request)?.(message.diagnostics);
    this.#questions.delete(message.request);
  }

  #fail(reason: string): void {
    this.end();
    this.#options.onFailure(reason);
  }
}
