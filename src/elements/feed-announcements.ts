/** What is worth saying aloud: what the agent must act on and what changes the meaning of the screen. Pure. */
import type { StreamUpdate } from '../controllers/stream-controller.js';
import { withoutIsolates } from '../i18n/isolate.js';
import type { Gap } from '../protocol/connection-status.js';
import type { Notice } from '../protocol/messages.js';
import type { AgentStatusCode } from '../protocol/stream-event.js';
import type { FeedView } from '../protocol/views.js';
import type { Announcement } from './announcer.js';
import { connectionWords } from './connection-words.js';
import { gapInWords } from './parts/gap-row.js';
import type { Vocabulary } from './vocabulary.js';

/** States that follow from the agent's own work (offered, handling, wrap-up, direct call, email): the card says them. */
const OWN_WORK: ReadonlySet<AgentStatusCode> = new Set<AgentStatusCode>([6, 7, 8, 10, 11]);

export function announcementsOf(
  update: StreamUpdate<FeedView>,
  vocabulary: Vocabulary,
): readonly Announcement[] {
  return [
    ...update.notices.flatMap((notice) => noticeInWords(notice, vocabulary) ?? []),
    ...update.gaps.map((gap) => gapAnnouncement(gap, vocabulary)),
    ...connectionAnnouncement(update, vocabulary),
  ].map(({ text, isUrgent }) => ({ text: withoutIsolates(text), isUrgent }));
}

function noticeInWords(notice: Notice, vocabulary: Vocabulary): Announcement | undefined {
  const { messages } = vocabulary.wording;
  switch (notice.kind) {
    case 'agent-status':
      return OWN_WORK.has(notice.status.status)
        ? undefined
        : { text: messages.status[notice.status.status], isUrgent: false };
    case 'interaction-start':
    case 'interaction-change': {
      const { card } = notice;
      if (card.state === 'ringing') return { text: offer(notice.card, vocabulary), isUrgent: true };
      return card.state === 'on-call' && notice.kind === 'interaction-change'
        ? { text: messages.liveState(card.state, card.media), isUrgent: false }
        : undefined;
    }
    case 'interaction-end':
      return { text: vocabulary.sayWithoutTime(notice.row.outcome), isUrgent: false };
    case 'screen-pop':
      return undefined;
    default: {
      const unheardOf: never = notice;
      return unheardOf;
    }
  }
}

function offer(card: Extract<Notice, { kind: 'interaction-start' }>['card'], vocabulary: Vocabulary): string {
  const { caller, queue, durations } = card;
  return vocabulary.say({ key: 'offered', caller, queue, waitedMs: durations.wait });
}

function gapAnnouncement(gap: Gap, { wording }: Vocabulary): Announcement {
  return { text: gapInWords(gap, wording), isUrgent: false };
}

/** Losing the line and having it back; the tries in between are not said. */
function connectionAnnouncement(
  { connection, previousConnection }: StreamUpdate<FeedView>,
  { wording }: Vocabulary,
): readonly Announcement[] {
  if (connection.kind === previousConnection.kind) return [];
  if (connection.kind === 'live' && previousConnection.kind === 'catching-up') {
    return [{ text: wording.messages.caughtUp(wording.number(previousConnection.taken)), isUrgent: false }];
  }
  if (connection.kind === 'connecting' || connection.kind === 'catching-up' || connection.kind === 'idle')
    return [];
  const facts = { connection, isPaused: false, held: 0, lastMessageAt: undefined, now: 0, browserNow: 0 };
  return [{ text: connectionWords(facts, wording).state, isUrgent: false }];
}
