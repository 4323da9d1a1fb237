/**
 * The views that pages watch: what each was shown last, what it still has to get, and when time alone changes it. Owns
 * when a view is projected; what it shows is `feed.ts` and `queue-metrics.ts`.
 */
import type { Notice, ViewUpdate } from '../protocol/messages.js';
import type { EventEntry } from '../protocol/stream-event.js';
import type { View, ViewRequest } from '../protocol/views.js';
import type { EventBuffer } from './event-buffer.js';
import { Feed, type FeedSources } from './feed.js';
import type { Notices } from './notices.js';
import { Tile } from './queue-metrics.js';
import type { QueueVisits } from './queue-visits.js';
import { unopenedRows } from './rows.js';

interface Watched {
  projection: Feed | Tile;
  /** Notices up to this serial came before the view began. */
  readonly noticesAfter: number;
  /** Number of the first event that it gets; `undefined` when it does not want events. */
  eventsFrom: number | undefined;
  shown: View | undefined;
  shownVersion: number;
}

/** What views are made from. */
export interface ViewSources extends FeedSources {
  readonly visits: QueueVisits;
  readonly notices: Notices;
  readonly events: EventBuffer;
}

const NO_NOTICES: readonly Notice[] = [];
const NO_EVENTS: readonly EventEntry[] = [];

/** Lower than any version, so that a view is projected once at least. */
const NEVER_SHOWN = -1;

export class WatchedViews {
  readonly #sources: ViewSources;
  readonly #views = new Map<number, Watched>();
  #hasFeeds = false;
  #wantEvents = false;

  constructor(sources: ViewSources) {
    this.#sources = sources;
  }

  get hasFeeds(): boolean {
    return this.#hasFeeds;
  }

  get wantEvents(): boolean {
    return this.#wantEvents;
  }

  watch(view: number, request: ViewRequest): void {
    const { visits, notices, events } = this.#sources;
    const known = this.#views.get(view);
    known?.projection.close();
    const before = known?.projection;
    this.#views.set(view, {
      projection:
        request.kind === 'feed'
          ? new Feed(request, this.#sources, before instanceof Feed ? before : undefined)
          : new Tile(request, visits),
      noticesAfter: known?.noticesAfter ?? notices.serial,
      eventsFrom: request.wantsEvents ? (known?.eventsFrom ?? events.first) : undefined,
      shown: known?.shown,
      shownVersion: NEVER_SHOWN,
    });
    this.#survey();
  }

  unwatch(view: number): void {
    this.#views.get(view)?.projection.close();
    this.#views.delete(view);
    this.#survey();
  }

  clear(view: number): void {
    const watched = this.#views.get(view);
    if (!(watched?.projection instanceof Feed)) return;
    watched.projection.clear();
    watched.shownVersion = NEVER_SHOWN;
  }

  /** What is shown was worked out for another time: all is worked out anew. */
  forgetShown(): void {
    for (const watched of this.#views.values()) watched.shownVersion = NEVER_SHOWN;
  }

  updates(now: number): readonly ViewUpdate[] {
    const updates: ViewUpdate[] = [];
    for (const [view, watched] of this.#views) {
      const before = watched.shown;
      const data = this.#project(watched, now);
      const notices = this.#noticesOf(watched);
      const events = this.#eventsOf(watched);
      if (data === before && notices.length === 0 && events.length === 0) continue;
      updates.push({ view, data, notices, events });
    }
    return updates;
  }

  /** Reckoned from the last drain: a change that is due stays due until it is drawn. */
  nextDue(): number | undefined {
    const { visits, interactions } = this.#sources;
    let due = Infinity;
    for (const { projection } of this.#views.values()) {
      const source = projection instanceof Feed ? interactions : visits;
      due = Math.min(due, projection.due, source.nextDue());
    }
    return due === Infinity ? undefined : due;
  }

  #survey(): void {
    const views = [...this.#views.values()];
    this.#hasFeeds = views.some(({ projection }) => projection instanceof Feed);
    this.#wantEvents = views.some(({ eventsFrom }) => eventsFrom !== undefined);
  }

  #project(watched: Watched, now: number): View {
    const { projection, shown, shownVersion } = watched;
    const { version, due } = projection;
    if (shown !== undefined && shownVersion === version && now < due) return shown;
    watched.shownVersion = version;
    watched.shown = projection.project(now);
    return watched.shown;
  }

  #noticesOf({ projection, noticesAfter }: Watched): readonly Notice[] {
    const { notices, interactions } = this.#sources;
    if (notices.size === 0 || !(projection instanceof Feed)) return NO_NOTICES;
    const { request } = projection;
    return notices.for(request, noticesAfter, unopenedRows(request.mask, interactions.viewpoint));
  }

  #eventsOf(watched: Watched): readonly EventEntry[] {
    if (watched.eventsFrom === undefined) return NO_EVENTS;
    const { events } = this.#sources;
    const found = events.from(watched.eventsFrom, watched.projection.request.mask);
    watched.eventsFrom = events.next;
    return found;
  }
}
