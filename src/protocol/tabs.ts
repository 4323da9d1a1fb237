/** What the pages and the workers of the tabs that read one stream have in common (docs/protocol.md, "Tabs"). */
import { positionKey, type StreamConfig } from './stream-config.js';

/** Goes up when what tabs say to each other changes: copies of different versions do not meet. */
const VERSION = 1;

/** A page's last word on the channel before it is frozen: its worker, which may lead, may not get to say so. */
export const FROZEN = { kind: 'frozen' } as const;
export type Frozen = typeof FROZEN;

/** Of the lock and of the channel: what names the stream, and never a key. */
export function tabsName(config: StreamConfig): string {
  return `x8-widgets/${VERSION}|${positionKey(config)}`;
}

/** Who reads on a subscription is the broker's affair, and answers are meant for it. */
export function isShareable({ share, subscription }: StreamConfig): boolean {
  return share !== 'off' && subscription === undefined;
}
