/**
 * A tile's numbers. Definitions, formulas and 8x8's names: docs/metrics.md. Unknown is `undefined`, never 0; once
 * reading has begun, 0 is a true 0.
 */
import type { Coverage, TileRequest, TileView } from '../protocol/views.js';
import { LONGEST_WINDOW_MS, type QueueLog } from './queue-log.js';
import type { QueueVisits } from './queue-visits.js';
import type { QueueWindow, WindowCounts } from './queue-window.js';
import { MINUTE_MS } from './waiting-history.js';

export class Tile {
  readonly request: TileRequest;
  readonly #windowMs: number;
  readonly #queue: QueueLog;
  readonly #window: QueueWindow;
  #shown: TileView | undefined;

  constructor(request: TileRequest, visits: QueueVisits) {
    this.request = request;
    this.#windowMs = Math.min(Math.max(0, request.windowMs), LONGEST_WINDOW_MS);
    this.#queue = visits.queue(request.queueId);
    this.#window = this.#queue.openWindow({
      windowMs: this.#windowMs,
      slaThresholdMs: request.slaThresholdMs,
      shortAbandonMs: request.shortAbandonMs,
    });
  }

  /** Moves with everything that this tile shows, but for time. */
  get version(): number {
    return this.#queue.version;
  }

  close(): void {
    this.#queue.closeWindow(this.#window);
  }

  /** The view, the very same object as last time when nothing in it has changed. */
  project(visits: QueueVisits, now: number): TileView {
    this.#window.slideTo(now);
    const coverage = coverageOf(visits.since, this.#queue.lostBefore, now - this.#windowMs);
    const view = tileView(this.#queue, this.#window.counts, coverage, now);
    if (this.#shown === undefined || !isSameTile(this.#shown, view)) this.#shown = view;
    return this.#shown;
  }

  /** When time alone changes a number: a mark leaves the window, a minute ends, the window is covered. */
  nextDue(visits: QueueVisits, now: number): number | undefined {
    const { since } = visits;
    if (since === undefined) return undefined;
    let due = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    const leaves = this.#window.nextDue();
    if (leaves !== undefined && leaves < due) due = leaves;
    const covered = since + this.#windowMs;
    if (covered > now && covered < due) due = covered;
    return due;
  }
}

function coverageOf(readSince: number | undefined, lostBefore: number, windowStart: number): Coverage {
  if (readSince === undefined) return { since: undefined, isPartial: true };
  const since = Math.max(readSince, lostBefore);
  return { since, isPartial: windowStart < since };
}

function tileView(queue: QueueLog, counts: WindowCounts, coverage: Coverage, now: number): TileView {
  const ref = { id: queue.id, name: queue.name };
  const { waiting } = queue;
  const sparkline = queue.history.samples(now, waiting.length, coverage.since);
  if (coverage.since === undefined) {
    return {
      kind: 'tile',
      queue: ref,
      waiting: undefined,
      ringing: undefined,
      longestWaitSince: undefined,
      serviceLevel: undefined,
      entered: undefined,
      answered: undefined,
      abandoned: undefined,
      shortAbandoned: undefined,
      abandonRate: undefined,
      finished: 0,
      sparkline,
      coverage,
    };
  }
  return {
    kind: 'tile',
    queue: ref,
    waiting: waiting.length,
    ringing: queue.ringing,
    longestWaitSince: waiting[0]?.queuedAt,
    serviceLevel: share(counts.answeredInTime, counts.entered - counts.shortAbandoned),
    entered: counts.entered,
    answered: counts.answered,
    abandoned: counts.abandoned,
    shortAbandoned: counts.shortAbandoned,
    abandonRate: share(counts.abandoned, counts.entered),
    finished: counts.answered + counts.abandoned + counts.shortAbandoned + counts.diverted + counts.left,
    sparkline,
    coverage,
  };
}

/**
 * 0 to 1. Nothing to share is unknown. Arrivals count by their entry and answers by their own time, so a short window
 * may hold more answers than arrivals: 1 at most.
 */
function share(part: number, whole: number): number | undefined {
  return whole <= 0 ? undefined : Math.min(1, part / whole);
}

function isSameTile(a: TileView, b: TileView): boolean {
  return (
    a.queue.name === b.queue.name &&
    a.waiting === b.waiting &&
    a.ringing === b.ringing &&
    a.longestWaitSince === b.longestWaitSince &&
    a.serviceLevel === b.serviceLevel &&
    a.entered === b.entered &&
    a.answered === b.answered &&
    a.abandoned === b.abandoned &&
    a.shortAbandoned === b.shortAbandoned &&
    a.abandonRate === b.abandonRate &&
    a.finished === b.finished &&
    a.coverage.since === b.coverage.since &&
    a.coverage.isPartial === b.coverage.isPartial &&
    a.sparkline.length === b.sparkline.length &&
    a.sparkline.every((value, index) => value === b.sparkline[index])
  );
}
