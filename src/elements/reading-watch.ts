/**
 * Whether somebody reads further down in the list: then nothing may be put in above. Scrolled down, text selected or
 * the focus inside a row counts; opened rows are the feed's own business.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A list that springs back or is zoomed may rest a fraction off its top. */
const AT_REST_PX = 4;

/** `getSelection` of a shadow root is Chromium's own; the standard way is `getComposedRanges`. */
interface ShadowSelectable {
  getSelection?(): Selection | null;
}

export class ReadingWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  /** The one that the element is in. */
  #document: Document | undefined;
  #isScrolled = false;
  #hasSelection = false;
  #hasFocus = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get hasSelection(): boolean {
    return this.#hasSelection;
  }

  get isReading(): boolean {
    return this.#isScrolled || this.#hasSelection || this.#hasFocus;
  }

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener('selectionchange', this.#onSelectionChange);
  }

  hostDisconnected(): void {
    this.#document?.removeEventListener('selectionchange', this.#onSelectionChange);
    this.#isScrolled = false;
    this.#hasSelection = false;
    this.#hasFocus = false;
  }

  readonly onScroll = {
    passive: true,
    handleEvent: (event: Event): void => {
      const list = event.currentTarget;
      if (list instanceof Element) this.#set(() => (this.#isScrolled = list.scrollTop > AT_REST_PX));
    },
  };

  readonly onFocusIn = (): void => this.#set(() => (this.#hasFocus = true));
  readonly onFocusOut = (): void => this.#set(() => (this.#hasFocus = false));

  readonly #onSelectionChange = (): void => {
    const root = this.#host.shadowRoot;
    this.#set(() => (this.#hasSelection = root !== null && hasSelectionWithin(root)));
  };

  #set(change: () => void): void {
    const before = this.isReading;
    change();
    if (this.isReading !== before) this.#host.requestUpdate();
  }
}

function hasSelectionWithin(root: ShadowRoot): boolean {
  const own = (root as ShadowSelectable).getSelection?.();
  if (own) return !own.isCollapsed;
  const selection = root.ownerDocument.getSelection();
  if (selection === null) return false;
  if (typeof selection.getComposedRanges === 'function') {
    return selection
      .getComposedRanges({ shadowRoots: [root] })
      .some((range) => !range.collapsed && root.contains(range.startContainer));
  }
  return !selection.isCollapsed && root.contains(selection.anchorNode);
}
