import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { PhaseDurations, PhaseName } from '../../protocol/views.js';
import type { Vocabulary } from '../vocabulary.js';

export const PHASES: readonly PhaseName[] = ['wait', 'ring', 'talk', 'hold', 'wrap-up'];

/** Strip units across; one unit is far below a pixel. */
const WIDTH = 1000;
/** A phase that happened is seen, however short it was: about 2 px of a 320 px strip. */
const MIN_WIDTH = 7;
const GAP = 4;

export interface Segment {
  readonly phase: PhaseName;
  readonly x: number;
  readonly width: number;
}

/** Segments in proportion to their time, none narrower than {@link MIN_WIDTH}, filling the strip. */
export function segmentsOf(durations: PhaseDurations): readonly Segment[] {
  const spans = PHASES.map((phase) => ({ phase, ms: durations[phase] ?? 0 })).filter(({ ms }) => ms > 0);
  const total = spans.reduce((sum, { ms }) => sum + ms, 0);
  const free = WIDTH - spans.length * MIN_WIDTH - Math.max(0, spans.length - 1) * GAP;
  let x = 0;
  return spans.map(({ phase, ms }) => {
    const segment = { phase, x, width: MIN_WIDTH + (ms / total) * free };
    x += segment.width + GAP;
    return segment;
  });
}

/** The bar alone: where the time of one interaction went. */
export function phaseBar(durations: PhaseDurations): TemplateResult {
  return html`<svg
    class="phase-bar"
    part="phase-bar"
    viewBox="0 0 ${WIDTH} 1"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${segmentsOf(durations).map(
      ({ phase, x, width }) =>
        svg`<rect class="p-${phase}" x=${x.toFixed(1)} width=${width.toFixed(1)} height="1"></rect>`,
    )}
  </svg>`;
}

/** The bar with its legend; the running phase is set off. */
export function phaseStrip(
  durations: PhaseDurations,
  running: PhaseName | undefined,
  vocabulary: Vocabulary,
): TemplateResult {
  const { wording } = vocabulary;
  return html`<div class="phases" aria-hidden=${running === undefined ? nothing : 'true'}>
    <p class="legend">
      ${PHASES.map(
        (phase) =>
          html`<span class="p-${phase} ${phase === running ? 'running' : ''}"
            ><i class="key"></i>${wording.messages.phase[phase]}
            <b dir="ltr">${wording.duration(durations[phase])}</b></span
          > `,
      )}
    </p>
    ${phaseBar(durations)}
  </div>`;
}
