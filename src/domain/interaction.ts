/**
 * One interaction: its events in the order of their times, and the state that they add up to. Messages may come out of
 * order and twice (8x8's lifecycle page says to expect it), so an event that is older than the newest one is put in its
 * place and the state is folded again: the result depends on the set of events, not on their way here.
 */
import type { EventPhase, InteractionEvent } from '../protocol/stream-event.js';
import { advance } from './interaction-fold.js';
import { endState, newState, without, type InteractionState } from './interaction-state.js';
import { placeOfEvent } from './same-event.js';
import type { TimelineRow } from './timeline.js';

/** Steps that an opened row can show. A day-long conference with holds has about 40. */
export const MAX_STEPS = 60;

/** Kept for good: how it began is what an opened row is for. */
const HEAD_STEPS = 10;

/** Folded into the base at once when the history is full, so that it happens every tenth event and not on each. */
const FOLDED_AT_ONCE = 10;

/** When a page may open the caller's record. */
export type ScreenPopMoment = 'offered' | 'accepted';

export class Interaction {
  readonly guid: string;
  /** Oldest first. After folding, the first {@link HEAD_STEPS} and the newest; what lay between is in the base. */
  readonly events: InteractionEvent[] = [];
  state: InteractionState;
  /** Of the event that came last. */
  eventPhase: EventPhase = 'live';
  /** Moments that are used up. */
  popped: readonly ScreenPopMoment[] = [];
  /** Its row in the timeline, while it is not a card. */
  row: TimelineRow | undefined;
  /** Its row's least key: the timeline's floor at its last event without a row. */
  floor = 0;
  #base: InteractionState | undefined;
  #isEndedByTime = false;

  constructor(guid: string, at: number) {
    this.guid = guid;
    this.state = newState(at);
  }

  /** False when this event was there already. */
  add(event: InteractionEvent, phase: EventPhase, viewpoint: string | undefined): boolean {
    const { events } = this;
    const index = placeOfEvent(events, event);
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

  /** For long enough nothing has come that says where to it left the queue, or that it goes on. */
  endByTime(): void {
    const { leavingSince, leftByTimeout } = this.state;
    if (leavingSince === undefined) {
      this.endAsStale();
      return;
    }
    this.#isEndedByTime = true;
    endState(this.state, leftByTimeout ? 'queue-timeout' : 'left-queue', leavingSince);
  }

  /** Nothing has come for so long that its end must have been lost. Undone by the next event. */
  endAsStale(): void {
    this.#isEndedByTime = true;
    endState(this.state, 'stale', this.state.lastAt);
  }

  /** An agent has nothing in hand. True where this was in theirs and is in nobody else's. */
  letGo(agentId: string): boolean {
    const { state, events } = this;
    if (state.phase === 'wait') return false;
    // Who is offered it, or wraps it up, takes no part in it.
    const named = events.findLast((event) => event.agentId !== undefined)?.agentId;
    if (named !== agentId && !state.agentIds.includes(agentId)) return false;
    state.agentIds = without(state.agentIds, agentId);
    return state.agentIds.length === 0;
  }

  refold(viewpoint: string | undefined): void {
    this.#isEndedByTime = false;
    this.state = this.replay(viewpoint);
  }

  /** Calls back with each kept event and the state after it; the state object is reused from event to event. */
  replay(
    viewpoint: string | undefined,
    visit: (event: InteractionEvent, state: InteractionState) => void = () => undefined,
  ): InteractionState {
    let state = newState((this.events[0] as InteractionEvent).at);
    let index = 0;
    for (const event of this.events) {
      if (index === HEAD_STEPS && this.#base !== undefined) state = { ...this.#base };
      advance(state, event, viewpoint);
      visit(event, state);
      index += 1;
    }
    return state;
  }

  /** The base is folded for one viewpoint: when it changes, what was folded away stays as it was seen then. */
  #foldOldest(viewpoint: string | undefined): void {
    const newest = this.events.splice(HEAD_STEPS + FOLDED_AT_ONCE);
    this.#base = this.replay(viewpoint);
    this.events.splice(HEAD_STEPS, FOLDED_AT_ONCE, ...newest);
  }
}
