/**
 * A tile's numbers. Definitions, formulas and 8x8's names: docs/metrics.md. Unknown is `undefined`, never 0; once
 * reading has begun, 0 is a true 0. Counted anew for every drawing, in one pass over the queue's visits: a day of
 * 100,000 calls is about a millisecond, and there is nothing to keep in step with corrections.
 */
import type { TileRequest, TileView } from '../protocol/views.js';
import { endOf, LONGEST_WINDOW_MS, type QueueLog } from './queue-log.js';
import type { QueueVisits } from './queue-visits.js';
import { isWaiting } from './visit.js';

const MINUTE_MS = 60_000;

/** Samples of the sparkline. */
const SAMPLES = 30;

export class Tile {
  readonly request: TileRequest;
  /** When time alone changes a number: a visit leaves the window, a minute ends, the window is covered. */
  due = Infinity;
  readonly #visits: QueueVisits;
  readonly #windowMs: number;
  readonly #queue: QueueLog;
  #shown: TileView | undefined;

  constructor(request: TileRequest, visits: QueueVisits) {
    this.request = request;
    this.#visits = visits;
    this.#windowMs = Math.min(Math.max(0, request.windowMs), LONGEST_WINDOW_MS);
    this.#queue = visits.queue(request.queueId);
    this.#queue.watchers += 1;
  }

  /** Moves with everything that this tile shows, but for time. */
  get version(): number {
    return this.#queue.version;
  }

  close(): void {
    this.#queue.watchers -= 1;
  }

  /** The view, the very same object as last time when nothing in it has changed. */
  project(now: number): TileView {
    const view = this.#count(this.#visits.since, now);
    if (JSON.stringify(view) !== JSON.stringify(this.#shown)) this.#shown = view;
    return this.#shown ?? view;
  }

  #count(readSince: number | undefined, now: number): TileView {
    const { id, name, lostBefore, visits } = this.#queue;
    const { slaThresholdMs, shortAbandonMs } = this.request;
    const windowStart = now - this.#windowMs;
    const lastMinute = Math.floor(now / MINUTE_MS);
    const firstMinute = lastMinute - SAMPLES + 1;
    const atMinuteEnds = Array.from({ length: SAMPLES }, () => 0);
    let waiting = 0;
    let ringing = 0;
    let longestWaitSince = Infinity;
    let entered = 0;
    let answered = 0;
    let answeredInTime = 0;
    let abandoned = 0;
    let shortAbandoned = 0;
    let finished = 0;
    let due = (lastMinute + 1) * MINUTE_MS;
    for (const visit of visits) {
      const { queuedAt } = visit;
      const isHere = isWaiting(visit);
      const end = endOf(visit);
      if (isHere) {
        waiting += 1;
        if (visit.state === 'offered') ringing += 1;
        longestWaitSince = Math.min(longestWaitSince, queuedAt);
      }
      const left = isHere ? SAMPLES : Math.min(SAMPLES, Math.ceil(end / MINUTE_MS) - firstMinute);
      for (let index = Math.max(0, Math.ceil(queuedAt / MINUTE_MS) - firstMinute); index < left; index += 1) {
        atMinuteEnds[index] = (atMinuteEnds[index] as number) + 1;
      }
      if (queuedAt > windowStart) {
        entered += 1;
        due = Math.min(due, queuedAt + this.#windowMs);
      }
      if (visit.outcome === undefined || end <= windowStart) continue;
      finished += 1;
      due = Math.min(due, end + this.#windowMs);
      if (visit.outcome === 'answered') {
        answered += 1;
        if (visit.isWaitKnown && end - queuedAt <= slaThresholdMs) answeredInTime += 1;
      } else if (visit.outcome === 'abandoned') {
        if (end - queuedAt < shortAbandonMs) shortAbandoned += 1;
        else abandoned += 1;
      }
    }
    const since = readSince === undefined ? undefined : Math.max(readSince, lostBefore);
    const covered = (readSince ?? -Infinity) + this.#windowMs;
    if (covered > now) due = Math.min(due, covered);
    this.due = readSince === undefined ? Infinity : due;
    const known = <Value>(value: Value): Value | undefined => (since === undefined ? undefined : value);
    return {
      kind: 'tile',
      queue: { id, name },
      waiting: known(waiting),
      ringing: known(ringing),
      longestWaitSince: known(longestWaitSince === Infinity ? undefined : longestWaitSince),
      serviceLevel: known(share(answeredInTime, entered - shortAbandoned)),
      entered: known(entered),
      answered: known(answered),
      abandoned: known(abandoned),
      shortAbandoned: known(shortAbandoned),
      abandonRate: known(share(abandoned, entered)),
      finished: known(finished) ?? 0,
      sparkline: atMinuteEnds.map((count, index) =>
        since === undefined || (firstMinute + index) * MINUTE_MS < since ? undefined : count,
      ),
      coverage: { since, isPartial: since === undefined || windowStart < since },
    };
  }
}

/**
 * 0 to 1. Nothing to share is unknown. Arrivals count by their entry and answers by their own time, so a short window
 * may hold more answers than arrivals: 1 at most.
 */
function share(part: number, whole: number): number | undefined {
  return whole <= 0 ? undefined : Math.min(1, part / whole);
}
