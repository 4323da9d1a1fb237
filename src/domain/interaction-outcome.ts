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
      return outcome('leave', 'neutral', { key: 'left-queue' });
    case 'queue-timeout':
      return outcome('timeout', 'warn', { key: 'queue-timeout', queue: queueOf(state) });
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
  return outcome('missed', 'warn', { key: REJECTIONS[reason ?? 'unknown'] });
}

const REJECTIONS = { timeout: 'missed', declined: 'declined', unknown: 'not-accepted' } as const;

function ended(state: InteractionState): Outcome {
  const { durations, end, hangupInitiator } = state;
  const wrapUpMs = durations['wrap-up'];
  const wasHandled = state.acceptedAt !== undefined || durations.talk !== undefined || wrapUpMs !== undefined;
  const reason = failureOf(state.hangupReason, wasHandled);
  if (reason !== undefined) return outcome('end', 'warn', { key: 'failed', reason });
  if (!wasHandled && hangupInitiator === 'customer' && state.wasQueued && state.direction !== 'outbound') {
    return outcome('leave', 'warn', { key: 'abandoned', waitedMs: waitedMs(state) });
  }
  const icon = wasHandled ? 'done' : 'end';
  if (hangupInitiator === undefined && end === 'wrapped')
    return outcome(icon, 'neutral', { key: 'wrap-up-done', wrapUpMs });
  const key = hangupInitiator === undefined ? 'ended' : (`ended-by-${hangupInitiator}` as const);
  return outcome(icon, 'neutral', { key, totalMs: totalMs(state) });
}

function outcome(icon: IconName, tone: Tone, sentence: Sentence): Outcome {
  return { sentence, icon, tone };
}

/** After a conversation only `failed` is a fault; before one, anything but a normal end says why there was none. */
function failureOf(reason: HangupReason | undefined, wasHandled: boolean): HangupReason | undefined {
  if (reason === undefined || reason === 'normal') return undefined;
  return !wasHandled || reason === 'failed' ? reason : undefined;
}

function waitedMs(state: InteractionState): number | undefined {
  return state.startedAt === undefined ? undefined : Math.max(0, state.endedAt - state.startedAt);
}
