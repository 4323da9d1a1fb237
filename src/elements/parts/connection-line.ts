import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ConnectionDetails } from '../connection-details.js';
import type { ConnectionWords } from '../connection-words.js';
import { icon } from './icons.js';

/** How fresh everything above is, always at the foot, never by colour alone. */
export function connectionLine(
  words: ConnectionWords,
  action: { readonly label: string; readonly run: () => void } | undefined,
  details: ConnectionDetails,
  detailsLabel: string,
): TemplateResult {
  return html`<div class="connection t-${words.tone}" part="connection">
    ${icon(words.icon)}
    <p class="clip" tabindex="-1" data-end>
      <span class="connection-state">${words.state}</span
      >${words.detail === undefined ? nothing : html`<span aria-hidden="true"> · ${words.detail}</span>`}
    </p>
    ${
      action === undefined
        ? nothing
        : html`<button class="action" type="button" @click=${action.run}>${action.label}</button>`
    }
    <button
      type="button"
      aria-label=${detailsLabel}
      aria-expanded=${details.isOpen}
      aria-controls="details"
      @click=${details.toggle}
    >
      ${icon('details')}
    </button>
  </div>`;
}
