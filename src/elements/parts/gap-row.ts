import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Gap, Position } from '../../protocol/connection-status.js';
import { toldText } from '../../i18n/told.js';
import type { Wording } from '../../i18n/wording.js';
import type { GapRow } from '../../protocol/views.js';
import { chevron } from './chevron.js';
import { icon } from './icons.js';

/**
 * "No data 14:02–14:05: the service no longer has it", or that the widget itself gave events up. With the days where the
 * gap spans some, or where it was not found (`at`) on its own.
 */
export function gapInWords({ kind, from, to }: Gap, at: number, wording: Wording): string {
  const { messages } = wording;
  if (kind === 'dropped') return messages.dropped;
  const today = wording.dayKey(at);
  const isOfToday = (end: Position | undefined): boolean =>
    end === undefined || wording.dayKey(end.publishTime) === today;
  const isOfOneDay = isOfToday(from) && isOfToday(to);
  const say = (time: number): string => (isOfOneDay ? wording.clock(time) : wording.dayClock(time));
  const span = messages.noData(from && say(from.publishTime), to && say(to.publishTime));
  return `${span}: ${messages.lost[kind]}`;
}

/** Lost history, in its place in the list: one line, opened it says what is there and what to do. */
export function gapRow(
  { gap, at }: GapRow,
  isOpen: boolean,
  isTabStop: boolean,
  wording: Wording,
): TemplateResult {
  const { messages } = wording;
  return html`<div class="hole t-warn">
    <p class="hole-line" data-toggle>
      ${chevron(messages.details, isOpen, isTabStop)} ${icon('gap')}<span
        >${gapInWords(gap, at, wording)}</span
      >
    </p>
    ${isOpen ? html`<p class="hole-detail">${toldText(messages.lostDetail)}</p>` : nothing}
  </div>`;
}
