import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tone } from '../../protocol/views.js';

const EXCLAMATION = 'M6 3v3.25M6 8.75h.01';

/** What is cut out of the dot; without it the dot is a ring. */
const CUT: Readonly<Record<Tone, string | undefined>> = {
  good: 'M3.5 6.25 5.25 8 8.5 4.5',
  busy: 'M3.5 6h5',
  away: 'M6 3.25V6l1.75 1.25',
  ring: 'M6 5.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
  hold: 'M4.5 4v4M7.5 4v4',
  warn: EXCLAMATION,
  bad: EXCLAMATION,
  off: undefined,
  neutral: undefined,
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
