import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Face } from '../../i18n/messages.js';
import type { Tone } from '../../protocol/views.js';
import { icon } from './icons.js';

type FaceIcon = Parameters<typeof icon>[0];

export interface FaceOptions {
  readonly face: Face;
  readonly tone: Tone;
  readonly icon: FaceIcon;
  /** A line of facts below: a missing attribute's name, an error's code. */
  readonly fact?: string | undefined;
  readonly actions?: unknown;
}

/** What is the matter and what happens next, in place of a list that is not there. */
export function faceOf({ face, tone, icon: name, fact, actions }: FaceOptions): TemplateResult {
  return html`<div class="face t-${tone}">
    <span class="face-icon">${icon(name)}</span>
    <p class="face-title">${face.title}</p>
    <p class="face-text">${face.text}</p>
    ${fact === undefined ? nothing : html`<p class="face-fact">${fact}</p>`}
    ${actions === undefined ? nothing : html`<p class="face-actions">${actions}</p>`}
  </div>`;
}
