/**
 * Everything that one stream knows: events go in, views come out. The only module of this folder that the worker uses,
 * beside `normalise.ts`. Taking an event in projects nothing; draining projects the views that have changed.
 */
import type { Gap } from '../protocol/connection-status.js';
import type { ViewUpdate } from '../protocol/messages.js';
import type { AgentStatusEvent, EventPhase, InteractionEvent } from '../protocol/stream-event.js';
import type { ViewRequest } from '../protocol/views.js';
import { AgentStatuses } from './agent-statuses.js';
import { definitionOf } from './catalogue.js';
import type { Entry } from './entry.js';
import { EventBuffer } from './event-buffer.js';
import { isOpen, isRinging, type InteractionState } from './interaction-state.js';
import type { Interaction, ScreenPopMoment } from './interaction.js';
import { Interactions } from './interactions.js';
import { Notices } from './notices.js';
import { QueueVisits } from './queue-visits.js';
import { unopenedRows } from './rows.js';
import type { RowSource } from './row-source.js';
import { Timeline } from './timeline.js';
import { WatchedViews, type ViewSources } from './watched-views.js';

export type { Entry } from './entry.js';
export { MAX_PENDING } from './event-buffer.js';

/** By which the time of the service must turn out to be earlier: less is the estimate's own unrest. */
const CORRECTION_MS = 1_000;

export class StreamModel {
  readonly #interactions = new Interactions();
  readonly #grouped = new Timeline<RowSource>((row) => {
    if (row.kind === 'interaction') this.#interactions.forget(row.interaction);
  });
  readonly #flat = new Timeline<RowSource>();
  readonly #statuses = new AgentStatuses();
  readonly #visits = new QueueVisits();
  readonly #notices = new Notices(() => this.#views.wantEvents);
  readonly #events = new EventBuffer();
  readonly #sources: ViewSources = {
    interactions: this.#interactions,
    statuses: this.#statuses,
    grouped: this.#grouped,
    flat: this.#flat,
    visits: this.#visits,
    notices: this.#notices,
    events: this.#events,
    feedVersion: 0,
  };
  readonly #views = new WatchedViews(this.#sources);
  #taken = 0;
  #drainedAt = -Infinity;

  /** Events and notices that the next drain hands over, whichever are more; from {@link MAX_PENDING} on events are lost. */
  get pending(): number {
    return Math.max(this.#events.size, this.#notices.size);
  }

  take(entry: Entry): void {
    const { event } = entry;
    const key = Math.max(this.#flat.floor, event.kind === 'agent-status' ? event.since : event.at);
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
    this.#taken += 1;
    this.#sources.feedVersion += 1;
  }

  /** Reading covers everything from `at` (service clock) on; before that, queues are partial. */
  coverFrom(at: number): void {
    this.#visits.coverFrom(at);
  }

  /** Events are lost: a row in their place, and counting begins anew. */
  gap(gap: Gap, at: number, phase: EventPhase): void {
    // Times are whole milliseconds: what ended with the last event before it, and is told of later, stands before it.
    const key = this.#flat.end + 0.5;
    for (const timeline of [this.#grouped, this.#flat]) {
      timeline.insert({ kind: 'gap', key, serial: 0, at, gap, phase });
    }
    this.#interactions.noteGap();
    this.#sources.feedVersion += 1;
    this.#visits.coverAnewFrom(at);
  }

  /** The last gap was none, and nothing has come in since: what counts anew goes on doing so. */
  takeBackGap(): void {
    for (const timeline of [this.#grouped, this.#flat]) timeline.takeBackGap();
    this.#interactions.takeBackGap();
    this.#sources.feedVersion += 1;
  }

  /**
   * Starts a view or changes what it shows. The first feed that names an agent decides whose eyes interactions are seen
   * with: its topic is that agent's own.
   */
  watch(view: number, request: ViewRequest): void {
    const isFirst = this.#interactions.viewpoint === undefined;
    if (request.kind === 'feed' && request.agentId !== undefined && isFirst) {
      this.#interactions.setViewpoint(request.agentId, this.#grouped);
      this.#sources.feedVersion += 1;
    }
    this.#views.watch(view, request);
  }

  unwatch(view: number): void {
    this.#views.unwatch(view);
  }

  /** How many events came since it was asked last, whether a view wants them or not. */
  takeCount(): number {
    const taken = this.#taken;
    this.#taken = 0;
    return taken;
  }

  /** How many live events no page is told of, since it was asked last. */
  takeOmitted(): number {
    return this.#notices.takeOmitted();
  }

  /** Drops the rows of this view so far, not the live cards. */
  clear(view: number): void {
    this.#views.clear(view);
  }

  /** What changed for each view since the last drain; nothing when nothing changed. `now` is service time. */
  drain(now: number): readonly ViewUpdate[] {
    if (now < this.#drainedAt - CORRECTION_MS) this.#takeBack(now);
    this.#drainedAt = now;
    this.#visits.sweep(now);
    this.#interactions.sweep(now, this.#grouped, (interaction) => {
      this.#sources.feedVersion += 1;
      if (interaction.eventPhase === 'live' && this.#views.hasFeeds) this.#noteEnd(interaction);
    });
    const updates = this.#views.updates(now);
    this.#notices.clear();
    this.#events.clear();
    return updates;
  }

  /** The computer's clock is ahead, as a live event has shown: what time alone decided before is decided anew. */
  #takeBack(now: number): void {
    this.#visits.takeBack(now);
    this.#interactions.takeBack(now, this.#grouped, (interaction) => {
      // Its end has been told.
      if (interaction.eventPhase === 'live' && this.#views.hasFeeds) this.#notices.started(interaction);
    });
    this.#sources.feedVersion += 1;
    this.#views.forgetShown();
  }

  /** When the next change by time alone is due, service time; in the past until it is drained. */
  nextDue(): number | undefined {
    return this.#views.nextDue();
  }

  #takeInteraction(event: InteractionEvent, phase: EventPhase): void {
    const isNews = phase === 'live' && this.#views.hasFeeds;
    const known = isNews ? this.#interactions.find(event.guid)?.state : undefined;
    const wasEnded = known?.end !== undefined;
    const lookBefore = known !== undefined && isOpen(known) ? lookOf(known) : undefined;
    const interaction = this.#interactions.take(event, phase, this.#grouped);
    if (interaction === undefined) return;
    const { state } = interaction;
    if (isNews && isOpen(state)) {
      if (lookBefore === undefined) this.#notices.started(interaction);
      else if (lookOf(state) !== lookBefore) this.#notices.changed(interaction);
    } else if (isNews && state.end !== undefined && !wasEnded) this.#noteEnd(interaction);
    const moment = this.#momentOf(interaction, event);
    if (moment === undefined || interaction.popped.includes(moment)) return;
    interaction.popped = [...interaction.popped, moment];
    if (isNews) this.#notices.screenPop(interaction, moment);
  }

  /** Once per interaction and moment, whatever phase it came in: a replay uses the moment up. */
  #momentOf({ state }: Interaction, event: InteractionEvent): ScreenPopMoment | undefined {
    const { viewpoint } = this.#interactions;
    if (viewpoint !== undefined && event.agentId !== undefined && event.agentId !== viewpoint)
      return undefined;
    if (state.end !== undefined || state.phaseSince !== event.at) return undefined;
    switch (definitionOf(event.name).role) {
      case 'assigned':
        return isRinging(state) ? 'offered' : undefined;
      case 'accepted':
      case 'customer-accepted':
        return state.phase === 'talk' ? 'accepted' : undefined;
      default:
        return undefined;
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

/** What makes a card look different. */
function lookOf({ phase, phaseSince, isCalling, isMuted, isRecording }: InteractionState): string {
  return [phase, phaseSince, isCalling, isMuted, isRecording].join();
}
