import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { Wording } from '../../i18n/wording.js';

const WIDTH = 120;
const HEIGHT = 32;
/** Room for half a stroke above and below. */
const MARGIN = 2;

type Samples = readonly (number | undefined)[];

export interface SparkGeometry {
  /** One step line for each unbroken run of samples. */
  readonly line: string;
  readonly area: string;
  /** The newest sample. */
  readonly last: { readonly x: number; readonly y: number } | undefined;
}

/** A step line: a count holds until it changes. Unknown samples leave a hole, they are not 0. */
export function sparkGeometry(samples: Samples): SparkGeometry {
  const peak = Math.max(1, ...samples.map((sample) => sample ?? 0));
  const step = WIDTH / Math.max(1, samples.length);
  const yOf = (sample: number): number => MARGIN + (HEIGHT - 2 * MARGIN) * (1 - sample / peak);
  let line = '';
  let area = '';
  samples.forEach((sample, index) => {
    if (sample === undefined) return;
    const x = round(index * step);
    const y = round(yOf(sample));
    const end = round((index + 1) * step);
    line += `${samples[index - 1] === undefined ? `M${x} ` : 'V'}${y}H${end}`;
    area += `M${x} ${HEIGHT}V${y}H${end}V${HEIGHT}Z`;
  });
  const newest = samples.at(-1);
  return { line, area, last: newest === undefined ? undefined : { x: WIDTH, y: round(yOf(newest)) } };
}

/** Waiting over the last half hour, with its low, high and newest in words. */
export function sparkline(samples: Samples, wording: Wording): TemplateResult {
  const { line, area, last } = sparkGeometry(samples);
  const known = samples.filter((sample) => sample !== undefined);
  const { tile } = wording.messages;
  const newest = known.at(-1);
  const label =
    newest === undefined
      ? tile.trendUnknown
      : tile.trend(
          wording.number(Math.min(...known)),
          wording.number(Math.max(...known)),
          wording.number(newest),
        );
  return html`<svg
    class="sparkline"
    part="sparkline"
    role="img"
    aria-label=${label}
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
  >
    <path class="base" d="M0 ${HEIGHT - 0.5}H${WIDTH}"></path>
    <path class="area" d=${area}></path>
    <path class="trace" d=${line}></path>
    ${last === undefined ? nothing : svg`<path class="last" d="M${last.x} ${last.y}h0.01"></path>`}
  </svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
