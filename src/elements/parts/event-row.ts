import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EventRow } from '../../protocol/views.js';
import { bidiText } from '../bidi-text.js';
import type { Vocabulary } from '../vocabulary.js';
import { icon } from './icons.js';

/** A change of the agent's status or skill, or any single event of a flat feed. */
export function eventRow(row: EventRow, vocabulary: Vocabulary): TemplateResult {
  const { wording } = vocabulary;
  return html`<div class="line">
    <span class="chevron"></span>
    <span class="row-time" part="row-time" title=${wording.clockSeconds(row.at)}
      >${wording.clock(row.at)}</span
    >
    <span class="row-icon t-${row.tone}">${icon(row.icon)}</span>
    <span class="row-sentence clip" part="row-title">${bidiText(vocabulary.say(row.sentence))}</span>
    <span class="row-total" dir="ltr"
      >${row.durationMs === undefined ? nothing : wording.duration(row.durationMs)}</span
    >
  </div>`;
}
