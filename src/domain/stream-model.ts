/**
 * Everything that one stream knows: events go in, views come out. The only module of this folder that the worker uses,
 * beside `normalise.ts`. Taking an event in projects nothing; draining projects the views that have changed.
 */
import type { Gap } from '../protocol/connection-status.js';
import type { ViewUpdate } from '../protocol/messages.js';
import type { AgentStatusEvent, EventPhase, InteractionEvent } from '../protocol/stream-event.js';
import type { PhaseName, ViewRequest } from '../protocol/views.js';
import { AgentStatuses } from './agent-statuses.js';
import { definitionOf } from './catalogue.js';
import type { Entry } from './entry.js';
import { EventBuffer } from './event-buffer.js';
import { isOpen, type InteractionState } from './interaction-state.js';
import type { Interaction } from './interaction.js';
import { Interactions } from './interactions.js';
import { MAX_NOTICES, Notices } from './notices.js';
import { QueueVisits } from './queue-visits.js';
import { unopenedRows } from './rows.js';
import { Timeline } from './timeline.js';
import { WatchedViews } from './watched-views.js';

export type { Entry } from './entry.js';
export { MAX_PENDING_EVENTS } from './event-buffer.js';

export class StreamModel {
  readonly #interactions = new Interactions();
  readonly #grouped = new Timeline((row) => {
    if (row.kind === 'interaction') this.#interactions.forget(row.interaction);
  });
  readonly #flatIds = new Set<string>();
  readonly #flat = new Timeline((row) => {
    if (row.kind === 'event') this.#flatIds.delete(row.entry.messageId);
  });
  readonly #statuses = new AgentStatuses();
  readonly #visits = new QueueVisits();
  readonly #notices = new Notices(MAX_NOTICES);
  readonly #events = new EventBuffer();
  readonly #views = new WatchedViews({
    interactions: this.#interactions,
    statuses: this.#statuses,
    grouped: this.#grouped,
    flat: this.#flat,
    visits: this.#visits,
    notices: this.#notices,
    events: this.#events,
  });
  #feedVersion = 0;

  /** Events that the next drain hands over; from {@link MAX_PENDING_EVENTS} on the oldest are lost. */
  get pendingEvents(): number {
    return this.#events.size;
  }

  take(entry: Entry): void {
    const { event, messageId } = entry;
    if (this.#flatIds.has(messageId)) return;
    this.#flatIds.add(messageId);
    const key = event.kind === 'agent-status' ? event.since : event.at;
    this.#flat.insert({ kind: 'event', key, serial: 0, entry });
    switch (event.kind) {
      case 'interaction':
        this.#takeInteraction(event, entry.phase);
        this.#visits.take(event);
        break;
      case 'agent-status':
        this.#takeStatus(entry, event);
        break;
      case 'agent-provision':
      case 'other':
        if (!definitionOf(event.name).isTechnical) {
          this.#grouped.insert({ kind: 'event', key, serial: 0, entry });
        }
        break;
      default:
        event satisfies never;
    }
    if (this.#views.wantEvents) this.#events.add(entry);
    this.#feedVersion += 1;
  }

  /** Reading covers everything from `at` (service clock) on; before that, queues are partial. */
  coverFrom(at: number): void {
    this.#visits.coverFrom(at);
    this.#views.redrawTiles();
  }

  /** Events are lost: a row in their place, and counting begins anew. */
  gap(gap: Gap, at: number, phase: EventPhase): void {
    this.#grouped.insert({ kind: 'gap', key: at, serial: 0, gap, phase });
    this.#flat.insert({ kind: 'gap', key: at, serial: 0, gap, phase });
    this.#interactions.noteGap();
    this.#feedVersion += 1;
    this.coverFrom(at);
  }

  /**
   * Starts a view or changes what it shows. The first feed that names an agent decides whose eyes interactions are seen
   * with: its topic is that agent's own.
   */
  watch(view: number, request: ViewRequest): void {
    if (
      request.kind === 'feed' &&
      request.agentId !== undefined &&
      this.#interactions.viewpoint === undefined
    ) {
      this.#interactions.setViewpoint(request.agentId, this.#grouped);
      this.#feedVersion += 1;
    }
    this.#views.watch(view, request);
  }

  unwatch(view: number): void {
    this.#views.unwatch(view);
  }

  /** Drops the rows of this view so far, not the live cards. */
  clear(view: number): void {
    this.#views.clear(view);
  }

  /** What changed for each view since the last drain; nothing when nothing changed. `now` is service time. */
  drain(now: number): readonly ViewUpdate[] {
    this.#visits.sweep(now);
    this.#interactions.sweep(now, this.#grouped, (interaction) => {
      this.#feedVersion += 1;
      if (interaction.eventPhase === 'live' && this.#views.hasFeeds) this.#noteEnd(interaction);
    });
    const updates = this.#views.updates(now, this.#feedVersion);
    this.#notices.clear();
    this.#events.clear();
    return updates;
  }

  /** When the next change by time alone is due, service time; in the past until it is drained. */
  nextDue(now: number): number | undefined {
    return this.#views.nextDue(now);
  }

  #takeInteraction(event: InteractionEvent, phase: EventPhase): void {
    const before = this.#interactions.find(event.guid)?.state;
    const wasOpen = before !== undefined && isOpen(before);
    const wasEnded = before?.end !== undefined;
    const signature = before === undefined ? 0 : signatureOf(before);
    const since = before?.phaseSince;
    const interaction = this.#interactions.take(event, phase, this.#grouped);
    if (interaction === undefined) return;
    const { state } = interaction;
    const isNews = phase === 'live' && this.#views.hasFeeds;
    if (isNews) {
      if (isOpen(state)) {
        if (!wasOpen) this.#notices.started(interaction);
        else if (signatureOf(state) !== signature || state.phaseSince !== since)
          this.#notices.changed(interaction);
      } else if (state.end !== undefined && !wasEnded) this.#noteEnd(interaction);
    }
    this.#notePop(interaction, event, isNews);
  }

  /** Once per interaction and moment, whatever phase it came in: a replay uses the moment up. */
  #notePop(interaction: Interaction, event: InteractionEvent, isNews: boolean): void {
    const { state } = interaction;
    const { viewpoint } = this.#interactions;
    if (viewpoint !== undefined && event.agentId !== undefined && event.agentId !== viewpoint) return;
    if (state.end !== undefined || state.phaseSince !== event.at) return;
    switch (definitionOf(event.name).role) {
      case 'assigned':
        if (interaction.wasOfferPopped || state.phase !== 'ring' || state.isCalling) return;
        interaction.wasOfferPopped = true;
        if (isNews) this.#notices.screenPop(interaction, 'offered');
        return;
      case 'accepted':
      case 'customer-accepted':
        if (interaction.wasAcceptPopped || state.phase !== 'talk') return;
        interaction.wasAcceptPopped = true;
        if (isNews) this.#notices.screenPop(interaction, 'accepted');
        return;
      default:
    }
  }

  #takeStatus(entry: Entry, event: AgentStatusEvent): void {
    const status = this.#statuses.take(entry, event, this.#grouped);
    if (status === undefined) return;
    this.#interactions.noteStatus(event, this.#grouped);
    if (entry.phase === 'live' && this.#views.hasFeeds) this.#notices.status(status);
  }

  #noteEnd(interaction: Interaction): void {
    this.#notices.ended(interaction, unopenedRows('none', this.#interactions.viewpoint));
  }
}

/** What makes a card look different, but for its times. */
function signatureOf(state: InteractionState): number {
  return (
    PHASES.indexOf(state.phase) * 8 +
    (state.isCalling ? 4 : 0) +
    (state.isMuted ? 2 : 0) +
    (state.isRecording ? 1 : 0)
  );
}

const PHASES: readonly (PhaseName | undefined)[] = [undefined, 'wait', 'ring', 'talk', 'hold', 'wrap-up'];
