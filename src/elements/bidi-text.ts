import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { isolatedPieces } from '../i18n/isolate.js';

/** A sentence with its names and numbers in `<bdi>`: text throughout, whatever markup a caller's name carries. */
export function bidiText(text: string): string | TemplateResult {
  const pieces = isolatedPieces(text);
  if (pieces.length === 1) return text;
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<bdi>${piece}</bdi>` : piece))}`;
}
