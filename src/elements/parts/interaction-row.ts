import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isolate } from '../../i18n/isolate.js';
import type { InteractionRow } from '../../protocol/views.js';
import { bidiText } from '../bidi-text.js';
import type { Vocabulary } from '../vocabulary.js';
import { chevron } from './chevron.js';
import { icon } from './icons.js';
import { phaseBar, phaseStrip } from './phase-strip.js';

export interface RowWords {
  readonly title: string;
  readonly detail: string;
}

/** "Call" and how it ended; a missed one says so first, since that is what the agent looks for. */
export function rowWords(row: InteractionRow, vocabulary: Vocabulary): RowWords {
  const { messages } = vocabulary.wording;
  if (row.outcome.key === 'missed') return { title: messages.missed.title, detail: messages.missed.text };
  const detail =
    row.totalMs === undefined ? vocabulary.say(row.outcome) : vocabulary.sayWithoutTime(row.outcome);
  return { title: vocabulary.media(row.media), detail };
}

/** An ended interaction: one line of facts, opened it shows its steps. */
export function interactionRow(
  row: InteractionRow,
  isOpen: boolean,
  isTabStop: boolean,
  vocabulary: Vocabulary,
): TemplateResult {
  const { wording } = vocabulary;
  const { title, detail } = rowWords(row, vocabulary);
  const caller = vocabulary.caller(row.caller);
  const outbound = row.direction === 'outbound' ? ` (${wording.messages.direction.outbound})` : '';
  return html`<div class="line" data-toggle>
      ${chevron(wording.messages.showSteps, isOpen, isTabStop)}
      <span class="row-time" part="row-time" title=${wording.clockSeconds(row.at)}
        >${wording.clock(row.at)}</span
      >
      <span class="row-icon t-${row.tone}">${icon(row.icon)}</span>
      <span class="row-text" part="row-title">
        <span class="row-title">${title}${outbound}</span>
        <span class="row-caller clip">${caller === undefined ? nothing : bidiText(isolate(caller))}</span>
        <span class="row-queue clip"
          >${row.queue === undefined ? nothing : bidiText(isolate(vocabulary.queue(row.queue)))}</span
        >
        <span class="row-detail clip">${bidiText(detail)}</span>
      </span>
      <span class="row-phases">${phaseBar(row.durations)}</span>
      <span class="row-total" dir="ltr">${wording.duration(row.totalMs)}</span>
    </div>
    ${isOpen ? steps(row, caller, vocabulary) : nothing}`;
}

function steps(row: InteractionRow, caller: string | undefined, vocabulary: Vocabulary): TemplateResult {
  const { wording } = vocabulary;
  const number = row.caller?.name === undefined ? undefined : row.caller.number;
  return html`<div class="steps">
    ${
      caller === undefined
        ? nothing
        : html`<p class="steps-caller clip">
            <bdi>${caller}</bdi> <bdi class="steps-number">${number ?? ''}</bdi>
          </p>`
    }
    ${phaseStrip(row.durations, undefined, vocabulary)}
    ${
      row.steps === undefined
        ? html`<p class="steps-loading">${wording.messages.loading}…</p>`
        : html`<ol>
            ${row.steps.map(
              (step) =>
                html`<li>
                  <span class="step-time">${wording.clockSeconds(step.at)}</span>
                  <span class="row-icon t-${step.tone}">${icon(step.icon)}</span>
                  <span class="step-text">${bidiText(vocabulary.say(step.sentence))}</span>
                </li>`,
            )}
          </ol>`
    }
  </div>`;
}
