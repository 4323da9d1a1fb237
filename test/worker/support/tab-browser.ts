/**
 * One browser with several tabs on one clock: the locks and the channels between them, and what can happen to a tab
 * (killed, or hung without a word). Messages take a moment and keep their order; locks are granted a moment later.
 */
import type { Platform } from '../../../src/worker/platform.js';
import type { PositionStore } from '../../../src/worker/position-store.js';
import { virtualPlatform, type FakeSocket, type VirtualClock } from './virtual-platform.js';

interface Grant {
  readonly tab: BrowserTab;
  readonly name: string;
  readonly callback: LockGrantedCallback<unknown>;
  readonly settle: PromiseWithResolvers<unknown>;
}

interface Port {
  readonly tab: BrowserTab;
  readonly name: string;
  onmessage: ((event: MessageEvent) => void) | null;
  isClosed: boolean;
  /** Messages keep their order. */
  busyUntil: number;
}

const abort = (): DOMException => new DOMException('', 'AbortError');

export class TabBrowser {
  readonly clock: VirtualClock;
  readonly chance: () => number;
  /** Everything that was ever said. */
  readonly said: unknown[] = [];
  /** `never`: requests are left without an answer. */
  locks: 'given' | 'never' | 'refused' | 'missing' = 'given';
  channels: 'given' | 'refused' = 'given';
  /** How often a lock was taken away. */
  steals = 0;
  /** Which messages never arrive. */
  loses: (message: unknown) => boolean = () => false;
  readonly #held = new Map<string, Grant>();
  #queue: Grant[] = [];
  #ports: Port[] = [];

  constructor(clock: VirtualClock, chance: () => number) {
    this.clock = clock;
    this.chance = chance;
  }

  get lockNames(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Locks held or waited for, and channels open, by one tab. */
  holdingsOf(tab: BrowserTab): number {
    const grants = [...this.#held.values(), ...this.#queue];
    return (
      grants.filter((grant) => grant.tab === tab).length +
      this.#ports.filter((port) => port.tab === tab).length
    );
  }

  request(
    tab: BrowserTab,
    name: string,
    options: LockOptions,
    callback: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    if (this.locks === 'refused') return Promise.reject(new DOMException('', 'SecurityError'));
    const settle = Promise.withResolvers<unknown>();
    const grant: Grant = { tab, name, callback, settle };
    if (this.locks === 'never') return settle.promise;
    if (options.steal === true) {
      this.steals++;
      const robbed = this.#held.get(name);
      this.#held.delete(name);
      if (robbed !== undefined) robbed.tab.run(() => robbed.settle.reject(abort()));
      this.#queue.unshift(grant);
    } else {
      this.#queue.push(grant);
      options.signal?.addEventListener('abort', () => {
        if (!this.#queue.includes(grant)) return;
        this.#queue = this.#queue.filter((one) => one !== grant);
        settle.reject(abort());
      });
    }
    this.#grantNext(name);
    return settle.promise;
  }

  /** A tab takes the lock away from whoever holds it, and keeps it. */
  rob(name: string): void {
    const robbed = this.#held.get(name);
    if (robbed === undefined) throw new Error('nobody holds the lock');
    this.#held.delete(name);
    robbed.tab.run(() => robbed.settle.reject(abort()));
    this.#held.set(name, { ...robbed });
  }

  openChannel(tab: BrowserTab, name: string): BroadcastChannel {
    if (this.channels === 'refused') throw new DOMException('', 'SecurityError');
    const port: Port = { tab, name, onmessage: null, isClosed: false, busyUntil: 0 };
    this.#ports.push(port);
    const channel = {
      get onmessage() {
        return port.onmessage;
      },
      set onmessage(listener) {
        port.onmessage = listener;
      },
      postMessage: (message: unknown) => {
        if (port.isClosed) throw new DOMException('', 'InvalidStateError');
        this.say(name, message, port);
      },
      close: () => {
        port.isClosed = true;
        this.#ports = this.#ports.filter((one) => one !== port);
      },
    };
    // A fake has what the worker uses of a channel, not all that browsers put into it.
    return channel as unknown as BroadcastChannel;
  }

  /** As any script of the origin may. */
  say(name: string, message: unknown, from?: Port): void {
    this.said.push(message);
    if (this.loses(message)) return;
    for (const to of this.#ports) {
      if (to === from || to.name !== name) continue;
      to.busyUntil = Math.max(to.busyUntil, this.clock.now + this.chance() * 3);
      const data: unknown = structuredClone(message);
      this.clock.setTimer(
        () => to.tab.run(() => to.onmessage?.({ data } as MessageEvent)),
        to.busyUntil - this.clock.now,
      );
    }
  }

  /** The browser cleans up behind a tab that is gone. */
  forget(tab: BrowserTab): void {
    this.#ports = this.#ports.filter((port) => port.tab !== tab);
    this.#queue = this.#queue.filter((grant) => grant.tab !== tab);
    for (const [name, grant] of this.#held) {
      if (grant.tab !== tab) continue;
      this.#held.delete(name);
      this.#grantNext(name);
    }
  }

  #grantNext(name: string): void {
    this.clock.setTimer(() => {
      if (this.#held.has(name)) return;
      const next = this.#queue.find((grant) => grant.name === name);
      if (next === undefined) return;
      this.#queue = this.#queue.filter((grant) => grant !== next);
      this.#held.set(name, next);
      next.tab.run(() => void this.#hold(next));
    }, this.chance() * 2);
  }

  async #hold(grant: Grant): Promise<void> {
    const value = await grant.callback({ name: grant.name, mode: 'exclusive' });
    if (this.#held.get(grant.name) !== grant) return;
    this.#held.delete(grant.name);
    grant.settle.resolve(value);
    this.#grantNext(grant.name);
  }
}

/** Of time. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export class BrowserTab {
  readonly platform: Platform & { readonly sockets: readonly FakeSocket[] };
  readonly #browser: TabBrowser;
  /** When it stood still. */
  readonly hung: Span[] = [];
  #state: 'running' | 'hung' | 'dead' = 'running';
  #hungAt = 0;
  #waiting: (() => void)[] = [];
  /** Due, and not run yet. */
  readonly #timers = new Set<number>();

  constructor(
    browser: TabBrowser,
    service: { connect(socket: FakeSocket): void; heard(socket: FakeSocket, text: string): void },
    store: () => Promise<PositionStore>,
  ) {
    this.#browser = browser;
    const { clock, chance } = browser;
    const platform = virtualPlatform({
      clock,
      chance,
      store,
      connected: (socket) => {
        this.#gate(socket);
        service.connect(socket);
      },
      heard: (socket, text) => service.heard(socket, text),
    });
    const request: LockManager['request'] = (name: string, ...rest: readonly unknown[]) =>
      browser.request(this, name, rest[0] as LockOptions, rest[1] as LockGrantedCallback<unknown>) as never;
    this.platform = {
      ...platform,
      setTimer: (callback, delayMs) => {
        const timer = clock.setTimer(() => {
          this.#timers.add(timer);
          // A timer that falls due while the tab hangs can still be cleared before its turn comes.
          this.run(() => {
            if (this.#timers.delete(timer)) callback();
          });
        }, delayMs);
        return timer;
      },
      clearTimer: (timer) => {
        this.#timers.delete(timer);
        clock.clearTimer(timer);
      },
      locks: () => (browser.locks === 'missing' ? undefined : ({ request } as LockManager)),
      openChannel: (name) => browser.openChannel(this, name),
    };
  }

  get isAlive(): boolean {
    return this.#state !== 'dead';
  }

  run(callback: () => void): void {
    if (this.#state === 'running') callback();
    else if (this.#state === 'hung') this.#waiting.push(callback);
  }

  /** Stands still without a word: a debugger, an alert, a browser that freezes it. */
  hang(): void {
    if (this.#state !== 'running') return;
    this.#state = 'hung';
    this.#hungAt = this.platform.now();
  }

  thaw(): void {
    if (this.#state !== 'hung') return;
    this.#state = 'running';
    this.hung.push({ from: this.#hungAt, until: this.platform.now() });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) this.run(callback);
  }

  kill(): void {
    this.#state = 'dead';
    this.#waiting = [];
    for (const socket of this.platform.sockets) if (socket.isHeld) socket.readyState = 3;
    this.#browser.forget(this);
  }

  #gate(socket: FakeSocket): void {
    const { open, deliver, drop } = socket;
    socket.open = () => this.run(() => open.call(socket));
    socket.deliver = (data) => this.run(() => deliver.call(socket, data));
    socket.drop = (code, reason) => this.run(() => drop.call(socket, code, reason));
  }
}
