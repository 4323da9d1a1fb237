/**
 * The channel between the tabs of one stream: what is said, and to whom it is meant. Owns the door, at which everything
 * is checked that any script of the origin may have posted.
 */
import type { Platform } from './platform.js';
import { readTabMessage, type FromLeader, type TabMessage, type ToLeader } from './tab-messages.js';

export interface ChannelListener {
  /** Some tab wants something of its leader. */
  askedOfLeader(message: ToLeader): void;
  saidByLeader(message: FromLeader): void;
  /** The page of some tab is about to be frozen, and its worker with it. */
  pageFrozen(): void;
}

export class TabChannel {
  readonly #channel: BroadcastChannel;

  /** Throws where the browser gives no channel. */
  constructor(platform: Platform, name: string, listener: ChannelListener) {
    this.#channel = platform.openChannel(name);
    this.#channel.onmessage = ({ data }) => {
      const message = readTabMessage(data);
      if (message === undefined) return;
      if (message.kind === 'frozen') listener.pageFrozen();
      else if (message.kind === 'attach' || message.kind === 'ping' || message.kind === 'ask')
        listener.askedOfLeader(message);
      else listener.saidByLeader(message);
    };
  }

  post(message: TabMessage): void {
    try {
      this.#channel.postMessage(message);
    } catch {
      // Closed in between, or a frame that cannot be copied: the others notice by its number.
    }
  }

  close(): void {
    this.#channel.onmessage = null;
    this.#channel.close();
  }
}
