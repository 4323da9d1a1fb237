/** `x8-unread-change`: how many rows came while nobody looked; for a tab's title or a badge. 0 once they were read. */
export class X8UnreadChangeEvent extends Event {
  readonly unread: number;

  constructor(unread: number) {
    super('x8-unread-change', { bubbles: true, composed: true });
    this.unread = unread;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-unread-change': X8UnreadChangeEvent;
  }
}
