/**
 * The last frames of one socket, so that a tab which comes later, or fell behind, can be given what it lacks. Owns the
 * question "is everything after this message here?", answered from message ids alone; nothing is read before it is
 * asked, so that keeping a frame costs next to nothing.
 */
import { readFrame } from './frame.js';
import { compareMessageIds, parseMessageId, type MessageId } from './message-id.js';

/** Twice the service's window of unanswered messages. */
export const RING_FRAMES = 2_000;
/** In characters, which take one byte each in a frame that is base64 and ids. */
export const RING_CHARACTERS = 4 * 1024 * 1024;

export class FrameRing {
  /** Where the socket began to read: `latest`, `earliest` or a message id. */
  readonly #after: string;
  #frames: unknown[] = [];
  #characters = 0;
  /** The first that is still kept; what lies before is cut off now and then. */
  #first = 0;
  #hasLost = false;

  constructor(after: string) {
    this.#after = after;
  }

  add(data: unknown): void {
    this.#frames.push(data);
    this.#characters += sizeOf(data);
    while (this.#frames.length - this.#first > RING_FRAMES || this.#characters > RING_CHARACTERS) {
      this.#characters -= sizeOf(this.#frames[this.#first]);
      this.#frames[this.#first++] = undefined;
      this.#hasLost = true;
    }
    if (this.#first < RING_FRAMES) return;
    this.#frames = this.#frames.slice(this.#first);
    this.#first = 0;
  }

  /**
   * All messages after a start position, oldest first; `undefined` when some may be missing.
   *
   * @param isCaughtUp the socket has read all that there was: what comes from now on is later than `latest`
   */
  after(position: string, isCaughtUp: boolean): readonly unknown[] | undefined {
    if (position === 'latest') return isCaughtUp ? [] : undefined;
    const start = parseMessageId(position);
    if (start === undefined && position !== 'earliest') return undefined;
    const found: unknown[] = [];
    let newer: MessageId | undefined;
    for (let i = this.#frames.length - 1; i >= this.#first; i--) {
      const frame = readFrame(this.#frames[i]);
      if (frame.kind === 'control' || frame.kind === 'end-of-topic') continue;
      const id = frame.kind === 'message' ? parseMessageId(frame.messageId) : undefined;
      // What arrived here so that nobody can tell what it was, the service may have whole.
      if (id === undefined) return undefined;
      // Partitions are read side by side, and a topic made again begins anew: there is no one order to cut.
      if (id.partition >= 0 || (newer !== undefined && compareMessageIds(id, newer) >= 0)) return undefined;
      const order = start === undefined ? 1 : compareMessageIds(id, start);
      // A socket that is still behind that place would keep its reader waiting.
      if (order <= 0) return found.length > 0 || order === 0 ? found.reverse() : undefined;
      newer = id;
      found.push(this.#frames[i]);
    }
    return found.length > 0 && this.#reachesBackTo(start) ? found.reverse() : undefined;
  }

  /** @param start `undefined`: the topic's beginning */
  #reachesBackTo(start: MessageId | undefined): boolean {
    if (this.#hasLost) return false;
    if (this.#after === 'earliest') return true;
    const began = parseMessageId(this.#after);
    return start !== undefined && began !== undefined && compareMessageIds(began, start) <= 0;
  }
}

function sizeOf(data: unknown): number {
  return typeof data === 'string' ? data.length : data instanceof ArrayBuffer ? data.byteLength : 0;
}
