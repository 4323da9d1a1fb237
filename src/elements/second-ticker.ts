/**
 * One tick a second for everything that counts on screen, aligned to the service's full seconds so that all timers
 * turn together. Timers are computed from timestamps at each tick; nothing is counted, so a late tick is only late.
 * Silent while the document is hidden: browsers slow such timers down, and nobody sees them. Hiding itself is a last tick.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const SECOND_MS = 1000;
/** A timer may fire a little early; a tick before the second would draw the old number for another second. */
const MARGIN_MS = 8;

export class SecondTicker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, now: () => number) {
    this.#host = host;
    this.#now = now;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.#onVisibilityChange();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#stop();
  }

  readonly #onVisibilityChange = (): void => {
    this.#stop();
    this.#host.requestUpdate();
    if (document.visibilityState !== 'hidden') this.#schedule();
  };

  #schedule(): void {
    const intoSecond = this.#now() % SECOND_MS;
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
        this.#schedule();
      },
      SECOND_MS - intoSecond + MARGIN_MS,
    );
  }

  #stop(): void {
    clearTimeout(this.#timer);
  }
}
