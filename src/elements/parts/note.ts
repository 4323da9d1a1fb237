import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons.js';

/** One thing that is wrong but stops nothing: said until dismissed. */
export function note(text: string, dismissLabel: string, dismiss: () => void): TemplateResult {
  return html`<div class="note t-warn" part="note">
    ${icon('warning')}
    <p>${text}</p>
    <button type="button" aria-label=${dismissLabel} @click=${dismiss}>${icon('close')}</button>
  </div>`;
}
