import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** How much of the time to answer is gone. The digits beside it say the same. */
export function ringBar(share: number): TemplateResult {
  return html`<svg
    class="ring-bar"
    part="bar"
    viewBox="0 0 100 1"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="track" width="100" height="1"></rect>
    <rect class="fill" width=${(share * 100).toFixed(2)} height="1"></rect>
  </svg>`;
}
