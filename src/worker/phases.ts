/**
 * What an event is to the reader of the page: shown before, missed while away, or live. Owns the way from one socket's
 * opening to `live`; whether silence ends it is the connection's.
 */
import type { EventPhase } from '../protocol/stream-event.js';
import { CatchingUp } from './catching-up.js';
import { SKEW_TOLERANCE_MS, type ClockSkew } from './clock-skew.js';

export class Phases {
  readonly #skew: ClockSkew;
  /** `undefined` once what comes is live. */
  #catchingUp: CatchingUp | undefined = new CatchingUp(Infinity);
  /** Nobody has had anything of this stream before this socket. */
  #isHistory = true;
  /** What was published before is history on a first visit, however often the connection is lost before it has caught up. */
  #historyUntil = -Infinity;

  constructor(skew: ClockSkew) {
    this.#skew = skew;
  }

  /**
   * A socket is open.
   *
   * @param openedAt by the broker's clock
   * @param isHistory nobody has seen it before, so it is no absence: without an earlier visit there is no "while you were away"
   */
  begin(openedAt: number, isHistory: boolean): void {
    this.#catchingUp = new CatchingUp(openedAt);
    this.#isHistory = isHistory;
    if (isHistory) this.#historyUntil = openedAt;
  }

  /**
   * The computer slept, and the socket may have outlived it: what was published meanwhile comes first.
   *
   * @param now by the broker's clock, as well as it is known
   */
  slept(now: number): void {
    this.#catchingUp = new CatchingUp(now - SKEW_TOLERANCE_MS);
    this.#isHistory = false;
  }

  caughtUp(): void {
    this.#catchingUp = undefined;
    this.#historyUntil = -Infinity;
  }

  /** Of a message that this visit has not had. */
  of(wasSeen: boolean, publishTime: number): EventPhase {
    if (wasSeen) return 'replayed';
    if (this.#catchingUp === undefined) return 'live';
    return this.#isHistory || publishTime < this.#historyUntil ? 'replayed' : 'missed';
  }

  /** Of a gap, which nobody has seen before. */
  get ofGap(): EventPhase {
    return this.#catchingUp === undefined ? 'live' : 'missed';
  }

  /**
   * A message's times, from which the clocks are compared.
   *
   * @param isProving what comes first after a loss proves nothing else
   * @returns whether it ends catching up
   */
  observe(publishTime: number, receivedAt: number, isProving: boolean): boolean {
    const catchingUp = this.#catchingUp;
    const ageMs = receivedAt - publishTime - this.#skew.correction;
    this.#skew.observe(receivedAt, publishTime, catchingUp === undefined);
    if (isProving) catchingUp?.sees(ageMs);
    return catchingUp !== undefined && !isProving && catchingUp.isOver(publishTime, receivedAt, ageMs);
  }
}
