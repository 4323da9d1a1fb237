/** `<x8-agent-feed>`: what one agent does now and has just done. Draws a feed view; the words are `i18n`'s. */
import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { StreamUpdate } from '../controllers/stream-controller.js';
import { X8EventsEvent } from '../events/x8-events-event.js';
import { X8UnreadChangeEvent } from '../events/x8-unread-change-event.js';
import type { EventEntry } from '../protocol/stream-event.js';
import { trimmed } from '../protocol/trimmed.js';
import type { FeedRequest, FeedRow, FeedView } from '../protocol/views.js';
import { feedStyles } from './agent-feed-styles.js';
import { announcementsOf } from './feed-announcements.js';
import { settingsOf } from './attribute-checks.js';
import { feedEvents } from './feed-events.js';
import { FEED_CHECKS } from './feed-settings.js';
import { FeedHistory } from './feed-history.js';
import { hostText } from './host-texts.js';
import { connectionLine } from './parts/connection-line.js';
import { detailsPanel } from './parts/details-panel.js';
import { feedFace } from './parts/feed-face.js';
import { feedHeader } from './parts/feed-header.js';
import { liveCards } from './parts/live-cards.js';
import { tokens } from './styles/tokens.js';
import { WidgetElement } from './widget-element.js';

/** One and the same, so that "no rows yet" is no change. */
const NO_ROWS: readonly FeedRow[] = [];

/**
 * What one contact-centre agent is doing and has just done, live: status, open interactions with their timers, and
 * the history in sentences.
 *
 * @attr {string} api-key - read once and taken out of the DOM
 *
 * @fires {X8ConnectionChangeEvent} x8-connection-change - the connection moved to another state
 * @fires {X8AuthRequiredEvent} x8-auth-required - the service does not seem to take the key; once for each key or function
 * @fires {X8AgentStatusEvent} x8-agent-status - the agent's status changed, live
 * @fires {X8InteractionStartEvent} x8-interaction-start - an interaction came up, live
 * @fires {X8InteractionChangeEvent} x8-interaction-change - an open interaction changed, live
 * @fires {X8InteractionEndEvent} x8-interaction-end - an interaction is over, live
 * @fires {X8ScreenPopEvent} x8-screen-pop - the moment to open the caller's record; cancelable, live, once per interaction
 * @fires {X8EventsEvent} x8-events - the stream's events in batches, with `emit-events` only
 * @fires {X8UnreadChangeEvent} x8-unread-change - how many rows came while nobody looked
 * @fires {X8GapEvent} x8-gap - events are lost, or may be
 * @fires {X8ErrorEvent} x8-error - something is wrong; the widget says so in its own box too, but for `events-omitted`
 *
 * @slot header-start - before the status
 * @slot header-end - after the pause button
 * @slot empty - in place of the words for an empty day
 *
 * @csspart status - the agent's status
 * @csspart card - one open interaction
 * @csspart card-header - its state
 * @csspart timer - digits that turn every second
 * @csspart bar - the ring countdown's bar
 * @csspart phase-bar - where the time of an interaction went
 * @csspart row - one line of the history
 * @csspart row-time - its time
 * @csspart row-title - its words
 * @csspart divider - "3 while you were away"
 * @csspart pill - "4 new"
 * @csspart note - something wrong that stops nothing
 * @csspart connection - the connection line
 * @csspart details - what is behind it: what happened, what to do, facts to copy
 *
 * @cssprop --x8-bg - background
 * @cssprop --x8-raised - background of cards
 * @cssprop --x8-text - text
 * @cssprop --x8-text-muted - secondary text
 * @cssprop --x8-text-subtle - times and hints
 * @cssprop --x8-border - lines
 * @cssprop --x8-border-control - borders of buttons
 * @cssprop --x8-accent - focus, selection, work in hand
 * @cssprop --x8-accent-tint - its background
 * @cssprop --x8-good - available, on target
 * @cssprop --x8-good-tint - its background
 * @cssprop --x8-warn - away, missed
 * @cssprop --x8-warn-tint - its background
 * @cssprop --x8-bad - failed
 * @cssprop --x8-bad-tint - its background
 * @cssprop --x8-ring - ringing
 * @cssprop --x8-ring-tint - its background
 * @cssprop --x8-hold - on hold, wrap-up
 * @cssprop --x8-hold-tint - its background
 * @cssprop [--x8-radius=8px] - corners
 * @cssprop [--x8-font-size=14px] - size of body text; everything else follows
 * @cssprop [--x8-font-family=inherit] - typeface
 */
export class AgentFeedElement extends WidgetElement<FeedView> {
  static override readonly styles: CSSResultGroup = [tokens, feedStyles];

  static override readonly properties: PropertyDeclarations = {
    maxItems: { type: Number, attribute: 'max-items' },
    group: {},
    mask: {},
    emitEvents: { type: Boolean, attribute: 'emit-events' },
    screenPop: { attribute: 'screen-pop' },
    headingLevel: { type: Number, attribute: 'heading-level' },
    nohotkeys: { type: Boolean },
  };

  /** Most rows in the history, 1 to 500. */
  maxItems: number | null = null;

  /** `interaction` (default) folds the events of one interaction into a row, `none` shows every event. */
  group: string | null = null;

  /** `all` (default) masks callers' names and numbers, `numbers` numbers only, `none` nothing. */
  mask: string | null = null;

  /** Whether `x8-events` is fired: the page pays for every event only when it asks. */
  emitEvents = false;

  /** When `x8-screen-pop` is fired: `offered` (default), `accepted` or `off`. */
  screenPop: string | null = null;

  /** Level of the feed's own heading, 1 to 6; its sections are one deeper. */
  headingLevel: number | null = null;

  /** Turns the key P (pause) off. */
  nohotkeys = false;

  #isPaused = false;

  readonly #history = new FeedHistory(this);
  #unreadTold = 0;

  /** Whether the list stands still because `pause()` was called or the button was pressed. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** How many rows came while nobody looked. */
  get unread(): number {
    return this.#history.unread;
  }

  protected override get settings() {
    return settingsOf(FEED_CHECKS, this);
  }

  protected override request(): FeedRequest {
    const { maxItems, group, mask } = this.settings.values;
    return {
      kind: 'feed',
      agentId: trimmed(this.agentId),
      maxItems,
      group,
      mask,
      hold: this.#isPaused ? 'paused' : this.#history.isReading ? 'reading' : 'none',
      expanded: this.#history.expanded,
      wantsEvents: this.emitEvents,
    };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#history.take(this.source.view?.rows ?? NO_ROWS, this.connection.kind === 'live');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#fitTimeColumn();
    const { unread } = this;
    if (unread !== this.#unreadTold) {
      this.#unreadTold = unread;
      this.fire(new X8UnreadChangeEvent(unread));
    }
  }

  protected override renderWidget(): TemplateResult {
    const { connection, vocabulary, wording, source } = this;
    const { view } = source;
    const { messages } = wording;
    const now = source.now();
    const isEstimated = connection.kind !== 'live' && connection.kind !== 'catching-up';
    const words = this.connectionWords(this.#isPaused, view?.heldRows);
    const { action } = words;
    const { details, trouble, hasSubscription } = this;
    const face = feedFace(
      { view, connection, look: words, trouble, hasSubscription, copyDiagnostics: details.copy },
      messages,
    );
    const agentName = hostText(this.agentNames, trimmed(this.agentId) ?? view?.status?.agentId);
    const dimmed = connection.kind === 'offline' || connection.kind === 'ended' ? 'dimmed' : '';
    return html`<section class="feed" aria-label=${messages.feedLabel(agentName)} @keydown=${this.#onKeyDown}>
      ${feedHeader(
        {
          status: view?.status,
          isKnown: view !== undefined,
          agentName,
          headingLevel: this.settings.values.headingLevel,
          isPaused: this.#isPaused,
          togglePause: this.#togglePause,
          now,
          isEstimated,
        },
        vocabulary,
      )}
      <div class="now ${dimmed}">${liveCards(view?.live ?? [], now, isEstimated, vocabulary)}</div>
      <div class="body ${dimmed}">
        ${
          face ??
          this.#history.render({
            rows: view?.rows ?? NO_ROWS,
            heldRows: this.#isPaused ? 0 : (view?.heldRows ?? 0),
            isBusy: connection.kind === 'catching-up',
            now,
            vocabulary,
          })
        }
      </div>
      ${this.renderNote()}
      ${details.isOpen ? detailsPanel(details, trouble, source.workerRoute, messages) : nothing}
      ${connectionLine(
        words,
        action && { label: messages.action[action], run: () => source[action]() },
        details,
        messages.details,
      )}
    </section>`;
  }

  /** Holds the list still. The stream goes on, and live cards keep their timers. */
  pause(): void {
    this.#hold(true);
  }

  /** Lets the list move again; what was held comes in at once. */
  resume(): void {
    this.#hold(false);
  }

  /** Drops what is shown; what comes next still comes. */
  clear(): void {
    this.#history.clear();
    this.forgetNote();
    this.source.clear();
  }

  protected override take(update: StreamUpdate<FeedView>): void {
    const { screenPop } = this.settings.values;
    for (const event of feedEvents(update, screenPop)) this.fire(event);
    for (const announcement of announcementsOf(update, this.vocabulary, this.source.now()))
      this.announcer.announce(announcement);
  }

  protected override takeEvents(entries: readonly EventEntry[]): void {
    if (this.emitEvents && entries.length > 0) this.fire(new X8EventsEvent(entries));
  }

  /** As wide as the locale's clock times, so that all rows line up and none wraps. */
  #fitTimeColumn(): void {
    const sample = this.wording.clock(0);
    const width = /^[\d:.]+$/.test(sample) ? sample.length - 0.4 : sample.length + 1;
    this.#find('.feed')?.style.setProperty('--_time', `${width}ch`);
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector(selector);
  }

  #hold(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.requestUpdate();
  }

  readonly #togglePause = (): void => this.#hold(!this.#isPaused);

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (this.nohotkeys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    // In a document of another frame no element is an instance of this one's classes.
    const isTyping = (target as Partial<Element>).matches?.('input, textarea, select, [contenteditable]');
    if (event.key.toLowerCase() === 'p' && !isTyping) this.#togglePause();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'x8-agent-feed': AgentFeedElement;
  }
}
