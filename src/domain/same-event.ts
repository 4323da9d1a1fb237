import type { InteractionEvent } from '../protocol/stream-event.js';
import { placeOf } from './time-order.js';

/**
 * Whether two messages tell the same: the service delivers at least once, and a publisher may publish twice under two
 * message ids. Both must belong to one interaction.
 */
function isSameEvent(a: InteractionEvent, b: InteractionEvent): boolean {
  return (
    a.at === b.at &&
    a.name === b.name &&
    a.agentId === b.agentId &&
    a.queueId === b.queueId &&
    a.isOnHold === b.isOnHold &&
    a.isMuted === b.isMuted &&
    a.recording === b.recording &&
    a.rejectReason === b.rejectReason &&
    a.hangupInitiator === b.hangupInitiator &&
    a.agentIds.length === b.agentIds.length
  );
}

/** Where an event belongs among those of its interaction; -1 when it is there already. */
export function placeOfEvent(events: readonly InteractionEvent[], event: InteractionEvent): number {
  return placeOf(events, event, isSameEvent);
}
