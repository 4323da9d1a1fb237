/** One open interaction as the page draws it. */
import type { CallerLabel } from '../protocol/sentence.js';
import type { LiveCard, LiveState, PhaseName, Tone } from '../protocol/views.js';
import { queueOf } from './interaction-outcome.js';
import { isRinging, type InteractionState } from './interaction-state.js';

/** Cards in a view: twice what a chat agent holds; on a tenant-wide topic nobody reads more. */
export const MAX_LIVE_CARDS = 20;

const LOOKS: Readonly<Record<PhaseName, readonly [LiveState, Tone]>> = {
  wait: ['waiting', 'neutral'],
  ring: ['ringing', 'ring'],
  talk: ['on-call', 'busy'],
  hold: ['on-hold', 'hold'],
  'wrap-up': ['wrap-up', 'hold'],
};

/** Also of an interaction that has just ended: in its last phase. */
export function liveCard(guid: string, state: InteractionState, caller: CallerLabel | undefined): LiveCard {
  const { phase = 'wait' } = state;
  const [word, tone] = LOOKS[phase];
  return {
    guid,
    state: phase === 'ring' && state.isCalling ? 'calling' : word,
    tone,
    media: state.media,
    direction: state.direction,
    caller,
    queue: queueOf(state),
    priority: state.priority,
    phaseSince: state.phaseSince,
    startedAt: state.startedAt ?? state.firstAt,
    phase,
    durations: state.durations,
    ringLimitMs: isRinging(state) ? state.ringLimitMs : undefined,
    isMuted: state.isMuted,
    isRecording: state.isRecording,
  };
}
