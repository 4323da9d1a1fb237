/**
 * The views that pages watch: what each was shown last, what it still has to get, and when time alone changes it. Owns
 * when a view is projected; what it shows is `feed.ts` and `queue-metrics.ts`.
 */
import type { Notice, ViewUpdate } from '../protocol/messages.js';
import type { EventEntry } from '../protocol/stream-event.js';
import type { FeedRequest, TileRequest, View, ViewRequest } from '../protocol/views.js';
import type { EventBuffer } from './event-buffer.js';
import { Feed, type FeedSources } from './feed.js';
import type { Notices } from './notices.js';
import { Tile } from './queue-metrics.js';
import type { QueueVisits } from './queue-visits.js';
import { unopenedRows } from './rows.js';

interface WatchedFeed {
  readonly kind: 'feed';
  readonly feed: Feed;
  /** Notices up to this serial came before the view began. */
  readonly noticesAfter: number;
  /** Number of the first event that it gets; `undefined` when it does not want events. */
  eventsFrom: number | undefined;
  shown: View | undefined;
  shownVersion: number;
}

interface WatchedTile {
  readonly kind: 'tile';
  readonly tile: Tile;
  eventsFrom: number | undefined;
  shown: View | undefined;
  shownVersion: number;
  /** When time alone changes what is shown. */
  due: number | undefined;
}

type Watched = WatchedFeed | WatchedTile;

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
  #feeds = 0;
  #wantingEvents = 0;

  constructor(sources: ViewSources) {
    this.#sources = sources;
  }

  get hasFeeds(): boolean {
    return this.#feeds > 0;
  }

  get wantEvents(): boolean {
    return this.#wantingEvents > 0;
  }

  watch(view: number, request: ViewRequest): void {
    const known = this.#views.get(view);
    if (known?.kind === 'feed' && request.kind === 'feed') {
      known.feed.change(request, this.#sources);
      known.shownVersion = NEVER_SHOWN;
      this.#wantEvents(known, request.wantsEvents);
      return;
    }
    // Windows and thresholds are counted into, so a changed tile is a new one; its events go on.
    const eventsFrom = known?.eventsFrom;
    this.unwatch(view);
    const watched = request.kind === 'feed' ? this.#watchFeed(request) : this.#watchTile(request);
    this.#views.set(view, watched);
    this.#wantEvents(watched, request.wantsEvents);
    if (watched.eventsFrom !== undefined && eventsFrom !== undefined) watched.eventsFrom = eventsFrom;
  }

  unwatch(view: number): void {
    const watched = this.#views.get(view);
    if (watched === undefined) return;
    this.#wantEvents(watched, false);
    if (watched.kind === 'tile') watched.tile.close();
    else this.#feeds -= 1;
    this.#views.delete(view);
  }

  clear(view: number): void {
    const watched = this.#views.get(view);
    if (watched?.kind !== 'feed') return;
    watched.feed.clear(this.#sources);
    watched.shownVersion = NEVER_SHOWN;
  }

  redrawTiles(): void {
    for (const watched of this.#views.values()) {
      if (watched.kind === 'tile') watched.shownVersion = NEVER_SHOWN;
    }
  }

  /** `feedVersion` moves with everything that a feed shows. */
  updates(now: number, feedVersion: number): readonly ViewUpdate[] {
    const updates: ViewUpdate[] = [];
    for (const [view, watched] of this.#views) {
      const before = watched.shown;
      const data =
        watched.kind === 'feed' ? this.#feedView(watched, feedVersion) : this.#tileView(watched, now);
      const notices = watched.kind === 'feed' ? this.#noticesOf(watched) : NO_NOTICES;
      const events = this.#eventsOf(watched);
      if (data === before && notices.length === 0 && events.length === 0) continue;
      watched.shown = data;
      updates.push({ view, data, notices, events });
    }
    return updates;
  }

  /** Reckoned from the last drain: a change that is due stays due until it is drawn. */
  nextDue(now: number): number | undefined {
    let due = Infinity;
    for (const watched of this.#views.values()) {
      if (watched.kind !== 'tile') continue;
      due = Math.min(due, watched.due ?? watched.tile.nextDue(this.#sources.visits, now) ?? Infinity);
      due = Math.min(due, this.#sources.visits.nextDue() ?? Infinity);
    }
    if (this.hasFeeds) due = Math.min(due, this.#sources.interactions.nextDue() ?? Infinity);
    return due === Infinity ? undefined : due;
  }

  #watchFeed(request: FeedRequest): WatchedFeed {
    this.#feeds += 1;
    return {
      kind: 'feed',
      feed: new Feed(request, this.#sources),
      noticesAfter: this.#sources.notices.serial,
      eventsFrom: undefined,
      shown: undefined,
      shownVersion: NEVER_SHOWN,
    };
  }

  #watchTile(request: TileRequest): WatchedTile {
    return {
      kind: 'tile',
      tile: new Tile(request, this.#sources.visits),
      eventsFrom: undefined,
      shown: undefined,
      shownVersion: NEVER_SHOWN,
      due: undefined,
    };
  }

  #wantEvents(watched: Watched, wants: boolean): void {
    if (wants === (watched.eventsFrom !== undefined)) return;
    this.#wantingEvents += wants ? 1 : -1;
    watched.eventsFrom = wants ? this.#sources.events.next : undefined;
  }

  #feedView(watched: WatchedFeed, version: number): View {
    if (watched.shown !== undefined && watched.shownVersion === version) return watched.shown;
    watched.shownVersion = version;
    return watched.feed.project(this.#sources);
  }

  #tileView(watched: WatchedTile, now: number): View {
    const { tile } = watched;
    const isDue = watched.due !== undefined && now >= watched.due;
    if (watched.shown !== undefined && watched.shownVersion === tile.version && !isDue) return watched.shown;
    watched.shownVersion = tile.version;
    const data = tile.project(this.#sources.visits, now);
    watched.due = tile.nextDue(this.#sources.visits, now);
    return data;
  }

  #noticesOf(watched: WatchedFeed): readonly Notice[] {
    const { notices, interactions } = this.#sources;
    if (notices.isEmpty) return NO_NOTICES;
    const { request } = watched.feed;
    return notices.for(request, watched.noticesAfter, unopenedRows(request.mask, interactions.viewpoint));
  }

  #eventsOf(watched: Watched): readonly EventEntry[] {
    if (watched.eventsFrom === undefined) return NO_EVENTS;
    const { mask } = watched.kind === 'feed' ? watched.feed.request : watched.tile.request;
    const found = this.#sources.events.from(watched.eventsFrom, mask);
    watched.eventsFrom = this.#sources.events.next;
    return found;
  }
}
