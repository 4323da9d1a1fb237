import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Tone } from '../../protocol/views.js';

/** A dot whose shape says what its colour says, for eyes and screens that do not show the colour. */
export function statusMark(tone: Tone): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true">${shape(tone)}</svg>`;
}

const cutOut = (path: string): SVGTemplateResult =>
  svg`<circle cx="6" cy="6" r="6"></circle><path class="cut" d=${path}></path>`;

function shape(tone: Tone): SVGTemplateResult {
  switch (tone) {
    case 'good':
      return cutOut('M3.5 6.25 5.25 8 8.5 4.5');
    case 'busy':
      return cutOut('M3.5 6h5');
    case 'away':
      return cutOut('M6 3.25V6l1.75 1.25');
    case 'ring':
      return cutOut('M6 5.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z');
    case 'hold':
      return cutOut('M4.5 4v4M7.5 4v4');
    case 'warn':
    case 'bad':
      return cutOut('M6 3v3.25M6 8.75h.01');
    case 'off':
    case 'neutral':
      return svg`<circle class="hollow" cx="6" cy="6" r="4.75"></circle>`;
    default: {
      const unheardOf: never = tone;
      return unheardOf;
    }
  }
}
