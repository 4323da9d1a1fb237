/**
 * One feed view: what it was asked to show and what it holds still. Live cards always go on; rows stand still while the
 * reader has paused the list or reads further down, and the rows that would be new are counted.
 */
import type { FeedRequest, FeedView, LiveCard } from '../protocol/views.js';
import type { AgentStatuses } from './agent-statuses.js';
import type { Interaction } from './interaction.js';
import { isOpen, isRinging, type InteractionState } from './interaction-state.js';
import type { Interactions } from './interactions.js';
import { liveCard, MAX_LIVE_CARDS } from './live-card.js';
import { maskCaller } from './mask.js';
import { feedRow } from './rows.js';
import type { RowSource, RowTimeline } from './row-source.js';

export interface FeedSources {
  readonly interactions: Interactions;
  readonly statuses: AgentStatuses;
  /** Grouped by interaction, and every event on its own. */
  readonly grouped: RowTimeline;
  readonly flat: RowTimeline;
  /** Moves with everything that a feed shows. */
  feedVersion: number;
}

interface HeldRows {
  readonly rows: readonly RowSource[];
  /** Rows with a higher serial came later. */
  readonly serial: number;
}

export class Feed {
  readonly request: FeedRequest;
  /** Time alone changes nothing: the page's timers run by themselves. */
  readonly due = Infinity;
  readonly #sources: FeedSources;
  readonly #timeline: RowTimeline;
  #held: HeldRows | undefined;
  /** Rows up to this serial were cleared away. */
  #clearedSerial = 0;

  /** `before`: the same view as it was asked for until now. */
  constructor(request: FeedRequest, sources: FeedSources, before: Feed | undefined) {
    this.request = request;
    this.#sources = sources;
    this.#timeline = request.group === 'none' ? sources.flat : sources.grouped;
    if (before?.request.group === request.group) {
      this.#held = before.#held;
      this.#clearedSerial = before.#clearedSerial;
    }
    this.#hold();
  }

  get version(): number {
    return this.#sources.feedVersion;
  }

  /** Nothing is held on its behalf. */
  close(): void {}

  clear(): void {
    this.#clearedSerial = this.#timeline.serial;
    this.#held = undefined;
    this.#hold();
  }

  project(): FeedView {
    const { interactions, statuses } = this.#sources;
    const { agentId, expanded, mask } = this.request;
    const context = {
      mask,
      viewpoint: interactions.viewpoint,
      expanded,
      find: (guid: string) => interactions.find(guid),
      steps: new Map(),
    };
    const rows = (this.#held?.rows ?? this.#newest())
      // A row whose interaction is live again is a card.
      .filter((source) => source.kind !== 'interaction' || !isOpen(source.interaction.state))
      .map((source) => feedRow(source, context));
    return {
      kind: 'feed',
      status: statuses.current(agentId),
      live: liveCards(interactions, this.request),
      rows,
      heldRows: this.#held === undefined ? 0 : this.#timeline.countAfter(this.#held.serial),
      missedRows: rows.filter(({ phase }) => phase === 'missed').length,
    };
  }

  #hold(): void {
    if (this.request.hold === 'none') this.#held = undefined;
    else this.#held ??= { rows: this.#newest(), serial: this.#timeline.serial };
  }

  #newest(): readonly RowSource[] {
    return this.#timeline.newest(this.request.maxItems, this.#clearedSerial);
  }
}

/** Oldest ringing first, then by start; at most {@link MAX_LIVE_CARDS}. */
function liveCards(interactions: Interactions, request: FeedRequest): readonly LiveCard[] {
  return [...interactions.open()]
    .filter(({ state }) => isOpen(state))
    .sort(compareLive)
    .slice(0, MAX_LIVE_CARDS)
    .map(({ guid, state }) => liveCard(guid, state, maskCaller(state.caller, request.mask)));
}

function compareLive(a: Interaction, b: Interaction): number {
  return (
    Number(isRinging(b.state)) - Number(isRinging(a.state)) ||
    orderOf(a.state) - orderOf(b.state) ||
    (a.guid < b.guid ? -1 : 1)
  );
}

function orderOf(state: InteractionState): number {
  return isRinging(state) ? state.phaseSince : (state.startedAt ?? state.firstAt);
}
