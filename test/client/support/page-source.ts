import type { LifecycleSource } from '../../../src/client/page-lifecycle.js';

/** A page whose life a test leads. */
export class FakePage implements LifecycleSource {
  readonly window = new CountingTarget();
  /** What happens to it passes through the window first, as in a browser. */
  readonly document = {
    visibilityState: 'visible' as DocumentVisibilityState,
    prerendering: false,
    dispatchEvent: (event: Event): boolean => this.window.dispatchEvent(event),
  };
  readonly navigator = { onLine: true };

  get listeners(): number {
    return this.window.listeners;
  }

  show(state: DocumentVisibilityState): void {
    this.document.visibilityState = state;
    this.document.dispatchEvent(new Event('visibilitychange'));
  }
}

/** Counts its listeners, those that end with a signal too. */
class CountingTarget extends EventTarget {
  listeners = 0;

  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    this.listeners++;
    if (typeof options === 'object') options.signal?.addEventListener('abort', () => this.listeners--);
    super.addEventListener(type, listener, options);
  }
}

/** Storage in memory; `failure` makes every use throw. */
export class FakeStorage implements Storage {
  readonly map = new Map<string, string>();
  failure: Error | undefined;

  get length(): number {
    return this.map.size;
  }

  clear(): void {
    this.map.clear();
  }

  getItem(key: string): string | null {
    this.#mayFail();
    return this.map.get(key) ?? null;
  }

  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }

  removeItem(key: string): void {
    this.#mayFail();
    this.map.delete(key);
  }

  setItem(key: string, value: string): void {
    this.#mayFail();
    this.map.set(key, value);
  }

  #mayFail(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
