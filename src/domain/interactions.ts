/**
 * All interactions of a stream: the open ones, which are cards, and the ended ones, which are rows of the timeline.
 * Owns which is which and how many are kept.
 */
import type {
  AgentStatusCode,
  AgentStatusEvent,
  EventPhase,
  InteractionEvent,
} from '../protocol/stream-event.js';
import { definitionOf } from './catalogue.js';
import { isOpen, standsAt, type InteractionState } from './interaction-state.js';
import { Interaction } from './interaction.js';
import type { RowSource, RowTimeline } from './row-source.js';
import { LEAVING_MS, staleAfterMs } from './time-limits.js';

/** Open at once: an agent has about ten; a tenant of a thousand agents has below 2,000. The oldest goes first. */
export const MAX_OPEN = 2_000;

const LOGGED_OUT: AgentStatusCode = 1;
const AVAILABLE: AgentStatusCode = 4;

export class Interactions {
  /** All that are kept, by GUID. */
  readonly #all = new Map<string, Interaction>();
  /** Those without a row; oldest first. */
  readonly #open = new Map<string, Interaction>();
  /** Open before the last gap and not heard of since. */
  #unconfirmed = new Set<Interaction>();
  /** Before the last gap, which may turn out to be none. */
  #unconfirmedBefore = this.#unconfirmed;
  #viewpoint: string | undefined;
  /** Time alone ends nothing before this. */
  #due = Infinity;
  /** Ended by time alone, and when that was due. */
  readonly #sweptAway = new Map<Interaction, number>();

  get viewpoint(): string | undefined {
    return this.#viewpoint;
  }

  get openCount(): number {
    return this.#open.size;
  }

  find(guid: string): Interaction | undefined {
    return this.#all.get(guid);
  }

  open(): IterableIterator<Interaction> {
    return this.#open.values();
  }

  /** The interaction that the event belongs to, or `undefined` when it had been taken in before. */
  take(event: InteractionEvent, phase: EventPhase, timeline: RowTimeline): Interaction | undefined {
    const known = this.#all.get(event.guid);
    const interaction = known ?? this.#begin(event);
    if (!interaction.add(event, phase, this.#viewpoint)) return undefined;
    if (this.#unconfirmed.size > 0) this.#unconfirmed.delete(interaction);
    if (this.#sweptAway.size > 0) this.#sweptAway.delete(interaction);
    if (interaction.row === undefined) interaction.floor = timeline.floor;
    this.#settle(interaction, timeline);
    return interaction;
  }

  /** Looks at everything again with an agent's eyes. */
  setViewpoint(viewpoint: string | undefined, timeline: RowTimeline): void {
    if (viewpoint === this.#viewpoint) return;
    this.#viewpoint = viewpoint;
    for (const interaction of this.#all.values()) {
      interaction.refold(viewpoint);
      this.#settle(interaction, timeline);
    }
  }

  /** Ends what time alone ends; calls back with each. */
  sweep(now: number, timeline: RowTimeline, onEnded: (interaction: Interaction) => void): void {
    if (now < this.#due) return;
    this.#due = Infinity;
    for (const interaction of this.#open.values()) {
      const dueAt = dueOf(interaction.state);
      if (dueAt > now) {
        this.#due = Math.min(this.#due, dueAt);
        continue;
      }
      interaction.endByTime();
      this.#sweptAway.set(interaction, dueAt);
      this.#settle(interaction, timeline);
      onEnded(interaction);
    }
  }

  /** It is earlier than was thought: what time has ended by that goes on; calls back with each. */
  takeBack(now: number, timeline: RowTimeline, onGoesOn: (interaction: Interaction) => void): void {
    for (const [interaction, dueAt] of this.#sweptAway) {
      if (dueAt <= now) continue;
      this.#sweptAway.delete(interaction);
      interaction.refold(this.#viewpoint);
      this.#settle(interaction, timeline);
      onGoesOn(interaction);
    }
  }

  /** What follows is not known to follow on what is open now. */
  noteGap(): void {
    this.#unconfirmedBefore = this.#unconfirmed;
    this.#unconfirmed = new Set(this.#open.values());
  }

  /** The last gap was none, and nothing has come in since. */
  takeBackGap(): void {
    this.#unconfirmed = this.#unconfirmedBefore;
  }

  /**
   * An agent who is available or logged out after a gap has nothing in hand any more: what was open before the gap and
   * not heard of since has ended in it. What another agent takes part in goes on, as does what still waits for one.
   */
  noteStatus({ agentId, status }: AgentStatusEvent, timeline: RowTimeline): void {
    if (this.#unconfirmed.size === 0 || agentId !== (this.#viewpoint ?? agentId)) return;
    if (status !== LOGGED_OUT && status !== AVAILABLE) return;
    for (const interaction of this.#unconfirmed) {
      if (!isOpen(interaction.state) || (this.#viewpoint === undefined && !interaction.letGo(agentId)))
        continue;
      interaction.endAsStale();
      this.#settle(interaction, timeline);
      this.#unconfirmed.delete(interaction);
    }
  }

  /** When {@link sweep} has something to do. */
  nextDue(): number {
    return this.#due;
  }

  /** The row of an interaction had to go. */
  forget(interaction: Interaction): void {
    interaction.row = undefined;
    this.#unconfirmed.delete(interaction);
    this.#sweptAway.delete(interaction);
    if (this.#all.get(interaction.guid) === interaction) this.#all.delete(interaction.guid);
  }

  #begin(event: InteractionEvent): Interaction {
    const interaction = new Interaction(event.guid, event.at);
    this.#all.set(event.guid, interaction);
    this.#open.set(event.guid, interaction);
    if (this.#open.size > MAX_OPEN) {
      for (const oldest of this.#open.values()) {
        this.#open.delete(oldest.guid);
        this.forget(oldest);
        break;
      }
    }
    return interaction;
  }

  /** Gives an interaction its row, or takes it away, after its state has moved. */
  #settle(interaction: Interaction, timeline: RowTimeline): void {
    const { row, state } = interaction;
    this.#due = Math.min(this.#due, dueOf(state));
    if (isOpen(state) || (state.end === undefined && !isTold(interaction))) {
      if (row === undefined) return;
      timeline.remove(row);
      interaction.row = undefined;
      this.#open.set(interaction.guid, interaction);
      return;
    }
    const key = Math.max(standsAt(state), interaction.floor);
    if (row !== undefined) {
      timeline.move(row, key);
      return;
    }
    this.#open.delete(interaction.guid);
    const source: RowSource = { kind: 'interaction', key, serial: 0, interaction };
    interaction.row = source;
    timeline.insert(source);
  }
}

/** Whether an interaction of which only side events are known says anything but technicalities. */
function isTold(interaction: Interaction): boolean {
  return interaction.events.some((event) => !definitionOf(event.name).isTechnical);
}

/** It has left its queue and nothing says where to; or it has been silent for so long that its end must be lost. */
function dueOf(state: InteractionState): number {
  if (!isOpen(state)) return Infinity;
  if (state.leavingSince !== undefined) return state.leavingSince + LEAVING_MS;
  return state.lastAt + staleAfterMs(state.media, state.phase);
}
