import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Where the rows that came while nobody looked begin. */
export function divider(text: string): TemplateResult {
  return html`<div class="divider" part="divider"><span>${text}</span></div>`;
}

export function dayHeading(text: string): TemplateResult {
  return html`<div class="day">${text}</div>`;
}
