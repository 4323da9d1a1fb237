/**
 * The lock that makes one tab of a stream its leader: waited for, held, given back, taken from a tab that no longer
 * answers. Owns the dealings with Web Locks; what a leader does is `shared-socket.ts`.
 */
export interface LockListener {
  granted(): void;
  /** Another tab took it away, or the browser does not give locks here. */
  lost(): void;
}

export class TabLock {
  /** Whoever holds the lock may change. */
  listener: LockListener;
  readonly #locks: LockManager;
  readonly #name: string;
  readonly #queued = new AbortController();
  #release: (() => void) | undefined;
  #requests = 0;
  #isFree = false;

  constructor(locks: LockManager, name: string, listener: LockListener) {
    this.#locks = locks;
    this.#name = name;
    this.listener = listener;
    this.#request({ signal: this.#queued.signal });
  }

  get isHeld(): boolean {
    return this.#release !== undefined;
  }

  /** Gives it back, or leaves the queue. */
  free(): void {
    this.#isFree = true;
    this.#queued.abort();
    this.#release?.();
    this.#release = undefined;
  }

  /** For a holder that is frozen: locks outlive the tabs that can use them. */
  steal(): void {
    if (this.isHeld || this.#isFree) return;
    // `steal` takes no signal, and must not be granted a second time when its turn in the queue comes.
    this.#request({ steal: true });
    this.#queued.abort();
  }

  #request(options: LockOptions): void {
    const request = ++this.#requests;
    const isCurrent = (): boolean => request === this.#requests && !this.#isFree;
    const hold = (): Promise<void> | undefined => {
      if (!isCurrent()) return undefined;
      const held = new Promise<void>((resolve) => {
        this.#release = resolve;
      });
      this.listener.granted();
      return held;
    };
    Promise.resolve()
      .then(() => this.#locks.request(this.#name, options, hold))
      .catch(() => {
        if (!isCurrent()) return;
        this.#release = undefined;
        this.listener.lost();
      });
  }
}
