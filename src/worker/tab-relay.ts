/**
 * The leader's side of the channel: keeps what its socket brings, passes it on while somebody listens, and gives tabs
 * that come later what they lack. Owns the numbering of frames, by which a listener notices that it missed some.
 */
import { beginsAsMessage, readFrame } from './frame.js';
import { FrameRing } from './frame-ring.js';
import type { Platform } from './platform.js';
import type { TabMessage, ToLeader } from './tab-messages.js';

/** Listeners speak every 5 s; the timers of a hidden page that has no worker run once a minute. */
export const LISTENER_LIMIT_MS = 90_000;
/** Frames of one task go out together: each message on the channel wakes every tab. */
const FRAMES_TOGETHER = 100;

export class TabRelay {
  readonly session: string;
  isLeading = false;
  #isReady = false;
  #isCaughtUp = false;
  readonly #platform: Platform;
  readonly #post: (message: TabMessage) => void;
  readonly #ring: FrameRing;
  #next = 0;
  #batch: unknown[] = [];
  #timer: number | undefined;
  #heardAt = -Infinity;
  /** The frame that says that the topic has ended: nothing is asked of the service after it. */
  #end: unknown;

  /** @param after where its socket begins to read */
  constructor(platform: Platform, session: string, after: string, post: (message: TabMessage) => void) {
    this.#platform = platform;
    this.session = session;
    this.#ring = new FrameRing(after);
    this.#post = post;
  }

  get hasListeners(): boolean {
    return this.#platform.now() < this.#heardAt + LISTENER_LIMIT_MS;
  }

  take(data: unknown): void {
    this.#ring.add(data);
    this.#next++;
    const frame = beginsAsMessage(data) ? undefined : readFrame(data);
    if (frame?.kind === 'end-of-topic' && frame.isEnded) this.#end = data;
    // The topic was made anew.
    else if (frame === undefined || frame.kind === 'message') this.#end = undefined;
    if (!this.#isReady) this.#becomeReady();
    if (!this.hasListeners) return;
    this.#batch.push(data);
    if (this.#batch.length >= FRAMES_TOGETHER) this.#flush();
    else this.#timer ??= this.#platform.setTimer(() => this.#flush(), 0);
  }

  caughtUp(): void {
    this.#isCaughtUp = true;
    if (!this.#isReady) this.#becomeReady();
  }

  /** Says who leads, and how far it is. */
  announce(): void {
    this.#flush();
    this.#post({ kind: 'leader', session: this.session, isReady: this.#isReady, next: this.#next });
  }

  /** @param newest the newest message that the socket has brought */
  hear(message: ToLeader, newest: unknown): void {
    this.#flush();
    this.#heardAt = this.#platform.now();
    if (message.kind === 'attach' && this.#isReady) this.#attach(message.from, message.after, newest);
    else this.announce();
  }

  /** Tells those who ask that the topic has ended; false when it has not, as far as is known. */
  sayEnd(): boolean {
    if (this.#end === undefined) return false;
    this.take(this.#end);
    this.#flush();
    return true;
  }

  end(): void {
    if (this.#timer !== undefined) this.#platform.clearTimer(this.#timer);
  }

  /** Before the first frame nobody could be told whether all that it lacks is here. */
  #becomeReady(): void {
    this.#isReady = true;
    if (this.isLeading) this.announce();
  }

  #attach(to: string, after: string, newest: unknown): void {
    const { session } = this;
    const frames = this.#ring.after(after, this.#isCaughtUp);
    const last = after === 'latest' ? newest : undefined;
    this.#post(
      frames === undefined
        ? { kind: 'elsewhere', session, to }
        : { kind: 'attached', session, to, next: this.#next, frames, last },
    );
  }

  #flush(): void {
    if (this.#timer !== undefined) this.#platform.clearTimer(this.#timer);
    this.#timer = undefined;
    const frames = this.#batch;
    if (frames.length === 0) return;
    this.#batch = [];
    this.#post({ kind: 'frames', session: this.session, next: this.#next - frames.length, frames });
  }
}
