/**
 * A clock that moves only when told, timers on it, chance from a seed, and sockets that are handed to whoever plays the
 * service. What the worker sees as `Platform`.
 */
import type { HostAnswer } from '../../../src/protocol/connection-status.js';
import type { Platform } from '../../../src/worker/platform.js';
import type { PositionStore } from '../../../src/worker/position-store.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Let promises settle: the worker awaits its store a few times in a row. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve();
}

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class VirtualClock {
  #now: number;
  #next = 1;
  readonly #timers = new Map<number, Timer>();

  constructor(now: number) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  get pending(): number {
    return this.#timers.size;
  }

  setTimer(callback: () => void, delayMs: number): number {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + Math.max(0, delayMs), callback });
    return id;
  }

  clearTimer(id: number): void {
    this.#timers.delete(id);
  }

  /** Runs what is due within the next so many ms, in order. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let steps = 0; ; steps++) {
      if (steps > 1_000_000)
        throw new Error('the clock does not come to rest: a timer sets itself again at once');
      const [id, timer] = this.#earliest() ?? [];
      if (id === undefined || timer === undefined || timer.at > until) break;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, timer.at);
      timer.callback();
      await settle();
    }
    this.#now = until;
  }

  /** Time passes without anybody noticing: a laptop asleep. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** The computer sleeps: time passes, and timers have all that they had left still before them. */
  sleep(ms: number): void {
    this.#now += ms;
    for (const [id, { at, callback }] of this.#timers) this.#timers.set(id, { at: at + ms, callback });
  }

  #earliest(): readonly [number, Timer] | undefined {
    let earliest: readonly [number, Timer] | undefined;
    for (const entry of this.#timers) {
      if (earliest === undefined || entry[1].at < earliest[1].at) earliest = entry;
    }
    return earliest;
  }
}

/** The worker's end of a socket; the service's end calls `open`, `deliver` and `drop`. */
export class FakeSocket {
  readonly url: string;
  binaryType = 'blob';
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: string[] = [];
  readonly #heard: (text: string) => void;

  constructor(url: string, heard: (socket: FakeSocket, text: string) => void = () => undefined) {
    this.url = url;
    this.#heard = (text) => heard(this, text);
  }

  /** What its `messageId` parameter says, percent-decoded. */
  get startsAt(): string {
    return new URL(this.url).searchParams.get('messageId') ?? '';
  }

  get isHeld(): boolean {
    return this.readyState < 2;
  }

  send(text: string): void {
    if (this.readyState !== 1) throw new Error('send on a socket that is not open');
    this.sent.push(text);
    this.#heard(text);
  }

  /** As a browser does it on a dead peer: `close` comes a minute later or never. */
  close(): void {
    if (this.isHeld) this.readyState = 2;
  }

  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
  }

  deliver(data: unknown): void {
    if (this.readyState === 1) this.onmessage?.({ data });
  }

  drop(code = 1006, reason = ''): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

export interface VirtualPlatform extends Platform {
  readonly clock: VirtualClock;
  readonly sockets: readonly FakeSocket[];
}

export interface PlatformParts {
  readonly clock?: VirtualClock;
  readonly chance?: () => number;
  readonly store?: () => Promise<PositionStore>;
  readonly connected?: (socket: FakeSocket) => void;
  readonly heard?: (socket: FakeSocket, text: string) => void;
  readonly probeHost?: () => Promise<HostAnswer>;
  readonly isGecko?: boolean;
  readonly isHttps?: boolean;
}

export function virtualPlatform(parts: PlatformParts = {}): VirtualPlatform {
  const clock = parts.clock ?? new VirtualClock(Date.UTC(2026, 10, 20, 9));
  const sockets: FakeSocket[] = [];
  return {
    clock,
    sockets,
    now: () => clock.now,
    chance: parts.chance ?? (() => 0.5),
    openSocket: (url) => {
      const socket = new FakeSocket(url, parts.heard);
      sockets.push(socket);
      parts.connected?.(socket);
      // A fake has what the worker uses of a socket, not all that browsers put into it.
      return socket as unknown as WebSocket;
    },
    locks: () => undefined,
    openChannel: () => {
      throw new Error('this test has no channel');
    },
    probeHost: parts.probeHost ?? (() => Promise.resolve('unknown')),
    openStore: parts.store ?? (() => Promise.reject(new Error('this test has no store'))),
    setTimer: (callback, delayMs) => clock.setTimer(callback, delayMs),
    clearTimer: (timer) => clock.clearTimer(timer),
    isGecko: parts.isGecko ?? false,
    isHttps: parts.isHttps ?? false,
  };
}
