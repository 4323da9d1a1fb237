/** One open interaction as the page draws it. */
import type { CallerLabel } from '../protocol/sentence.js';
import type { LiveCard, LiveState, Tone } from '../protocol/views.js';
import { queueOf } from './interaction-outcome.js';
import { durationsOf, liveState, type InteractionState } from './interaction-state.js';

/** Cards in a view: a chat agent holds up to about ten; on a tenant-wide topic more than this cannot be read. */
export const MAX_LIVE_CARDS = 50;

const TONES: Readonly<Record<LiveState, Tone>> = {
  waiting: 'neutral',
  ringing: 'ring',
  calling: 'ring',
  'on-call': 'busy',
  'on-hold': 'hold',
  'wrap-up': 'hold',
};

export function liveCard(guid: string, state: InteractionState, caller: CallerLabel | undefined): LiveCard {
  const word = liveState(state);
  return {
    guid,
    state: word,
    tone: TONES[word],
    media: state.media,
    direction: state.direction,
    caller,
    queue: queueOf(state),
    priority: state.priority,
    phaseSince: state.phaseSince,
    startedAt: state.startedAt ?? state.firstAt,
    phase: state.phase ?? 'wait',
    durations: durationsOf(state),
    ringLimitMs: word === 'ringing' ? state.ringLimitMs : undefined,
    isMuted: state.isMuted,
    isRecording: state.isRecording,
  };
}
