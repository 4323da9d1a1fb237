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
  /** The list that is scrolled down, and what has the focus inside a row. */
  #scrolled: Element | undefined;
  #focused: Element | undefined;
  #hasSelection = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get hasSelection(): boolean {
    return this.#hasSelection;
  }

  get isReading(): boolean {
    return this.#scrolled !== undefined || this.#hasSelection || this.#focused !== undefined;
  }

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener('selectionchange', this.#onSelectionChange);
  }

  hostDisconnected(): void {
    this.#document?.removeEventListener('selectionchange', this.#onSelectionChange);
    this.#scrolled = undefined;
    this.#hasSelection = false;
    this.#focused = undefined;
  }

  /** No event tells that what was read has been taken out. */
  hostUpdated(): void {
    this.#set(() => {
      if (this.#scrolled?.isConnected === false) this.#scrolled = undefined;
      if (this.#focused?.isConnected === false) this.#focused = undefined;
    });
  }

  readonly onScroll = {
    passive: true,
    handleEvent: (event: Event): void => {
      const list = event.currentTarget;
      if (!(list instanceof Element)) return;
      this.#set(() => (this.#scrolled = list.scrollTop > AT_REST_PX ? list : undefined));
    },
  };

  readonly onFocusIn = (target: Element): void => this.#set(() => (this.#focused = target));
  readonly onFocusOut = (): void => this.#set(() => (this.#focused = undefined));

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
