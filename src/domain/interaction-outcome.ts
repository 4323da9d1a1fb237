/** How an interaction ended, as a sentence with its icon and tone. */
import type { HangupReason, RejectReason } from '../protocol/stream-event.js';
import type { Sentence } from '../protocol/sentence.js';
import type { IconName, Tone } from '../protocol/views.js';
import { totalMs, type InteractionState } from './interaction-state.js';

export interface Outcome {
  readonly sentence: Sentence;
  readonly icon: IconName;
  readonly tone: Tone;
}

/** The state must have ended. */
export function outcomeOf(state: InteractionState): Outcome {
  switch (state.end) {
    case 'missed':
      return missed(state.rejectReason);
    case 'left-queue':
      return { sentence: { key: 'left-queue' }, icon: 'leave', tone: 'neutral' };
    case 'queue-timeout':
      return {
        sentence: { key: 'queue-timeout', queue: queueOf(state) },
        icon: 'timeout',
        tone: 'warn',
      };
    case 'wrapped':
    case 'released':
    case 'deleted':
    case 'stale':
    case undefined:
      return ended(state);
    default:
      return state.end satisfies never;
  }
}

export function queueOf(
  state: InteractionState,
): { readonly id: string; readonly name: string | undefined } | undefined {
  return state.queueId === undefined ? undefined : { id: state.queueId, name: state.queueName };
}

/** An offer that came to nothing. */
export function missed(reason: RejectReason | undefined): Outcome {
  return { sentence: { key: REJECTIONS[reason ?? 'unknown'] }, icon: 'missed', tone: 'warn' };
}

const REJECTIONS = { timeout: 'missed', declined: 'declined', unknown: 'not-accepted' } as const;

function ended(state: InteractionState): Outcome {
  const wasHandled =
    state.acceptedAt !== undefined ||
    state.durations.talk !== undefined ||
    state.durations['wrap-up'] !== undefined;
  const reason = failureOf(state.hangupReason, wasHandled);
  if (reason !== undefined) return { sentence: { key: 'failed', reason }, icon: 'end', tone: 'warn' };
  const isAbandoned =
    !wasHandled && state.hangupInitiator === 'customer' && state.wasQueued && state.direction !== 'outbound';
  if (isAbandoned) {
    return { sentence: { key: 'abandoned', waitedMs: waitedMs(state) }, icon: 'leave', tone: 'warn' };
  }
  const total = totalMs(state);
  const icon = wasHandled ? 'done' : 'end';
  if (state.hangupInitiator !== undefined) {
    return { sentence: { key: `ended-by-${state.hangupInitiator}`, totalMs: total }, icon, tone: 'neutral' };
  }
  if (state.end === 'wrapped') {
    return { sentence: { key: 'wrap-up-done', wrapUpMs: state.durations['wrap-up'] }, icon, tone: 'neutral' };
  }
  return { sentence: { key: 'ended', totalMs: total }, icon, tone: 'neutral' };
}

/** After a conversation only `failed` is a fault; before one, anything but a normal end says why there was none. */
function failureOf(reason: HangupReason | undefined, wasHandled: boolean): HangupReason | undefined {
  if (reason === undefined || reason === 'normal') return undefined;
  return !wasHandled || reason === 'failed' ? reason : undefined;
}

function waitedMs(state: InteractionState): number | undefined {
  return state.startedAt === undefined ? undefined : Math.max(0, state.endedAt - state.startedAt);
}
