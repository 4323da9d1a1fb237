import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Tone } from '../../protocol/views.js';
import { PATHS } from './icons.js';

const EXCLAMATION = 'M8 4v4M8 12h.01';

/** What is cut out of the dot; without it the dot is a ring. */
const CUT: Readonly<Partial<Record<Tone, string>>> = {
  good: 'M5 8l2 2 4-4',
  busy: 'M5 8h6',
  away: 'M8 5v3l2 1',
  ring: PATHS.dot,
  hold: PATHS.hold,
  warn: EXCLAMATION,
  bad: EXCLAMATION,
};

/** A dot whose shape says what its colour says, for eyes and screens that do not show the colour. */
export function statusMark(tone: Tone): TemplateResult {
  const cut = CUT[tone];
  return html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
    <circle
      class=${cut === undefined ? 'hollow' : 'dot'}
      cx="8"
      cy="8"
      r=${cut === undefined ? 6.5 : 8}
    ></circle>
    <path class="cut" d=${cut ?? ''}></path>
  </svg>`;
}
