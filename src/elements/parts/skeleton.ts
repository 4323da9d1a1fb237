import { html } from 'lit';
import type { TemplateResult } from 'lit';

const LINES = [1, 2, 3, 4];

/** The list before its first row: same places, no words; it fades in late, so a quick connection never shows it. */
export function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton">
    <span class="sr">${label}</span>
    ${LINES.map(() => html`<div class="bone-line"><i class="bone"></i><i class="bone"></i><i class="bone"></i></div>`)}
  </div>`;
}
