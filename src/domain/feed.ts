/**
 * One feed view: what it was asked to show and what it holds still. Live cards always go on; rows stand still while the
 * reader has paused the list or reads further down, and the rows that would be new are counted.
 */
import type { FeedRequest, FeedView, LiveCard } from '../protocol/views.js';
import type { AgentStatuses } from './agent-statuses.js';
import type { Interaction } from './interaction.js';
import { isOpen, type InteractionState } from './interaction-state.js';
import type { Interactions } from './interactions.js';
import { liveCard, MAX_LIVE_CARDS } from './live-card.js';
import { maskCaller } from './mask.js';
import { feedRow, type RowContext } from './rows.js';
import type { RowSource, Timeline } from './timeline.js';

export interface FeedSources {
  readonly interactions: Interactions;
  readonly statuses: AgentStatuses;
  /** Grouped by interaction, and every event on its own. */
  readonly grouped: Timeline;
  readonly flat: Timeline;
}

interface HeldRows {
  readonly rows: readonly RowSource[];
  /** Rows with a higher serial came later. */
  readonly serial: number;
}

export class Feed {
  #request: FeedRequest;
  #held: HeldRows | undefined;
  /** Rows up to this serial were cleared away. */
  #clearedSerial = 0;

  constructor(request: FeedRequest, sources: FeedSources) {
    this.#request = request;
    this.#hold(sources);
  }

  get request(): FeedRequest {
    return this.#request;
  }

  change(request: FeedRequest, sources: FeedSources): void {
    const isRegrouped = request.group !== this.#request.group;
    this.#request = request;
    if (isRegrouped) {
      this.#clearedSerial = 0;
      this.#held = undefined;
    }
    this.#hold(sources);
  }

  clear(sources: FeedSources): void {
    this.#clearedSerial = this.#timeline(sources).serial;
    this.#held = undefined;
    this.#hold(sources);
  }

  project(sources: FeedSources): FeedView {
    const { request } = this;
    const timeline = this.#timeline(sources);
    const shown = this.#held?.rows ?? timeline.newest(request.maxItems, this.#clearedSerial);
    const context = this.#rowContext(sources);
    const rows = [];
    let missedRows = 0;
    for (const source of shown) {
      // A row whose interaction is live again is a card.
      if (source.kind === 'interaction' && isOpen(source.interaction.state)) continue;
      const row = feedRow(source, context);
      if (row.phase === 'missed') missedRows += 1;
      rows.push(row);
    }
    return {
      kind: 'feed',
      status: sources.statuses.current(request.agentId),
      live: liveCards(sources.interactions, request),
      rows,
      heldRows: this.#held === undefined ? 0 : timeline.countAfter(this.#held.serial),
      missedRows,
    };
  }

  #hold(sources: FeedSources): void {
    if (this.#request.hold === 'none') {
      this.#held = undefined;
      return;
    }
    const timeline = this.#timeline(sources);
    this.#held ??= {
      rows: timeline.newest(this.#request.maxItems, this.#clearedSerial),
      serial: timeline.serial,
    };
  }

  #timeline(sources: FeedSources): Timeline {
    switch (this.#request.group) {
      case 'interaction':
        return sources.grouped;
      case 'none':
        return sources.flat;
      default:
        return this.#request.group satisfies never;
    }
  }

  #rowContext(sources: FeedSources): RowContext {
    const { expanded, mask } = this.#request;
    return {
      mask,
      viewpoint: sources.interactions.viewpoint,
      isExpanded: (rowId) => expanded.includes(rowId),
      find: (guid) => sources.interactions.find(guid),
      steps: new Map(),
    };
  }
}

/** Oldest ringing first, then by start; at most {@link MAX_LIVE_CARDS}. */
function liveCards(interactions: Interactions, request: FeedRequest): readonly LiveCard[] {
  const open: Interaction[] = [];
  for (const interaction of interactions.open()) if (isOpen(interaction.state)) open.push(interaction);
  open.sort((a, b) => compareLive(a.state, b.state) || (a.guid < b.guid ? -1 : 1));
  return open
    .slice(0, MAX_LIVE_CARDS)
    .map(({ guid, state }) => liveCard(guid, state, maskCaller(state.caller, request.mask)));
}

function compareLive(a: InteractionState, b: InteractionState): number {
  const ringsA = isRinging(a);
  const ringsB = isRinging(b);
  if (ringsA !== ringsB) return ringsA ? -1 : 1;
  if (ringsA) return a.phaseSince - b.phaseSince;
  return (a.startedAt ?? a.firstAt) - (b.startedAt ?? b.firstAt);
}

function isRinging(state: InteractionState): boolean {
  return state.phase === 'ring' && !state.isCalling;
}
