/**
 * One interaction: its events in the order of their times, and the state that they add up to. Messages may come out of
 * order and twice (8x8's lifecycle page says to expect it), so an event that is older than the newest one is put in its
 * place and the state is folded again: the result depends on the set of events, not on their way here.
 */
import type { EventPhase, InteractionEvent } from '../protocol/stream-event.js';
import { advance } from './interaction-fold.js';
import { endState, newState, type InteractionState } from './interaction-state.js';
import { placeOf } from './same-event.js';

/** Steps that an opened row can show. A day-long conference with holds has about 40. */
export const MAX_STEPS = 60;

/** Kept for good: how it began is what an opened row is for. */
const HEAD_STEPS = 10;

/** Folded into the base at once when the history is full, so that it happens every tenth event and not on each. */
const FOLDED_AT_ONCE = 10;

export class Interaction {
  readonly guid: string;
  /** Oldest first. After folding, the first {@link HEAD_STEPS} and the newest; what lay between is in the base. */
  readonly events: InteractionEvent[] = [];
  state: InteractionState;
  /** Of the event that came last. */
  eventPhase: EventPhase = 'live';
  wasOfferPopped = false;
  wasAcceptPopped = false;
  #base: InteractionState | undefined;
  #isEndedByTime = false;

  constructor(guid: string, at: number) {
    this.guid = guid;
    this.state = newState(at);
  }

  /** False when this event was there already. */
  add(event: InteractionEvent, phase: EventPhase, viewpoint: string | undefined): boolean {
    const { events } = this;
    const index = placeOf(events, event);
    if (index < 0) return false;
    // Time ended it for want of this event.
    if (this.#isEndedByTime) this.refold(viewpoint);
    this.eventPhase = phase;
    if (index === events.length) {
      events.push(event);
      advance(this.state, event, viewpoint);
    } else {
      events.splice(Math.max(index, this.#base === undefined ? 0 : HEAD_STEPS), 0, event);
      this.refold(viewpoint);
    }
    if (events.length > MAX_STEPS) this.#foldOldest(viewpoint);
    return true;
  }

  /** It left the queue, and for long enough nothing has come that says where to. Undone by the next event. */
  endLeaving(): void {
    const { leavingSince, leftByTimeout } = this.state;
    if (leavingSince === undefined) return;
    this.#isEndedByTime = true;
    endState(this.state, leftByTimeout ? 'queue-timeout' : 'left-queue', leavingSince);
  }

  /** Nothing has come for so long that its end must have been lost. Undone by the next event. */
  endAsStale(): void {
    this.#isEndedByTime = true;
    endState(this.state, 'stale', this.state.lastAt);
  }

  refold(viewpoint: string | undefined): void {
    this.#isEndedByTime = false;
    const first = this.events[0];
    if (first === undefined) return;
    this.state = this.#base === undefined ? newState(first.at) : { ...this.#base };
    for (let index = this.#tailStart; index < this.events.length; index += 1) {
      advance(this.state, this.events[index] as InteractionEvent, viewpoint);
    }
  }

  /** Calls back with each kept event and the state after it; the state object is reused from event to event. */
  replay(
    viewpoint: string | undefined,
    visit: (event: InteractionEvent, state: InteractionState) => void,
  ): void {
    const first = this.events[0];
    if (first === undefined) return;
    let state = newState(first.at);
    for (let index = 0; index < this.events.length; index += 1) {
      if (index === HEAD_STEPS && this.#base !== undefined) state = { ...this.#base };
      const event = this.events[index] as InteractionEvent;
      advance(state, event, viewpoint);
      visit(event, state);
    }
  }

  /** The base is folded for one viewpoint: when it changes, what was folded away stays as it was seen then. */
  #foldOldest(viewpoint: string | undefined): void {
    const base = this.#base ?? this.#headState(viewpoint);
    const folded = this.events.splice(HEAD_STEPS, FOLDED_AT_ONCE);
    for (const event of folded) advance(base, event, viewpoint);
    this.#base = base;
  }

  #headState(viewpoint: string | undefined): InteractionState {
    const state = newState((this.events[0] as InteractionEvent).at);
    for (let index = 0; index < HEAD_STEPS; index += 1) {
      advance(state, this.events[index] as InteractionEvent, viewpoint);
    }
    return state;
  }

  get #tailStart(): number {
    return this.#base === undefined ? 0 : HEAD_STEPS;
  }
}
