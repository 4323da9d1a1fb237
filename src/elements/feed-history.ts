/**
 * The feed's list: which rows are open, which one the keyboard stands on, which are new, and whether somebody reads.
 * Draws through the parts; the feed only hands it rows.
 */
import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeedRow } from '../protocol/views.js';
import { feedItems } from './feed-items.js';
import type { FeedItem } from './feed-items.js';
import { dayHeading, divider } from './parts/divider.js';
import { feedRow } from './parts/feed-row.js';
import { icon } from './parts/icons.js';
import { ReadingWatch } from './reading-watch.js';
import { UnreadRows } from './unread-rows.js';
import type { Vocabulary } from './vocabulary.js';

/** The divider has been on screen this long: it was read. */
const READ_AFTER_MS = 5000;

/**
 * More rows than this at once are a burst: nobody follows fifty movements, and frame after frame of them took half of the
 * page's main thread at 10,000 events a second.
 */
const MAX_ENTERING = 3;

const NONE: ReadonlySet<string> = new Set();

export interface HistoryFacts {
  readonly rows: readonly FeedRow[];
  readonly heldRows: number;
  readonly isBusy: boolean;
  readonly now: number;
  readonly vocabulary: Vocabulary;
}

export class FeedHistory implements ReactiveController {
  readonly #host: LitElement;
  readonly #reading: ReadingWatch;
  readonly #unread = new UnreadRows();
  #rows: readonly FeedRow[] | undefined;
  #open = NONE;
  #entering = NONE;
  #tabStop: string | undefined;
  /** Since when unread rows have been in sight, by the browser's clock. */
  #inSightSince: number | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    this.#reading = new ReadingWatch(host);
    host.addController(this);
  }

  get isReading(): boolean {
    return this.#reading.isReading || this.#open.size > 0;
  }

  /** Ids of the opened rows. */
  get expanded(): readonly string[] {
    return [...this.#open];
  }

  get unread(): number {
    return this.#unread.ids.size;
  }

  hostDisconnected(): void {
    this.#inSightSince = undefined;
  }

  /** Comes at least once a second while the document is visible, and once when it is hidden. */
  hostUpdate(): void {
    if (this.unread === 0 || !this.#isSeen) this.#inSightSince = undefined;
    else this.#inSightSince ??= performance.now();
    if (performance.now() - (this.#inSightSince ?? Infinity) >= READ_AFTER_MS) this.#unread.markAllSeen();
  }

  /** In the document that it is in: a pop-up is seen while the page of its script is hidden. */
  get #isSeen(): boolean {
    return this.#host.ownerDocument.visibilityState === 'visible';
  }

  /** Before each render; does nothing while the rows are the same. */
  take(rows: readonly FeedRow[], isLive: boolean): void {
    if (rows === this.#rows) return;
    const known = new Set(this.#rows?.map(({ id }) => id));
    const isFirst = known.size === 0;
    this.#rows = rows;
    const added = rows.filter(({ id }) => !known.has(id));
    this.#entering =
      isFirst || !isLive || added.length > MAX_ENTERING ? NONE : new Set(added.map(({ id }) => id));
    this.#unread.take(rows, this.#isSeen);
    const present = new Set(rows.map(({ id }) => id));
    const open = [...this.#open].filter((id) => present.has(id));
    if (open.length < this.#open.size) this.#open = new Set(open);
    if (this.#tabStop === undefined || !present.has(this.#tabStop)) this.#tabStop = rows[0]?.id;
  }

  clear(): void {
    this.#open = NONE;
    this.#unread.markAllSeen();
    this.#host.requestUpdate();
  }

  render(facts: HistoryFacts): TemplateResult {
    const { rows, heldRows, isBusy, now, vocabulary } = facts;
    const { wording } = vocabulary;
    const { messages } = wording;
    const unread = this.#unread.ids;
    return html`<div
        class="history"
        role="feed"
        tabindex="-1"
        aria-label=${messages.activity}
        aria-busy=${isBusy ? 'true' : 'false'}
        @scroll=${this.#reading.onScroll}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#reading.onFocusOut}
        @keydown=${this.#onKeyDown}
        @click=${this.#onClick}
      >
        ${guard(
          [
            rows,
            this.#open,
            this.#entering,
            [...unread].join(),
            this.#tabStop,
            wording.dayKey(now),
            vocabulary,
          ],
          () =>
            repeat(
              feedItems(rows, unread, now, wording),
              ({ key }) => key,
              (item) => this.#item(item, vocabulary),
            ),
        )}
      </div>
      ${
        heldRows === 0
          ? nothing
          : html`<button class="pill" part="pill" type="button" @click=${this.#showNew}>
              ${messages.newRows(wording.number(heldRows))}${icon('arrow-up')}
            </button>`
      }`;
  }

  #item(item: FeedItem, vocabulary: Vocabulary): TemplateResult {
    switch (item.kind) {
      case 'day':
        return dayHeading(item.text);
      case 'away':
        return divider(item.text);
      case 'row': {
        const { id } = item.row;
        return feedRow(
          item.row,
          {
            position: item.position,
            isOpen: this.#open.has(id),
            isEntering: this.#entering.has(id),
            isTabStop: id === this.#tabStop,
          },
          vocabulary,
        );
      }
      default: {
        const unheardOf: never = item;
        return unheardOf;
      }
    }
  }

  #stopAt(id: string | undefined): void {
    if (id === undefined || id === this.#tabStop) return;
    this.#tabStop = id;
    this.#host.requestUpdate();
  }

  #toggle(id: string): void {
    const open = new Set(this.#open);
    if (!open.delete(id)) open.add(id);
    this.#open = open;
    this.#host.requestUpdate();
  }

  readonly #showNew = (): void => {
    this.#open = NONE;
    const list = this.#find('.history');
    if (list) {
      // Focus inside a row counts as reading; on the list itself it does not.
      list.focus({ preventScroll: true });
      list.scrollTop = 0;
    }
    this.#host.requestUpdate();
  };

  readonly #onClick = (event: Event): void => {
    const target = event.target;
    if (!(target instanceof Element) || target.closest('[data-toggle]') === null) return;
    const id = rowId(target);
    // A click that ends a selection of text is no wish to open the row.
    if (id !== undefined && (target.closest('button') !== null || !this.#reading.hasSelection))
      this.#toggle(id);
  };

  readonly #onFocusIn = (event: FocusEvent): void => {
    if (!(event.target instanceof Element)) return;
    const id = rowId(event.target);
    if (id === undefined) return;
    this.#reading.onFocusIn(event.target);
    this.#stopAt(id);
  };

  /** https://www.w3.org/WAI/ARIA/apg/patterns/feed/ */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('.row');
    if ((event.key === 'Enter' || event.key === ' ') && row === event.target) {
      const id = row.dataset['row'];
      if (id === undefined || row.querySelector('[data-toggle]') === null) return;
      event.preventDefault();
      this.#toggle(id);
      return;
    }
    const rows = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.row')];
    const at = rows.findIndex((candidate) => candidate === row);
    const goals: Readonly<Record<string, HTMLElement | null | undefined>> = {
      PageDown: rows[at + 1],
      PageUp: rows[at - 1],
      // Out of the list, upwards and downwards.
      'Control Home': this.#find('.pause'),
      'Control End': this.#find('[data-end]'),
    };
    const goal = goals[event.ctrlKey ? `Control ${event.key}` : event.key];
    if (!goal) return;
    event.preventDefault();
    this.#stopAt(rowId(goal));
    goal.focus();
  };

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector(selector);
  }
}

function rowId(target: Element): string | undefined {
  return target.closest<HTMLElement>('.row')?.dataset['row'];
}
