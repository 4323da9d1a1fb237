import type { EventPhase, StreamEvent } from '../protocol/stream-event.js';

/** One message taken in, past the door. */
export interface Entry {
  readonly event: StreamEvent;
  readonly messageId: string;
  /** ms since the epoch, by the broker's clock. */
  readonly publishTime: number;
  readonly phase: EventPhase;
}
