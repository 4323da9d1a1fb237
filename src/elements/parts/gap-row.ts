import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Gap } from '../../protocol/connection-status.js';
import type { Wording } from '../../i18n/wording.js';
import { icon } from './icons.js';

/** "No data 14:02–14:05: the service no longer has it", or that the widget itself gave events up. */
export function gapInWords({ kind, from, to }: Gap, wording: Wording): string {
  const { messages } = wording;
  if (kind === 'dropped') return messages.dropped;
  const span = messages.noData(from && wording.clock(from.publishTime), to && wording.clock(to.publishTime));
  return `${span}: ${messages.lost[kind]}`;
}

/** Lost history, in its place in the list. */
export function gapRow(gap: Gap, wording: Wording): TemplateResult {
  return html`<div class="hole t-warn">${icon('gap')}<span>${gapInWords(gap, wording)}</span></div>`;
}
