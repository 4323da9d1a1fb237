import type { InteractionEvent } from '../protocol/stream-event.js';

/**
 * Whether two messages tell the same: the service delivers at least once, and a publisher may publish twice under two
 * message ids. Both must belong to one interaction.
 */
export function isSameEvent(a: InteractionEvent, b: InteractionEvent): boolean {
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

/**
 * Where an event belongs in a list that is in the order of event times, oldest first; equal times keep the order of
 * arrival. -1 when it is there already.
 */
export function placeOf(events: readonly InteractionEvent[], event: InteractionEvent): number {
  let index = events.length;
  while (index > 0 && (events[index - 1] as InteractionEvent).at > event.at) index -= 1;
  for (let same = index - 1; same >= 0; same -= 1) {
    const other = events[same] as InteractionEvent;
    if (other.at !== event.at) break;
    if (isSameEvent(other, event)) return -1;
  }
  return index;
}
