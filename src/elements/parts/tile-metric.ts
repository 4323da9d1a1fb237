import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Level } from '../tile-levels.js';
import { icon } from './icons.js';

export interface MetricFacts {
  readonly name: 'waiting' | 'longest' | 'service-level';
  readonly value: string;
  readonly label: string;
  readonly level: Level;
  /** Said where there is room, drawn where there is not. */
  readonly levelWord: string | undefined;
  readonly hint?: string | undefined;
}

/** One number and its noun. The level is a colour, a sign and, in the label, a word. */
export function tileMetric({ name, value, label, level, levelWord, hint }: MetricFacts): TemplateResult {
  const isAlert = level === 'warn' || level === 'bad';
  return html`<div class="metric ${name} t-${level}" part="metric">
    <span class="value" part="value" dir="ltr">${value}</span>
    <span class="label" part="label"
      ><span class="clip">${label}</span>${isAlert ? icon('warning') : nothing}${
        level === 'good' ? icon('done') : nothing
      }</span
    >
    ${
      levelWord === undefined && hint === undefined
        ? nothing
        : html`<span class="hint clip">${levelWord ?? hint}</span>`
    }
  </div>`;
}
