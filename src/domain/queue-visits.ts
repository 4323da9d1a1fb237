/**
 * The visits of all queues of a stream. Owns which calls are remembered, what time alone decides, and since when
 * the numbers are whole.
 */
import type { InteractionEvent } from '../protocol/stream-event.js';
import { definitionOf } from './catalogue.js';
import { QueueLog } from './queue-log.js';
import { placeOf } from './same-event.js';
import { LEAVING_MS, waitLimitMs } from './time-limits.js';
import { advanceCall, divert, movesVisits } from './visit-fold.js';
import { isUnresolved, newCall, resetCall, type Call, type Visit } from './visit.js';

/** Calls that are not over; a queue of ten thousand is beyond any contact centre. The oldest goes first. */
export const MAX_OPEN_CALLS = 10_000;

/** Calls that are over, kept for late and repeated messages: the last ten minutes of a tenant with a call a second. */
export const MAX_ENDED_CALLS = 500;

/** Queues counted at once; 8x8 tenants have hundreds. */
export const MAX_QUEUES = 2_000;

/** Marks of all queues together, two per visit: the day of a tenant with 100,000 calls, about 12 MB. */
export const MAX_MARKS = 200_000;

/** Events kept per call to sort late ones in; a call that visits ten queues has about 30. Later ones are only applied. */
const MAX_CALL_EVENTS = 40;

export class QueueVisits {
  #open = new Map<string, Call>();
  #ended = new Map<string, Call>();
  #queues = new Map<string, QueueLog>();
  #leaving = new Set<Call>();
  #markCount = 0;
  #since: number | undefined;
  /** Up to here, events of queues that are not kept may have been given up. */
  #lostBefore = -Infinity;
  #nextStaleAt = Infinity;

  /** Since when everything has been read; `undefined` while nothing has. */
  get since(): number | undefined {
    return this.#since;
  }

  /** Reading covers everything from `at` on. What was counted before a hole would be counted wrongly now. */
  coverFrom(at: number): void {
    if (this.#since !== undefined && at > this.#since) this.#forgetAll();
    this.#since = at;
  }

  queue(id: string): QueueLog {
    const known = this.#queues.get(id);
    if (known !== undefined) return known;
    if (this.#queues.size >= MAX_QUEUES) this.#forgetAQueue();
    const queue = new QueueLog(id, this.#lostBefore);
    this.#queues.set(id, queue);
    return queue;
  }

  take(event: InteractionEvent): void {
    if (event.originalGuid !== undefined && event.originalGuid !== event.guid) this.#takeOver(event);
    if (!movesVisits(definitionOf(event.name).role)) return;
    const call = this.#callOf(event.guid);
    const index = placeOf(call.events, event);
    if (index < 0) return;
    const isFull = call.events.length >= MAX_CALL_EVENTS;
    if (isFull || index === call.events.length) {
      if (!isFull) call.events.push(event);
      this.#advance(call, event);
    } else {
      call.events.splice(index, 0, event);
      this.#refold(call);
    }
    this.#settle(call, event);
  }

  /** Settles what time alone decides. */
  sweep(now: number): void {
    for (const call of this.#leaving) {
      const visit = call.visits.at(-1);
      if (visit?.state === 'leaving') {
        if ((visit.leftAt ?? now) + LEAVING_MS > now) continue;
        // Corrected if proof comes later: the state stays as it is, only the count changes.
        visit.outcome = 'left';
        this.#record(visit);
      }
      this.#leaving.delete(call);
    }
    if (now >= this.#nextStaleAt) this.#sweepStale(now);
  }

  /** When {@link sweep} has something to do. */
  nextDue(): number | undefined {
    let due = this.#nextStaleAt;
    for (const call of this.#leaving) {
      const leftAt = call.visits.at(-1)?.leftAt;
      if (leftAt !== undefined && leftAt + LEAVING_MS < due) due = leftAt + LEAVING_MS;
    }
    return due === Infinity ? undefined : due;
  }

  #sweepStale(now: number): void {
    let next = Infinity;
    for (const call of this.#open.values()) {
      const visit = call.visits.at(-1);
      if (visit === undefined || !visit.isWaiting) continue;
      const staleAt = staleAtOf(call, visit);
      if (staleAt <= now) {
        visit.state = 'stale';
        visit.leftAt = staleAt;
        this.#record(visit);
      } else if (staleAt < next) next = staleAt;
    }
    this.#nextStaleAt = next;
  }

  #callOf(guid: string): Call {
    const known = this.#open.get(guid) ?? this.#ended.get(guid);
    if (known !== undefined) return known;
    const call = newCall(guid);
    this.#open.set(guid, call);
    if (this.#open.size > MAX_OPEN_CALLS) this.#forgetOldestOpen();
    return call;
  }

  /** A transfer's new leg: the call that it names lives on in it. */
  #takeOver(event: InteractionEvent): void {
    const original =
      this.#open.get(event.originalGuid as string) ?? this.#ended.get(event.originalGuid as string);
    if (original === undefined || original.successorAt !== undefined) return;
    divert(original, event.at);
    this.#settle(original, undefined);
  }

  #advance(call: Call, event: InteractionEvent): void {
    const before = call.visits;
    advanceCall(call, event);
    // An outbound call has no visits once it is known to be one.
    if (before !== call.visits) this.#retract(before);
  }

  #refold(call: Call): void {
    this.#retract(call.visits);
    resetCall(call);
    for (const event of call.events) advanceCall(call, event);
    if (call.successorAt !== undefined) divert(call, call.successorAt);
  }

  #settle(call: Call, event: InteractionEvent | undefined): void {
    for (const visit of call.visits) this.#record(visit);
    const visit = call.visits.at(-1);
    if (visit?.state === 'leaving' && visit.outcome === undefined) this.#leaving.add(call);
    else this.#leaving.delete(call);
    if (visit !== undefined && event?.queueName !== undefined && event.queueId === visit.queueId) {
      this.queue(visit.queueId).name = event.queueName;
    }
    if (visit?.isWaiting === true) {
      const staleAt = staleAtOf(call, visit);
      if (staleAt < this.#nextStaleAt) this.#nextStaleAt = staleAt;
    }
    this.#file(call, visit);
  }

  /** Among the open ones, or among those kept for late messages. */
  #file(call: Call, visit: Visit | undefined): void {
    const isOver = visit === undefined ? call.deletedAt !== undefined : visit.state === 'done';
    if (!isOver) {
      if (!this.#ended.delete(call.guid)) return;
      this.#open.set(call.guid, call);
      return;
    }
    if (!this.#open.delete(call.guid)) return;
    this.#ended.set(call.guid, call);
    if (this.#ended.size <= MAX_ENDED_CALLS) return;
    for (const oldest of this.#ended.keys()) {
      this.#ended.delete(oldest);
      break;
    }
  }

  #record(visit: Visit): void {
    const queue = this.queue(visit.queueId);
    const before = queue.markCount;
    queue.record(visit);
    this.#markCount += queue.markCount - before;
    if (queue.markCount === before) return;
    this.#markCount -= queue.trim(visit.leftAt ?? visit.queuedAt);
    if (this.#markCount > MAX_MARKS) this.#giveUpMarks();
  }

  #retract(visits: readonly Visit[]): void {
    for (const visit of visits) {
      const queue = this.#queues.get(visit.queueId);
      if (queue === undefined) continue;
      const before = queue.markCount;
      queue.retract(visit);
      this.#markCount += queue.markCount - before;
    }
  }

  #giveUpMarks(): void {
    let largest: QueueLog | undefined;
    for (const queue of this.#queues.values()) {
      if (largest === undefined || queue.markCount > largest.markCount) largest = queue;
    }
    if (largest !== undefined) this.#markCount -= largest.giveUpOldest();
  }

  /** The oldest one that no tile shows; its numbers would be partial if it came back. */
  #forgetAQueue(): void {
    for (const [id, queue] of this.#queues) {
      if (queue.isWatched || queue.waiting.length > 0) continue;
      this.#queues.delete(id);
      this.#markCount -= queue.markCount;
      this.#lostBefore = Math.max(this.#lostBefore, queue.newestAt);
      return;
    }
  }

  /** A caller who is no longer followed cannot be counted as waiting for ever. */
  #forgetOldestOpen(): void {
    for (const [guid, call] of this.#open) {
      this.#open.delete(guid);
      this.#leaving.delete(call);
      const visit = call.visits.at(-1);
      if (visit !== undefined && isUnresolved(visit) && visit.isWaiting) {
        visit.state = 'stale';
        visit.leftAt = call.lastAt;
        this.#record(visit);
      }
      return;
    }
  }

  #forgetAll(): void {
    for (const queue of this.#queues.values()) this.#markCount -= queue.empty();
    this.#open = new Map();
    this.#ended = new Map();
    this.#leaving = new Set();
    this.#nextStaleAt = Infinity;
  }
}

/** When its end must have been lost: it has waited, and nothing was heard of it, for longer than anybody waits. */
function staleAtOf(call: Call, visit: Visit): number {
  return Math.max(visit.queuedAt, call.lastAt) + waitLimitMs(call.media);
}
