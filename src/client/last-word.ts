/** What a page that is about to be frozen says to the other tabs, because its worker may be frozen before it hears of it. */
import type { StreamConfig } from '../protocol/stream-config.js';
import { FROZEN, isShareable, tabsName } from '../protocol/tabs.js';

export function sayFrozen(configs: readonly StreamConfig[]): void {
  for (const name of new Set(configs.filter(isShareable).map(tabsName))) {
    try {
      const channel = new BroadcastChannel(name);
      channel.postMessage(FROZEN);
      channel.close();
    } catch {
      // Denied together with storage, or missing: then no other tab listens either.
    }
  }
}
