import { html } from 'lit';
import type { TemplateResult } from 'lit';

/**
 * Digits that turn every second: hidden from screen readers, which get a fixed time beside them. A tilde marks a
 * timer that goes on without the service's word.
 */
export function timer(text: string, isEstimated: boolean): TemplateResult {
  return html`<span class="timer" part="timer" aria-hidden="true" dir="ltr"
    >${isEstimated ? '~' : ''}${text}</span
  >`;
}
