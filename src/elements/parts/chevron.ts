import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons.js';

/** The button that opens a row. */
export function chevron(label: string, isOpen: boolean, isTabStop: boolean): TemplateResult {
  return html`<button
    class="chevron"
    type="button"
    data-toggle
    tabindex=${isTabStop ? 0 : -1}
    aria-expanded=${isOpen ? 'true' : 'false'}
    aria-label=${label}
  >
    ${icon('chevron')}
  </button>`;
}
