/**
 * What an event is to the reader of the page: shown before, missed while away, or live. Owns the way from one socket's
 * opening to `live`; whether silence ends it is the connection's.
 */
import type { EventPhase } from '../protocol/stream-event.js';
import { CatchingUp } from './catching-up.js';
import type { ClockSkew } from './clock-skew.js';

export class Phases {
  readonly #skew: ClockSkew;
  /** `undefined` once what comes is live. */
  #catchingUp: CatchingUp | undefined = new CatchingUp(Infinity);
  /** What lies between an earlier visit and now. */
  #behind: EventPhase = 'replayed';

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
    this.#behind = isHistory ? 'replayed' : 'missed';
  }

  caughtUp(): void {
    this.#catchingUp = undefined;
  }

  /** Of a message that this visit has not had. */
  of(wasSeen: boolean): EventPhase {
    if (wasSeen) return 'replayed';
    return this.#catchingUp === undefined ? 'live' : this.#behind;
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
    return catchingUp !== undefined && !isProving && catchingUp.isOver(publishTime, receivedAt, ageMs);
  }
}
