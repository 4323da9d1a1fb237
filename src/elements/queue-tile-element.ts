/** `<x8-queue-tile>`: the pressure on one queue. Draws a tile view; how the numbers come about is the worker's. */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { StreamUpdate } from '../controllers/stream-controller.js';
import { X8MetricsEvent } from '../events/x8-metrics-event.js';
import { subscriptionTypeOf } from '../protocol/parse-subscription.js';
import { trimmed } from '../protocol/trimmed.js';
import type { TileRequest, TileView } from '../protocol/views.js';
import { isBlank, settingsOf } from './attribute-checks.js';
import type { ConnectionWords } from './connection-words.js';
import { bulletBar } from './parts/bullet-bar.js';
import { icon } from './parts/icons.js';
import { note } from './parts/note.js';
import { sparkline } from './parts/sparkline.js';
import { tileMetric } from './parts/tile-metric.js';
import { tileStyles } from './queue-tile-styles.js';
import { alertOf, FEW_VISITS, serviceLevelLevel, waitLevel } from './tile-levels.js';
import type { Level } from './tile-levels.js';
import { TILE_CHECKS } from './tile-settings.js';
import { windowMs } from './tile-window.js';
import { coverageWords, longestWaitMs, tilePhrase } from './tile-words.js';
import { tokens } from './styles/tokens.js';
import { WidgetElement } from './widget-element.js';

/** Numbers of a lost connection are old after this long. */
const STALE_AFTER_MS = 15_000;

/**
 * The pressure on one queue, live: waiting, longest wait, service level, answered, abandoned and the last half hour.
 * A number that is not known is a dash, never 0.
 *
 * @attr {string} api-key - read once and taken out of the DOM
 *
 * @fires {X8ConnectionChangeEvent} x8-connection-change - the connection moved to another state
 * @fires {X8AuthRequiredEvent} x8-auth-required - the service does not seem to take the key; once for each key or function
 * @fires {X8MetricsEvent} x8-metrics - the numbers changed
 * @fires {X8GapEvent} x8-gap - events are lost, or may be
 * @fires {X8ErrorEvent} x8-error - something is wrong; the widget says so in its own box too, but for `events-omitted`
 *
 * @csspart tile - the box
 * @csspart metric - one number with its noun
 * @csspart value - the number
 * @csspart label - the noun
 * @csspart sparkline - waiting over the last half hour
 * @csspart bar - the service level against its target
 * @csspart note - something wrong that stops nothing
 *
 * @cssprop --x8-bg - background
 * @cssprop --x8-raised - raised surfaces
 * @cssprop --x8-text - text
 * @cssprop --x8-text-muted - secondary text
 * @cssprop --x8-text-subtle - hints
 * @cssprop --x8-border - lines
 * @cssprop --x8-accent - focus and sparkline
 * @cssprop --x8-good - on target
 * @cssprop --x8-good-tint - its background
 * @cssprop --x8-warn - near target
 * @cssprop --x8-warn-tint - its background
 * @cssprop --x8-bad - over target
 * @cssprop --x8-bad-tint - its background
 * @cssprop [--x8-radius=8px] - corners
 * @cssprop [--x8-font-size=14px] - size of body text; everything else follows
 * @cssprop [--x8-font-family=inherit] - typeface
 */
export class QueueTileElement extends WidgetElement<TileView> {
  static override readonly styles = [tokens, tileStyles];

  static override readonly properties: PropertyDeclarations = {
    queueId: { attribute: 'queue-id' },
    label: {},
    window: {},
    slaThreshold: { type: Number, attribute: 'sla-threshold' },
    slaTarget: { type: Number, attribute: 'sla-target' },
    shortAbandon: { type: Number, attribute: 'short-abandon' },
  };

  /** Id of the queue. */
  queueId: string | null = null;

  /** Name to show; default: from `queueNames`, from the stream, else the id. */
  label: string | null = null;

  /** Time span of the counts: `15m`, `30m` (default), `1h` or `today`. */
  window: string | null = null;

  /** Seconds within which an answer is in time; default 20. */
  slaThreshold: number | null = null;

  /** Percentage of answers that should be in time; without it nothing is compared. */
  slaTarget: number | null = null;

  /** Seconds under which an abandoned call is "short" and does not count; default 5. */
  shortAbandon: number | null = null;

  #waitLevel: Level = 'unknown';
  #connectedUntil: number | undefined;

  protected override get missingAttributes(): readonly string[] {
    return trimmed(this.queueId) === undefined ? ['queue-id'] : [];
  }

  protected override get settings() {
    return settingsOf(TILE_CHECKS, this);
  }

  protected override request(): TileRequest {
    const { window, slaThreshold, shortAbandon } = this.settings.values;
    return {
      kind: 'tile',
      queueId: trimmed(this.queueId) ?? '',
      windowMs: windowMs(window, this.wording.sinceMidnight(this.source.now())),
      slaThresholdMs: slaThreshold * 1000,
      shortAbandonMs: shortAbandon * 1000,
      mask: 'all',
      wantsEvents: false,
    };
  }

  protected override renderWidget(): TemplateResult {
    const { source, wording } = this;
    const { view } = source;
    const { tile } = wording.messages;
    const now = source.now();
    const { slaTarget, slaThreshold } = this.settings.values;
    const target = slaTarget && slaTarget / 100;
    const thresholdMs = slaThreshold * 1000;
    const queue = this.#queueName();
    const staleSince = this.#staleSince();
    const words = this.connectionWords();
    const { trouble } = this;
    const state = trouble ? `${words.state} · ${trouble.face.title} ${trouble.face.text}` : words.state;
    // Old numbers are those of their moment.
    const waitMs = longestWaitMs(view, staleSince === undefined ? now : staleSince - source.clockSkewMs);
    const wait = (this.#waitLevel = waitLevel(waitMs, thresholdMs, this.#waitLevel));
    const service = serviceLevelLevel(view?.serviceLevel, target, view?.finished ?? 0);
    const hasFew = target !== undefined && view?.serviceLevel !== undefined && view.finished < FEW_VISITS;
    const alert = alertOf([wait, service]);
    return html`<div
      class="tile ${alert === undefined ? '' : `t-${alert}`} ${staleSince === undefined ? '' : 'dimmed'}"
      part="tile"
      role="group"
      aria-label=${tilePhrase(view, queue, waitMs, target, wording)}
    >
      <div class="head">
        <p class="name clip"><bdi>${queue}</bdi></p>
        <span class="mark t-${words.tone}" title=${state}
          >${icon(words.icon)}<span class="sr">${state}</span></span
        >
      </div>
      <div class="numbers" aria-hidden="true">
        ${tileMetric({
          name: 'waiting',
          value: wording.number(view?.waiting),
          label: tile.waiting,
          level: 'normal',
          levelWord: undefined,
          hint: view?.ringing ? tile.ringing(wording.number(view.ringing)) : undefined,
        })}
        ${tileMetric({
          name: 'longest',
          value: wording.duration(waitMs),
          label: tile.longestWait,
          level: wait,
          levelWord: tile.waitLevel[wait],
        })}
        ${tileMetric({
          name: 'service-level',
          value: wording.percent(view?.serviceLevel),
          label: tile.serviceLevel,
          level: service,
          levelWord: hasFew ? tile.fewCalls : tile.serviceLevelLevel[service],
        })}
      </div>
      <div class="trend">
        ${sparkline(view?.sparkline ?? [], wording)}
        <span class="trend-label" aria-hidden="true">${tile.trendLabel}</span>
      </div>
      ${this.#renderTrouble() ?? this.renderNote()}
      <p class="service t-${service}">
        <span class="service-value"
          >${tile.serviceLevelShort} <b dir="ltr">${wording.percent(view?.serviceLevel)}</b></span
        >
        ${target === undefined ? nothing : bulletBar(view?.serviceLevel, target)}
        ${
          target === undefined
            ? html`<span class="hint clip">${tile.serviceLevelWithin(wording.roughly(thresholdMs))}</span>`
            : html`<span class="hint">${hasFew ? tile.fewCalls : tile.target(wording.percent(target))}</span>`
        }
      </p>
      <p class="counts clip">
        <span>${tile.answered(wording.number(view?.answered))}</span>
        <span
          >${tile.abandoned(
            wording.number(view?.abandoned),
            view?.abandonRate === undefined ? undefined : wording.percent(view.abandonRate),
          )}</span
        >
      </p>
      <p class="foot clip">
        ${
          staleSince === undefined
            ? this.#footWords(words)
            : tile.asOf(wording.clockSeconds(staleSince - source.clockSkewMs))
        }
      </p>
    </div>`;
  }

  protected override take(update: StreamUpdate<TileView>): void {
    const { view, previousView } = update;
    if (view !== undefined && view !== previousView) this.fire(new X8MetricsEvent(structuredClone(view)));
  }

  /** What does not pass by itself; the rest is in the foot, and behind the mark. */
  #renderTrouble(): TemplateResult | undefined {
    const { kind } = this.connection;
    if (kind === 'connecting' || kind === 'reconnecting') return undefined;
    const { trouble } = this;
    // A close code is one line too many at 280 px, and nothing to act on.
    return trouble && note(`${trouble.face.title} ${kind === 'unstable' ? '' : (trouble.fact ?? '')}`);
  }

  #queueName(): string {
    if (!isBlank(this.label)) return this.label;
    return this.vocabulary.queue(this.source.view?.queue ?? { id: this.request().queueId, name: undefined });
  }

  /** Since when the numbers are old, by the browser's clock; `undefined` while they are fresh. */
  #staleSince(): number | undefined {
    const { kind } = this.connection;
    const now = this.browserNow;
    if (kind === 'live' || kind === 'catching-up') {
      this.#connectedUntil = now;
      return undefined;
    }
    if (this.source.view === undefined) return undefined;
    this.#connectedUntil ??= this.connection.since;
    return now - this.#connectedUntil >= STALE_AFTER_MS ? this.#connectedUntil : undefined;
  }

  /** The foot says what the numbers rest on, or why there are none. */
  #footWords({ state, detail }: ConnectionWords): string {
    const type = subscriptionTypeOf(trimmed(this.subscriptionType) ?? 'exclusive');
    const isSharedOut = this.hasSubscription && type !== 'Exclusive';
    if (this.connection.kind === 'live') return coverageWords(this.source.view, isSharedOut, this.wording);
    return detail === undefined ? state : `${state} · ${detail}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'x8-queue-tile': QueueTileElement;
  }
}
