import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { View } from '../protocol/views.js';

/** What an element's `getSnapshot()` returns: plain, cloneable and a copy; callers are masked as `mask` says. */
export interface Snapshot<V extends View> {
  readonly connection: ConnectionStatus;
  /** Publish time of the newest message, ms by the service's clock. */
  readonly lastMessageAt: number | undefined;
  /** `undefined` before the first data. */
  readonly view: V | undefined;
}
