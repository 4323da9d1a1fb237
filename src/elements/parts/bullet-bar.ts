import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';

/** A share against its target, both 0 to 1. The digits beside it say the same. */
export function bulletBar(value: number | undefined, target: number): TemplateResult {
  return html`<svg
    class="bullet"
    part="bar"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="track" y="2" width="100" height="6"></rect>
    ${
      value === undefined
        ? nothing
        : svg`<rect class="fill" y="2" width=${(value * 100).toFixed(1)} height="6"></rect>`
    }
    <path class="target" d="M${(target * 100).toFixed(1)} 0V10"></path>
  </svg>`;
}
