/**
 * The window of a tab that shares a connection: what was passed on and not answered. The leader's is the service's own; a
 * follower keeps one by itself, because nobody else holds frames back for it. Owns when a tab is behind, and what it is
 * given then.
 */
import { beginsAsMessage, readFrame } from './frame.js';
import { RECEIVER_QUEUE_SIZE } from './reader-url.js';

/** A leader that is so much behind with its answers slows everybody: it gives the lead to another tab. */
const STEP_DOWN_AT = RECEIVER_QUEUE_SIZE - 100;

const NOT_ENDED = '{"endOfTopic":false}';

export class TabWindow {
  /** The newest message passed on, unless it was found unreadable. */
  newest: unknown;
  #unanswered = 0;
  /** More came than the window holds, and was left out. */
  #isBehind = false;

  get slowsOthers(): boolean {
    return this.#unanswered >= STEP_DOWN_AT;
  }

  /** Lacks something, and has room for it. */
  get mayCatchUp(): boolean {
    return this.#isBehind && this.#unanswered < RECEIVER_QUEUE_SIZE / 2;
  }

  /** What is passed on of a frame that the leader relayed; `undefined` for nothing. */
  admit(data: unknown): unknown {
    if (this.#unanswered >= RECEIVER_QUEUE_SIZE) this.#isBehind = true;
    if (!this.#isBehind) return data;
    // Without an answer the service would be taken for dead; that the topic has ended is true of this tab once it has the
    // rest.
    return isAnswer(data) ? NOT_ENDED : undefined;
  }

  passed(data: unknown): void {
    // What is not answered must not count as unanswered; what is and begins otherwise only widens the window.
    if (!beginsAsMessage(data)) return;
    this.#unanswered++;
    this.newest = data;
  }

  answered(): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
  }

  /** Another socket, on which nothing is unanswered. */
  empty(): void {
    this.#unanswered = 0;
  }
}

function isAnswer(data: unknown): boolean {
  return !beginsAsMessage(data) && readFrame(data).kind === 'end-of-topic';
}
