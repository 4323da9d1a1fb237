/**
 * One tick a second for everything that counts on screen, aligned to the service's full seconds so that all timers
 * turn together. Timers are computed from timestamps at each tick; nothing is counted, so a late tick is only late.
 * Silent while the element's document is hidden: browsers slow such timers down, and nobody sees them. Hiding itself is a
 * last tick.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { windowOf } from '../controllers/window-of.js';

const SECOND_MS = 1000;
/** A timer may fire a little early; a tick before the second would draw the old number for another second. */
const MARGIN_MS = 8;

export class SecondTicker implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #now: () => number;
  /** The one that the element is in: a pop-up is seen while the page of its script is hidden. */
  #document: Document | undefined;
  #timer: number | undefined;

  constructor(host: ReactiveControllerHost & Element, now: () => number) {
    this.#host = host;
    this.#now = now;
    host.addController(this);
  }

  get #window(): Window | undefined {
    return this.#document && windowOf(this.#document);
  }

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.#onVisibilityChange();
  }

  hostDisconnected(): void {
    this.#document?.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#stop();
  }

  readonly #onVisibilityChange = (): void => {
    this.#stop();
    this.#host.requestUpdate();
    if (this.#document?.visibilityState !== 'hidden') this.#schedule();
  };

  #schedule(): void {
    const intoSecond = this.#now() % SECOND_MS;
    // Of the window, with which it ends: no callback tells an element that its frame is gone.
    this.#timer = this.#window?.setTimeout(
      () => {
        this.#host.requestUpdate();
        this.#schedule();
      },
      SECOND_MS - intoSecond + MARGIN_MS,
    );
  }

  #stop(): void {
    this.#window?.clearTimeout(this.#timer);
    // In the next window the same number is somebody else's.
    this.#timer = undefined;
  }
}
