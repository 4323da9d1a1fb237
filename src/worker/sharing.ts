/**
 * Whether a stream shares its connection with the other tabs and frames of the origin, and what it is to them. Owns the
 * decision and its reason; how sharing works is `shared-socket.ts`.
 */
import type { SharingState } from '../protocol/diagnostics.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import { isShareable, tabsName } from '../protocol/tabs.js';
import type { Dial } from './dial.js';
import { OwnSocket } from './own-socket.js';
import type { Platform } from './platform.js';
import { SharedSocket } from './shared-socket.js';
import type { Socket } from './socket.js';
import type { TabRole, Tabs, TabsHost } from './tabs.js';

const REASONS: Readonly<Record<Exclude<TabRole, 'leading' | 'following'>, string>> = {
  asking: 'asking the other tabs',
  apart: 'reading what no other tab has',
  over: 'no connection',
};

export class Sharing {
  readonly #platform: Platform;
  readonly #tabs: Tabs | undefined;
  readonly #isSubscription: boolean;
  #alone: string;
  #socket: SharedSocket | undefined;

  constructor(platform: Platform, config: StreamConfig, host: TabsHost) {
    this.#platform = platform;
    this.#isSubscription = config.subscription !== undefined;
    this.#alone = REASONS.over;
    if (!isShareable(config)) {
      this.#alone = config.share === 'off' ? 'share="off"' : 'a subscription';
      return;
    }
    const locks = locksOf(platform);
    if (locks === undefined) this.#alone = 'the browser has no locks here';
    else this.#tabs = { platform, locks, name: tabsName(config), lock: undefined, host };
  }

  get state(): SharingState {
    const role = this.#socket?.role;
    switch (role) {
      case undefined:
        return { kind: 'alone', reason: this.#alone };
      case 'leading':
        return { kind: 'leader' };
      case 'following':
        return { kind: 'follower' };
      default:
        return { kind: 'alone', reason: REASONS[role] };
    }
  }

  /** May throw, as `new WebSocket` may. */
  openSocket(dial: Dial): Socket {
    if (this.#tabs === undefined) return this.#openOwn(dial);
    try {
      this.#socket = new SharedSocket(this.#tabs, dial);
    } catch {
      this.#socket = undefined;
      this.#alone = 'the browser has no channel between tabs here';
      return this.#openOwn(dial);
    }
    return this.#socket;
  }

  #openOwn({ url }: Dial): OwnSocket {
    return new OwnSocket(this.#platform.openSocket(url), () => this.#platform.now());
  }

  caughtUp(): void {
    this.#socket?.caughtUp();
  }

  /** Of a page that goes: whether others wait for what it holds, tabs or readers of its subscription. */
  leave(): boolean {
    // Of a topic that has ended, it would stay.
    this.#socket?.close();
    // On its way to the next dial.
    this.#tabs?.lock?.free();
    return this.#tabs !== undefined || this.#isSubscription;
  }
}

function locksOf(platform: Platform): LockManager | undefined {
  try {
    return platform.locks();
  } catch {
    // Denied together with storage.
    return undefined;
  }
}
