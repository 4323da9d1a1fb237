/** What is worth saying aloud: what the agent must act on and what changes the meaning of the screen. Pure. */
import type { StreamUpdate } from '../controllers/stream-controller.js';
import { withoutIsolates } from '../i18n/isolate.js';
import type { Wording } from '../i18n/wording.js';
import type { Notice } from '../protocol/messages.js';
import type { AgentStatusCode } from '../protocol/stream-event.js';
import type { FeedView } from '../protocol/views.js';
import type { Announcement } from './announcer.js';
import { gapInWords } from './parts/gap-row.js';
import type { Vocabulary } from './vocabulary.js';

/** States that follow from the agent's own work (offered, handling, wrap-up, direct call, email): the card says them. */
const OWN_WORK: ReadonlySet<AgentStatusCode> = new Set<AgentStatusCode>([6, 7, 8, 10, 11]);

export function announcementsOf(
  update: StreamUpdate<FeedView>,
  vocabulary: Vocabulary,
  now: number,
): readonly Announcement[] {
  const { wording } = vocabulary;
  const announcements: Announcement[] = [];
  const say = (text: string | undefined, isUrgent = false): void => {
    if (text !== undefined) announcements.push({ text: withoutIsolates(text), isUrgent });
  };
  for (const notice of update.notices) say(noticeInWords(notice, vocabulary), isRinging(notice));
  for (const gap of update.gaps) say(gapInWords(gap, now, wording));
  say(connectionChange(update, wording));
  return announcements;
}

function isRinging(notice: Notice): boolean {
  return 'card' in notice && notice.card.state === 'ringing';
}

function noticeInWords(notice: Notice, vocabulary: Vocabulary): string | undefined {
  const { messages } = vocabulary.wording;
  switch (notice.kind) {
    case 'agent-status': {
      const { status } = notice.status;
      return OWN_WORK.has(status) ? undefined : messages.status[status];
    }
    case 'interaction-start':
    case 'interaction-change': {
      const { caller, queue, durations, state, media } = notice.card;
      if (isRinging(notice))
        return vocabulary.say({ key: 'offered', caller, queue, waitedMs: durations.wait });
      return state === 'on-call' && notice.kind === 'interaction-change'
        ? messages.liveState(state, media)
        : undefined;
    }
    case 'interaction-end':
      return vocabulary.sayWithoutTime(notice.row.outcome);
    case 'screen-pop':
      return undefined;
    default: {
      const unheardOf: never = notice;
      return unheardOf;
    }
  }
}

/** Losing the line and having it back; the tries in between are not said. */
function connectionChange(
  { connection, previousConnection }: StreamUpdate<FeedView>,
  wording: Wording,
): string | undefined {
  if (connection.kind === previousConnection.kind) return undefined;
  if (connection.kind === 'live' && previousConnection.kind === 'catching-up') {
    return wording.messages.caughtUp(wording.number(previousConnection.taken));
  }
  if (connection.kind === 'connecting' || connection.kind === 'catching-up' || connection.kind === 'idle')
    return undefined;
  return wording.messages.connection.state[connection.kind];
}
