/** The worker's side of the wire: sends each message of the page to the stream that it is about. */
import type { LifecycleEvent, PageToWorker, WorkerToPage } from '../protocol/messages.js';
import type { Platform } from './platform.js';
import type { PositionStore } from './position-store.js';
import { Stream } from './stream.js';
import { WakeWatch } from './wake-watch.js';

export class Hub {
  readonly #platform: Platform;
  readonly #post: (message: WorkerToPage) => void;
  readonly #streams = new Map<number, Stream>();
  readonly #wakeWatch: WakeWatch;
  #store: Promise<PositionStore> | undefined;

  constructor(platform: Platform, post: (message: WorkerToPage) => void) {
    this.#platform = platform;
    this.#post = post;
    this.#wakeWatch = new WakeWatch(platform, (lateMs) => {
      for (const stream of this.#streams.values()) stream.woke(lateMs);
    });
  }

  receive(message: PageToWorker): void {
    if (message.kind === 'lifecycle') {
      this.#tellAll(message.event);
      return;
    }
    if (message.kind === 'open') {
      this.#open(message);
      return;
    }
    const stream = this.#streams.get(message.stream);
    if (stream === undefined) return;
    switch (message.kind) {
      case 'credential':
        return stream.changeCredential(message.credential);
      case 'watch':
        return stream.watch(message.view, message.request);
      case 'unwatch':
        return stream.unwatch(message.view);
      case 'consumed':
        return stream.consumed(message.costMs);
      case 'clear':
        return stream.clear(message.view);
      case 'retry':
        return stream.retry();
      case 'close':
        stream.close();
        this.#streams.delete(message.stream);
        if (this.#streams.size === 0) this.#rest();
        return;
      case 'diagnose':
        return this.#post({
          kind: 'diagnostics',
          request: message.request,
          diagnostics: stream.diagnostics(),
        });
      default:
        // A newer page's message to an older worker: ignored rather than fatal.
        message satisfies never;
    }
  }

  /** In the page nobody ends the program: without streams it holds nothing. */
  #rest(): void {
    this.#wakeWatch.stop();
    void this.#store?.then((store) => store.close());
    this.#store = undefined;
  }

  #tellAll(event: LifecycleEvent): void {
    for (const stream of this.#streams.values()) stream.lifecycle(event);
  }

  #open(message: Extract<PageToWorker, { kind: 'open' }>): void {
    if (this.#streams.has(message.stream)) return;
    const { stream: number, config, credential } = message;
    const [platform, post, wakes] = [this.#platform, this.#post, this.#wakeWatch];
    const stream = new Stream(number, config, credential, platform, post, undefined, wakes);
    this.#streams.set(number, stream);
    this.#wakeWatch.start();
    // One database for all streams, opened with the first that keeps its place itself.
    const hasSubscription = config.subscription !== undefined;
    const store = hasSubscription ? undefined : (this.#store ??= this.#platform.openStore());
    void stream.open(store, message);
  }
}
