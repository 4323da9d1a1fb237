/**
 * One running worker and what it has been told. The page's streams are state, and the worker is brought up to it by
 * comparing and posting the difference: so a stream and all its views arrive together, before the worker dials, and a
 * new worker is told everything by the same code. Owns the messages `open`, `credential`, `watch`, `unwatch`, `close`
 * and `diagnose`, and notices when the worker says nothing any more.
 */
import type { Credential } from '../protocol/credential.js';
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import type { PageToWorker, WorkerToPage } from '../protocol/messages.js';
import type { ViewRequest } from '../protocol/views.js';
import type { UpdateMessage } from './deliver.js';
import { fenced } from './fence.js';
import { presentLifecycle, type LifecycleSource } from './page-lifecycle.js';
import { timeLimit, type PageTime } from './page-time.js';
import type { Stream, Subscription } from './stream.js';
import type { WorkerPort } from './worker-link.js';

/** A worker works in slices of some 10 ms, so one that says nothing for this long is gone or stuck. */
const ANSWER_LIMIT_MS = 5000;

/** Browsers do not say when they kill a worker: with the limit and the restart, a reader waits 15 s at most. */
const PROBE_INTERVAL_MS = 8000;

/** A hidden page is slowed down, and nobody looks at it; its host may still wait for a call to open a record. */
const HIDDEN_PROBE_INTERVAL_MS = 60_000;

export interface Death {
  readonly reason: string;
  /** It went silent: what keeps it busy is not known. */
  readonly isHung: boolean;
}

export interface SessionOptions {
  readonly port: WorkerPort;
  readonly time: PageTime;
  readonly lifecycle: LifecycleSource;
  /** Before a stream is opened: it goes on where an earlier load left it. */
  readonly goOn: (stream: Stream) => void;
  readonly onUpdate: (stream: Stream, message: UpdateMessage) => void;
  /** The worker waits for a credential to dial with. */
  readonly onCredentialWanted: (stream: Stream) => void;
  /** What is asked for a stream cannot be sent to a worker: said once for each credential and request. */
  readonly onRefused: (stream: Stream, error: WidgetError) => void;
  /** The worker died, and the session has been ended. */
  readonly onDeath: (death: Death) => void;
}

export class WorkerSession {
  readonly #options: SessionOptions;
  /** By number. */
  readonly #streams = new Map<number, Stream>();
  /** What was sent or found to be unfit to send. */
  readonly #credentials = new WeakMap<Stream, Credential>();
  /** By view. */
  readonly #views = new Map<number, ViewRequest>();
  readonly #questions = new Map<number, (answer: StreamDiagnostics | undefined) => void>();
  #lastQuestion = 0;
  #isAnswerDue = false;
  #callOffTimer: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    options.port.listen({
      onMessage: (message) => this.#onMessage(message),
      onFailure: (reason) => this.#die({ reason, isHung: false }),
    });
  }

  post(message: PageToWorker): void {
    this.#options.port.postMessage(message);
  }

  /** A view has been taken off its stream, which ends with the last one. */
  leave({ stream, view }: Subscription): void {
    if (this.#views.delete(view)) this.post({ kind: 'unwatch', stream: stream.number, view });
    if (stream.subscriptions.size === 0 && this.#streams.has(stream.number)) this.#close(stream);
  }

  /** Posts what the worker does not know yet. */
  tell(streams: readonly Stream[]): void {
    const known = this.#streams.size;
    for (const stream of streams) {
      fenced(
        'a request',
        () => this.#tellOf(stream),
        (error) => this.#options.onRefused(stream, error),
      );
    }
    if (this.#streams.size === known) return;
    // A new stream takes the page for visible and online until it hears otherwise.
    for (const event of presentLifecycle(this.#options.lifecycle)) this.post({ kind: 'lifecycle', event });
    // A worker may be stuck from the start, and a stream may have nothing to say for as long as a dial takes.
    this.probe();
  }

  /** Whether the worker is still there: without any word within {@link ANSWER_LIMIT_MS} it counts as dead. */
  probe(): void {
    const [stream] = this.#streams.values();
    if (stream !== undefined) this.#ask(stream, 0);
  }

  /** Resolves with `undefined` when no answer came within {@link ANSWER_LIMIT_MS}. Never rejects. */
  diagnose(stream: Stream): Promise<StreamDiagnostics | undefined> {
    return new Promise((resolve) => {
      if (!this.#streams.has(stream.number)) {
        resolve(undefined);
        return;
      }
      const question = ++this.#lastQuestion;
      const callOff = timeLimit(this.#options.time, ANSWER_LIMIT_MS, () => resolve(undefined));
      this.#questions.set(question, (answer) => {
        callOff();
        resolve(answer);
      });
      this.#ask(stream, question);
    });
  }

  end(): void {
    this.#callOffTimer?.();
    for (const resolve of this.#questions.values()) resolve(undefined);
    // A program that runs in the page cannot be terminated: without its streams it is idle.
    for (const stream of this.#streams.values()) this.#close(stream);
    this.#options.port.end();
  }

  #tellOf(stream: Stream): void {
    const { number, config, credential, subscriptions } = stream;
    if (this.#credentials.get(stream) !== credential) {
      this.#credentials.set(stream, credential);
      if (this.#streams.has(stream.number)) this.post({ kind: 'credential', stream: number, credential });
      else {
        this.#options.goOn(stream);
        this.post({
          kind: 'open',
          stream: number,
          config,
          credential,
          handover: stream.position,
          wasOpen: stream.wasOpen,
        });
        this.#streams.set(number, stream);
        stream.isTold = true;
      }
    }
    if (!this.#streams.has(stream.number)) return;
    for (const { view, request } of subscriptions.values()) {
      if (this.#views.get(view) === request) continue;
      this.#views.set(view, request);
      this.post({ kind: 'watch', stream: number, view, request });
    }
  }

  #close(stream: Stream): void {
    this.#streams.delete(stream.number);
    this.post({ kind: 'close', stream: stream.number });
  }

  #ask(stream: Stream, request: number): void {
    this.post({ kind: 'diagnose', stream: stream.number, request });
    if (this.#isAnswerDue) return;
    this.#isAnswerDue = true;
    this.#callOffTimer?.();
    this.#callOffTimer = timeLimit(this.#options.time, ANSWER_LIMIT_MS, () => {
      this.#die({ reason: `no answer within ${ANSWER_LIMIT_MS / 1000} s`, isHung: true });
    });
  }

  #onMessage(message: WorkerToPage): void {
    if (this.#isAnswerDue) this.#scheduleProbe();
    if (message.kind === 'update' || message.kind === 'credential-wanted') {
      const stream = this.#streams.get(message.stream);
      // The worker may not have heard yet that it is closed.
      if (stream === undefined) return;
      if (message.kind === 'update') this.#options.onUpdate(stream, message);
      else this.#options.onCredentialWanted(stream);
    }
    if (message.kind !== 'diagnostics') return;
    this.#questions.get(message.request)?.(message.diagnostics);
    this.#questions.delete(message.request);
  }

  #scheduleProbe(): void {
    const { time, lifecycle } = this.#options;
    this.#isAnswerDue = false;
    this.#callOffTimer?.();
    const isHidden = lifecycle.document.visibilityState === 'hidden';
    const intervalMs = isHidden ? HIDDEN_PROBE_INTERVAL_MS : PROBE_INTERVAL_MS;
    this.#callOffTimer = time.after(intervalMs, () => this.probe());
  }

  #die(death: Death): void {
    this.end();
    this.#options.onDeath(death);
  }
}
