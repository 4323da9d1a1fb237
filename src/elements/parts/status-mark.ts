import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tone } from '../../protocol/views.js';

const EXCLAMATION = 'M6 3v3M6 9h.01';

/** What is cut out of the dot; without it the dot is a ring. */
const CUT: Readonly<Partial<Record<Tone, string>>> = {
  good: 'M3.5 6 5.5 8l3-3.5',
  busy: 'M3.5 6h5',
  away: 'M6 3v3l2 1.5',
  ring: 'M6 5.5v1',
  hold: 'M4.5 4v4M7.5 4v4',
  warn: EXCLAMATION,
  bad: EXCLAMATION,
};

/** A dot whose shape says what its colour says, for eyes and screens that do not show the colour. */
export function statusMark(tone: Tone): TemplateResult {
  const cut = CUT[tone];
  return html`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true">
    <circle
      class=${cut === undefined ? 'hollow' : 'dot'}
      cx="6"
      cy="6"
      r=${cut === undefined ? 4.75 : 6}
    ></circle>
    <path class="cut" d=${cut ?? ''}></path>
  </svg>`;
}
