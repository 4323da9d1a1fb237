/**
 * What one event says, given the state of its interaction after it. Chooses the sentence and its facts; the page has
 * the words.
 */
import type { Sentence } from '../protocol/sentence.js';
import type { InteractionEvent, StreamEvent } from '../protocol/stream-event.js';
import type { IconName, Mask, Step, Tone } from '../protocol/views.js';
import { toneOfStatus } from './agent-status.js';
import { definitionOf } from './catalogue.js';
import { eventWords } from './event-words.js';
import { missed, outcomeOf, queueOf } from './interaction-outcome.js';
import type { InteractionState } from './interaction-state.js';
import { maskCaller } from './mask.js';

/** The step of an interaction's event; `state` is the state after it. */
export function interactionStep(event: InteractionEvent, state: InteractionState, mask: Mask): Step {
  const { role, icon, tone } = definitionOf(event.name);
  const { at } = event;
  if (role === 'deleted') {
    if (state.end === undefined) return step(at, 'people', 'neutral', conference(state));
    // Told as the end of the interaction even where the row itself had ended before, with wrap-up.
    const outcome = outcomeOf(state);
    return { at, ...outcome, icon: outcome.icon === 'done' ? 'end' : outcome.icon };
  }
  if (role === 'rejected') return { at, ...missed(event.rejectReason) };
  return step(
    at,
    icon === 'media' ? (state.media ?? 'dot') : icon,
    event.isOnHold === false ? 'busy' : tone,
    sentenceOf(event, state, mask),
  );
}

/** The step of an event that belongs to no interaction. */
export function plainStep(event: StreamEvent): Step {
  const definition = definitionOf(event.name);
  const { at } = event;
  switch (event.kind) {
    case 'agent-status':
      return step(event.since, 'status', toneOfStatus(event.status), {
        key: 'agent-status',
        status: event.status,
        reason: event.reason,
      });
    case 'agent-provision':
      return step(at, 'skill', 'neutral', { key: 'skill', media: event.media, isEnabled: event.isEnabled });
    case 'interaction':
    case 'other':
      return step(
        at,
        definition.icon === 'media' ? 'dot' : definition.icon,
        definition.tone,
        byName(event.name),
      );
    default:
      return event satisfies never;
  }
}

function sentenceOf(event: InteractionEvent, state: InteractionState, mask: Mask): Sentence {
  const { role } = definitionOf(event.name);
  const { media, durations } = state;
  const caller = maskCaller(state.caller, mask);
  const queue = queueOf(state);
  switch (role) {
    case 'created':
      return { key: state.direction === 'outbound' ? 'new-outbound' : 'new-inbound', media, caller };
    case 'queued':
      return { key: 'waiting', queue };
    case 'assigned':
      return { key: 'offered', caller, queue, waitedMs: durations.wait };
    case 'accepted':
      if (state.isCalling && state.phase === 'ring') return { key: 'ringing-customer', caller };
      return { key: 'answered', ringMs: state.lastRingMs };
    case 'customer-accepted':
      return { key: 'customer-answered', caller };
    case 'unqueued':
      return { key: 'left-queue' };
    case 'queue-timeout':
      return { key: 'queue-timeout', queue };
    case 'hold':
      if (event.isOnHold === undefined) return byName(event.name);
      return event.isOnHold ? { key: 'on-hold' } : { key: 'off-hold', heldMs: state.lastHeldMs };
    case 'mute':
      if (event.isMuted === undefined) return byName(event.name);
      return { key: event.isMuted ? 'muted' : 'unmuted' };
    case 'recording':
      return event.recording === undefined
        ? byName(event.name)
        : { key: 'recording', state: event.recording };
    case 'wrap-up-started':
      return { key: 'wrap-up-started', handledMs: state.handledMs };
    case 'wrap-up-done':
      return { key: 'wrap-up-done', wrapUpMs: durations['wrap-up'] };
    case 'transfer':
      return { key: 'transfer-started' };
    case 'conference':
      return conference(state);
    case 'guest-left':
      return { key: 'customer-left-chat' };
    case 'rejected':
    case 'deleted':
    case 'deassigned':
    case 'agent-status':
    case 'skill':
    case 'technical':
    case 'by-name':
      return byName(event.name);
    default:
      return role satisfies never;
  }
}

/** Agents and the customer. */
function conference(state: InteractionState): Sentence {
  return { key: 'conference', people: Math.max(2, state.agentIds.length + 1) };
}

function byName(name: string): Sentence {
  return { key: 'event-name', words: eventWords(name) };
}

function step(at: number, icon: IconName, tone: Tone, sentence: Sentence): Step {
  return { at, icon, tone, sentence };
}
