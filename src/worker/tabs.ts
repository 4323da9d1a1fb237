/** What the tabs of one stream are to each other, and what a dial needs to find the others. */
import type { Platform } from './platform.js';
import type { TabLock } from './tab-lock.js';

/**
 * `asking`: for the lead, and for a leader; `following`: reads what the leader relays; `apart`: has a socket of its own
 * without the lead, because no leader answers or it no longer has what this tab needs; `leading`: has the lead, and the
 * socket.
 */
export type TabRole = 'asking' | 'following' | 'apart' | 'leading' | 'over';

export interface TabsHost {
  /** Another tab wants to know whether the service is there. */
  probe(): void;
  /** What is relayed comes after this message, if the leader had one. */
  standAfter(last: unknown): void;
}

export interface Tabs {
  readonly platform: Platform;
  readonly locks: LockManager;
  /** Of the lock and of the channel. */
  readonly name: string;
  /** The lead, on its way from one dial to the next. */
  lock: TabLock | undefined;
  readonly host: TabsHost;
}
