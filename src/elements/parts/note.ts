import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons.js';

/** One thing that is wrong but stops nothing: said until dismissed, or until it is over. */
export function note(text: string, dismissLabel = '', dismiss?: () => void): TemplateResult {
  return html`<div class="note t-warn" part="note">
    ${icon('warning')}
    <p tabindex=${dismiss ? nothing : 0}>${text}</p>
    ${
      dismiss &&
      html`<button type="button" aria-label=${dismissLabel} @click=${dismiss}>${icon('close')}</button>`
    }
  </div>`;
}
