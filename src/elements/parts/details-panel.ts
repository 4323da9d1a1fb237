import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/messages.js';
import type { WorkerRoute } from '../../protocol/diagnostics.js';
import type { ConnectionDetails } from '../connection-details.js';
import type { Trouble } from '../trouble.js';

/** What the connection line has no room for: what happened, what to do, and facts to send to somebody. */
export function detailsPanel(
  { text, copy }: ConnectionDetails,
  trouble: Trouble | undefined,
  route: WorkerRoute | undefined,
  messages: Messages,
): TemplateResult {
  // Nothing is the matter only with an open connection.
  const { face, fact } = trouble ?? { face: messages.faces.well };
  return html`<div class="details" id="details" part="details">
    <p><b>${face.title}</b> ${face.text}</p>
    ${fact === undefined ? nothing : html`<p class="face-fact">${fact}</p>`}
    ${route === 'page' ? html`<p>${messages.runsInPage}</p>` : nothing}
    ${
      text === undefined
        ? nothing
        : html`<textarea
            readonly
            rows="5"
            aria-label=${messages.copyDiagnostics}
            .value=${text}
            @focus=${select}
          ></textarea>`
    }
    <button class="action" type="button" @click=${copy}>${messages.copyDiagnostics}</button>
  </div>`;
}

function select({ target }: Event): void {
  if (target instanceof HTMLTextAreaElement) target.select();
}
