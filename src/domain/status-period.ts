import type { AgentStatusEvent, EventPhase } from '../protocol/stream-event.js';
import type { Entry } from './entry.js';
import type { TimelineRow } from './timeline.js';

/** One state of one agent; a repeated message about the same state is a period of its own that changes nothing. */
export class StatusPeriod {
  readonly event: AgentStatusEvent;
  /** When it began. */
  readonly at: number;
  readonly messageId: string;
  readonly phase: EventPhase;
  /** The first of the messages in a row that say the same: a repetition does not restart the clock. */
  head: StatusPeriod = this;
  /** Of a head: when a different state began. */
  until: number | undefined;
  row: TimelineRow | undefined;

  constructor(event: AgentStatusEvent, { messageId, phase }: Entry) {
    this.event = event;
    this.at = event.since;
    this.messageId = messageId;
    this.phase = phase;
  }
}

export function isSameState({ event: a }: StatusPeriod, { event: b }: StatusPeriod): boolean {
  return (
    a.status === b.status && a.reason?.listId === b.reason?.listId && a.reason?.itemId === b.reason?.itemId
  );
}
