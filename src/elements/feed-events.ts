/** What came live, as the DOM events of the feed, in order. Pure but for making the events. */
import type { StreamUpdate } from '../controllers/stream-controller.js';
import { X8AgentStatusEvent } from '../events/x8-agent-status-event.js';
import { X8InteractionChangeEvent } from '../events/x8-interaction-change-event.js';
import { X8InteractionEndEvent } from '../events/x8-interaction-end-event.js';
import { X8InteractionStartEvent } from '../events/x8-interaction-start-event.js';
import { X8ScreenPopEvent } from '../events/x8-screen-pop-event.js';
import type { Notice } from '../protocol/messages.js';
import type { FeedView } from '../protocol/views.js';

export type ScreenPopMoment = 'offered' | 'accepted' | 'off';

export function feedEvents(
  { notices }: Pick<StreamUpdate<FeedView>, 'notices'>,
  screenPop: ScreenPopMoment,
): readonly Event[] {
  return notices.flatMap((notice) => eventOf(notice, screenPop) ?? []);
}

function eventOf(notice: Notice, screenPop: ScreenPopMoment): Event | undefined {
  switch (notice.kind) {
    case 'agent-status':
      return new X8AgentStatusEvent(notice.status);
    case 'interaction-start':
      return new X8InteractionStartEvent(notice.card);
    case 'interaction-change':
      return new X8InteractionChangeEvent(notice.card);
    case 'interaction-end':
      return new X8InteractionEndEvent(notice.row);
    case 'screen-pop':
      return notice.moment === screenPop ? new X8ScreenPopEvent(notice.moment, notice.card) : undefined;
    default: {
      const unheardOf: never = notice;
      return unheardOf;
    }
  }
}
