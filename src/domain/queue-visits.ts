/**
 * The visits of all queues of a stream. Owns which calls are remembered, what time alone decides, and since when
 * the numbers are whole.
 */
import type { InteractionEvent } from '../protocol/stream-event.js';
import { definitionOf } from './catalogue.js';
import { endOf, QueueLog } from './queue-log.js';
import { placeOfEvent } from './same-event.js';
import { LEAVING_MS, waitLimitMs } from './time-limits.js';
import { advanceCall, divert, movesVisits } from './visit-fold.js';
import { isWaiting, newCall, resetCall, type Call, type Visit } from './visit.js';

/** Calls that are not over; a queue of ten thousand is beyond any contact centre. The oldest goes first. */
export const MAX_OPEN_CALLS = 10_000;

/** Calls that are over, kept for late and repeated messages: the last ten minutes of a tenant with a call a second. */
const MAX_ENDED_CALLS = 500;

/** Queues counted at once; 8x8 tenants have hundreds. */
export const MAX_QUEUES = 2_000;

/** Visits of all queues together: the day of a tenant with 100,000 calls, about 12 MB. */
const MAX_VISITS = 100_000;

/** Events kept per call to sort late ones in; a call that visits ten queues has about 30. Later ones are only applied. */
const MAX_CALL_EVENTS = 40;

/** Visits that a call's events may still change. Not fewer than its events: once it has more, nothing is worked out anew. */
export const MAX_CALL_VISITS = MAX_CALL_EVENTS;

export class QueueVisits {
  /** All that are kept, by GUID: those that are not over, in the order of their begin, and those that are, of their end. */
  readonly #calls = new Map<string, Call>();
  readonly #open = new Set<Call>();
  readonly #ended = new Set<Call>();
  readonly #queues = new Map<string, QueueLog>();
  #visitCount = 0;
  #since: number | undefined;
  /** Up to here, events of queues that are not kept may have been given up. */
  #lostBefore = -Infinity;
  /** Time alone decides nothing before this. */
  #due = Infinity;

  /** Since when everything has been read; `undefined` while nothing has. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Reading covers everything from `at` on. */
  coverFrom(at: number): void {
    this.#since = at;
    for (const queue of this.#queues.values()) queue.version += 1;
  }

  /** There is a hole up to `at`, whatever was said before, by a clock that was ahead perhaps. */
  coverAnewFrom(at: number): void {
    this.#forgetAll();
    this.coverFrom(at);
  }

  queue(id: string): QueueLog {
    let queue = this.#queues.get(id);
    if (queue === undefined) {
      if (this.#queues.size >= MAX_QUEUES) this.#forgetAQueue();
      queue = new QueueLog(id, this.#lostBefore);
      this.#queues.set(id, queue);
    }
    return queue;
  }

  take(event: InteractionEvent): void {
    if (event.originalGuid !== undefined && event.originalGuid !== event.guid) {
      this.#takeOver(event.originalGuid, event.at);
    }
    const definition = definitionOf(event.name);
    if (!movesVisits(definition.role)) return;
    const call = this.#callOf(event.guid);
    const { events, visits } = call;
    const index = placeOfEvent(events, event);
    if (index < 0) return;
    const isFull = events.length >= MAX_CALL_EVENTS;
    if (isFull || index === events.length) {
      if (!isFull) events.push(event);
      advanceCall(call, event, definition);
    } else {
      events.splice(index, 0, event);
      workOut(call);
    }
    this.#recount(call, visits);
    if (call.visits.length > MAX_CALL_VISITS) this.#forgetFirstVisit(call);
    const visit = call.visits.at(-1);
    if (event.queueName !== undefined && visit !== undefined && event.queueId === visit.queueId) {
      this.queue(visit.queueId).name = event.queueName;
    }
  }

  /** Settles what time alone decides. */
  sweep(now: number): void {
    if (now < this.#due) return;
    this.#due = Infinity;
    for (const call of this.#open) {
      const dueAt = dueOf(call);
      const visit = call.visits.at(-1);
      if (visit === undefined || dueAt > now) {
        this.#due = Math.min(this.#due, dueAt);
        continue;
      }
      if (visit.state === 'leaving') {
        // Corrected if proof comes later: the state stays as it is, only the count changes.
        visit.outcome = 'left';
      } else {
        visit.state = 'stale';
        visit.leftAt = dueAt;
      }
      this.queue(visit.queueId).version += 1;
    }
  }

  /** It is earlier than was thought: who went stale by that still waits. */
  takeBack(now: number): void {
    for (const call of this.#open) {
      const { events, visits } = call;
      const visit = visits.at(-1);
      if (visit?.state !== 'stale' || (visit.leftAt ?? 0) <= now || events.length >= MAX_CALL_EVENTS)
        continue;
      workOut(call);
      this.#recount(call, visits);
      this.queue(visit.queueId).version += 1;
    }
  }

  /** When {@link sweep} has something to do. */
  nextDue(): number {
    return this.#due;
  }

  #callOf(guid: string): Call {
    const known = this.#calls.get(guid);
    if (known !== undefined) return known;
    const call = newCall(guid);
    this.#calls.set(guid, call);
    this.#open.add(call);
    if (this.#open.size > MAX_OPEN_CALLS) this.#forgetOldestOpen();
    return call;
  }

  /** A transfer's new leg: the call that it names lives on in it. */
  #takeOver(guid: string, at: number): void {
    const original = this.#calls.get(guid);
    if (original === undefined || original.successorAt !== undefined) return;
    divert(original, at);
    this.#settle(original);
  }

  /** What was counted before a hole would be counted wrongly now. */
  #forgetAll(): void {
    for (const queue of this.#queues.values()) queue.visits.clear();
    this.#visitCount = 0;
    this.#calls.clear();
    this.#open.clear();
    this.#ended.clear();
  }

  /** An outbound call has no visits once it is known to be one. */
  #recount(call: Call, visits: readonly Visit[]): void {
    if (call.visits !== visits) {
      for (const visit of visits) this.#count(visit, 'remove');
    }
    this.#settle(call);
  }

  /** Counts the visits as they are now, and files the call among the open ones or those kept for late messages. */
  #settle(call: Call): void {
    for (const visit of call.visits) this.#count(visit, 'add');
    this.#due = Math.min(this.#due, dueOf(call));
    const visit = call.visits.at(-1);
    const isOver = visit === undefined ? call.deletedAt !== undefined : visit.state === 'done';
    if (isOver === this.#ended.has(call)) return;
    const [from, to] = isOver ? [this.#open, this.#ended] : [this.#ended, this.#open];
    // A call that had to go, for want of room, stays gone.
    if (from.delete(call)) to.add(call);
    if (this.#ended.size > MAX_ENDED_CALLS) this.#forgetOldest(this.#ended);
  }

  /**
   * Of a call that is sent from queue to queue for ever: it is over, and stays counted. Where nothing has said yet that the
   * call is no outbound one, it might have to be taken back later, so it is given up instead.
   */
  #forgetFirstVisit(call: Call): void {
    const visit = call.visits.shift();
    if (visit === undefined || call.direction !== undefined) return;
    this.#count(visit, 'remove');
    const queue = this.queue(visit.queueId);
    queue.lostBefore = Math.max(queue.lostBefore, endOf(visit));
  }

  #count(visit: Visit, change: 'add' | 'remove'): void {
    const queue = this.queue(visit.queueId);
    const before = queue.visits.size;
    queue[change](visit);
    this.#visitCount += queue.visits.size - before;
    if (this.#visitCount > MAX_VISITS) this.#giveUpVisits();
  }

  #giveUpVisits(): void {
    const [largest] = [...this.#queues.values()].sort((a, b) => b.visits.size - a.visits.size);
    if (largest === undefined) return;
    this.#visitCount -= largest.visits.size;
    largest.giveUpOldest();
    this.#visitCount += largest.visits.size;
  }

  /** The oldest one that no tile shows; its numbers would be partial if it came back. */
  #forgetAQueue(): void {
    for (const [id, { watchers, visits }] of this.#queues) {
      if (watchers > 0) continue;
      const all = [...visits];
      if (all.some(isWaiting)) continue;
      this.#queues.delete(id);
      this.#visitCount -= all.length;
      for (const visit of all) this.#lostBefore = Math.max(this.#lostBefore, endOf(visit));
      return;
    }
  }

  #forgetOldest(calls: Set<Call>): Call | undefined {
    const [call] = calls;
    if (call === undefined) return undefined;
    calls.delete(call);
    this.#calls.delete(call.guid);
    return call;
  }

  /** A caller who is no longer followed cannot be counted as waiting for ever. */
  #forgetOldestOpen(): void {
    const call = this.#forgetOldest(this.#open);
    const visit = call?.visits.at(-1);
    if (call === undefined || visit === undefined || !isWaiting(visit)) return;
    visit.state = 'stale';
    visit.leftAt = call.lastAt;
    this.queue(visit.queueId).version += 1;
  }
}

/** From its events, in the order of their times. */
function workOut(call: Call): void {
  resetCall(call);
  for (const event of call.events) advanceCall(call, event);
  if (call.successorAt !== undefined) divert(call, call.successorAt);
}

/**
 * When time alone decides: it has left the queue and nothing says where to; or it waits, and nothing was heard of it,
 * for longer than anybody waits.
 */
function dueOf(call: Call): number {
  const visit = call.visits.at(-1);
  if (visit === undefined) return Infinity;
  if (visit.state === 'leaving' && visit.outcome === undefined)
    return (visit.leftAt ?? call.lastAt) + LEAVING_MS;
  return isWaiting(visit) ? Math.max(visit.queuedAt, call.lastAt) + waitLimitMs(call.media) : Infinity;
}
