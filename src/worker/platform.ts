/**
 * Clock, chance, socket and storage, as arguments with real defaults: what a test replaces to make time pass and
 * chance certain.
 */
import type { HostAnswer } from '../protocol/connection-status.js';
import { SteadyClock } from '../protocol/steady-clock.js';
import { probeHost } from './host-probe.js';
import { openPositionStore, type PositionStore } from './position-store.js';

export interface Platform {
  /** ms since the epoch, never set back. */
  now(): number;
  /** Uniform in [0, 1). */
  chance(): number;
  /** May be missing, or throw, where storage is denied or the page is no secure context. */
  locks(): LockManager | undefined;
  /** May throw. */
  openChannel(name: string): BroadcastChannel;
  /** May throw: Firefox and WebKit do when `connect-src` forbids the address. */
  openSocket(url: string): WebSocket;
  /** Whether the host of a WebSocket service answers; never rejects. */
  probeHost(endpoint: string): Promise<HostAnswer>;
  openStore(): Promise<PositionStore>;
  setTimer(callback: () => void, delayMs: number): number;
  clearTimer(timer: number): void;
  /** The engine that holds dials back by itself after failures, for seconds and more (`held-dial.ts`). */
  readonly isGecko: boolean;
  /** An https page may open no `ws:` connection to another computer. */
  readonly isHttps: boolean;
}

const clock = new SteadyClock(
  () => Date.now(),
  () => performance.now(),
);

export const realPlatform: Platform = {
  now: () => clock.now(),
  chance: () => Math.random(),
  openSocket: (url) => new WebSocket(url),
  locks: () => navigator.locks as LockManager | undefined,
  openChannel: (name) => new BroadcastChannel(name),
  probeHost,
  // Mere access throws where a browser denies storage.
  openStore: () => openPositionStore(() => indexedDB),
  // Longer delays than 2^31 ms fire at once.
  setTimer: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, 2 ** 31 - 1)) as unknown as number,
  clearTimer: (timer) => clearTimeout(timer),
  // No feature shows it, and a worker is told no other name of its engine; the others only say "like Gecko".
  isGecko: navigator.userAgent.includes('Gecko/'),
  // Of a worker from a blob, `location` has the scheme `blob:`.
  isHttps: self.origin.startsWith('https:'),
};
