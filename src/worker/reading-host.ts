/** What a reading is told of the page, and what it tells its stream: the way between `reading.ts` and `stream.ts`. Types only. */
import type { Gap } from '../protocol/connection-status.js';
import type { WidgetError } from '../protocol/errors.js';

export interface ReadingHost {
  /** A frame is about to be taken in: the computer may have slept before it. */
  arriving(now: number): void;
  /** Something is new that the page should see. */
  changed(now: number): void;
  /** More events or notices wait, of which the page gets each, than should. */
  pressed(): void;
  gap(gap: Gap): void;
  failed(error: WidgetError): void;
  credentialWanted(): void;
  /** How far back what is shown looks, ms. */
  windowMs(): number;
}

/** What this page had of the stream before. */
export interface Before {
  /** The last message that it had on screen. */
  readonly handover: string | undefined;
  /** An earlier worker of this very page has read it. */
  readonly wasOpen: boolean;
}

/** What an update says of the place it stands for. */
export interface Place {
  readonly lastMessageAt: number | undefined;
  /** The last message that the page has with this update, where the place is ours to keep; `undefined`: it has none. */
  readonly position: string | undefined;
}
