/**
 * Layout of the tile by its own size: XS one line of numbers, S two lines, M (from 240 x 150) with service level,
 * sparkline and coverage, L (from 420 x 240) three large numbers over a wide sparkline. These are px of the box with its
 * border, at 14 px letters.
 */
import { css } from 'lit';

export const tileStyles = css`
  :host {
    --_width: 280;
    block-size: calc(var(--x8-font-size, 14px) * 176 / 14);
  }

  .tile {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    block-size: 100%;
    padding: 8px 12px;
    background: var(--_tint);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .name {
    flex: 1;
    font-weight: 600;
  }
  .mark {
    flex: none;
    color: var(--_tone);
  }
  .numbers {
    display: grid;
    align-content: center;
    gap: 2px;
  }
  .metric {
    display: flex;
    align-items: baseline;
    gap: 6px;
    min-inline-size: 0;
  }
  .value {
    color: var(--_text);
    font-size: calc(var(--_size) * 20 / 14);
    font-weight: 600;
    line-height: calc(28 / 20);
  }
  .metric.t-warn .value,
  .metric.t-bad .value,
  .metric.t-warn .label,
  .metric.t-bad .label {
    color: var(--_tone);
  }
  .label {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: var(--_small);
  }
  .label .icon {
    inline-size: 14px;
    block-size: 14px;
    color: var(--_tone);
  }
  .hint {
    color: var(--_muted);
    font-size: var(--_small);
  }
  .metric .hint,
  .metric.service-level,
  .trend,
  .service,
  .counts,
  .trend-label {
    display: none;
  }
  .foot {
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  .sparkline {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
    color: var(--_accent);
  }
  .sparkline path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .sparkline .base {
    stroke: var(--_border);
    stroke-width: 1;
  }
  .sparkline .area {
    fill: currentColor;
    stroke: none;
    opacity: 0.12;
  }
  .sparkline .last {
    stroke-width: 6;
    stroke-linecap: round;
  }
  .bullet {
    display: block;
    flex: 1;
    min-inline-size: 24px;
    block-size: 10px;
    color: var(--_text);
  }
  .bullet rect {
    fill: currentColor;
  }
  .bullet .track {
    opacity: 0.14;
  }
  .bullet .fill {
    fill: var(--_tone);
  }
  .bullet .target {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }
  .note {
    display: none;
    gap: 6px;
    align-items: center;
    max-block-size: 40px;
    overflow: hidden auto;
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
    overflow-wrap: anywhere;
  }
  .note > .icon {
    color: var(--_tone);
  }
  .note p {
    flex: 1;
    min-inline-size: 0;
  }
  .face {
    display: grid;
    align-content: center;
    gap: 2px;
    block-size: 100%;
    padding: 8px 12px;
    overflow-y: auto;
    overflow-wrap: anywhere;
  }
  .face-icon {
    display: none;
  }
  .face-title {
    font-weight: 600;
  }
  .face-text,
  .face-fact {
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }

  /* XS: a name and two numbers. */

  @container (block-size < 6.71em) or (inline-size < 9.14em) {
    .tile {
      padding: 6px 8px;
    }
    .numbers {
      grid-template-columns: auto 1fr;
      gap: 6px;
    }
    .metric {
      gap: 3px;
    }
    .value {
      font-size: calc(var(--_size) * 18 / 14);
    }
    .label .icon {
      inline-size: 12px;
      block-size: 12px;
    }
    .label .clip,
    .head .t-good,
    .foot,
    .face-text,
    .face-fact {
      display: none;
    }
    .face {
      padding: 6px 10px;
      font-size: var(--_small);
      line-height: calc(16 / 12);
    }
  }

  /* M */

  @container (inline-size >= 17em) and (block-size >= 10.57em) {
    .tile {
      grid-template-columns: auto minmax(0, 1fr);
      column-gap: 20px;
      row-gap: 2px;
      padding: 8px 14px 10px;
    }
    .head,
    .service,
    .counts,
    .note,
    .foot {
      grid-column: 1 / -1;
    }
    .note {
      display: flex;
    }
    .numbers {
      align-self: center;
      grid-template-columns: auto auto;
      gap: 20px;
    }
    .metric {
      display: grid;
      align-content: start;
      gap: 0;
    }
    .value {
      font-size: calc(var(--_size) * 28 / 14);
      line-height: calc(36 / 28);
    }
    .label {
      line-height: calc(16 / 12);
    }
    .metric.longest .value {
      min-inline-size: 4ch;
    }
    .trend {
      display: block;
      align-self: center;
      block-size: 44px;
    }
    .service {
      display: flex;
      align-items: center;
      gap: 10px;
      font-size: var(--_small);
    }
    .service-value {
      color: var(--_muted);
      white-space: nowrap;
    }
    .service-value b {
      color: var(--_text);
      font-weight: 600;
    }
    .service .hint {
      white-space: nowrap;
    }
    .counts {
      display: block;
      color: var(--_muted);
      font-size: var(--_small);
    }
    .counts span + span::before {
      content: '· ';
    }
  }

  /* L */

  @container (inline-size >= 29.85em) and (block-size >= 17em) {
    .tile {
      grid-template-rows: auto auto minmax(0, 1fr);
      row-gap: 8px;
      padding: 12px 20px 14px;
      background: none;
      border-inline-start: 4px solid var(--_edge, transparent);
    }
    .tile.t-warn {
      --_edge: var(--_warn);
    }
    .tile.t-bad {
      --_edge: var(--_bad);
    }
    .numbers,
    .trend {
      grid-column: 1 / -1;
    }
    .name {
      font-size: var(--_large);
    }
    .numbers {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .metric.service-level {
      display: grid;
    }
    .value {
      font-size: calc(var(--_size) * 40 / 14);
      line-height: 1.2;
    }
    .metric .hint {
      display: block;
      line-height: calc(16 / 12);
    }
    .metric.t-good .hint,
    .metric.t-warn .hint,
    .metric.t-bad .hint {
      color: var(--_tone);
    }
    .trend {
      align-self: stretch;
      block-size: auto;
      min-block-size: 40px;
      display: grid;
      grid-template-rows: minmax(0, 1fr) auto;
      gap: 4px;
    }
    .trend-label {
      display: block;
      color: var(--_subtle);
      font-size: var(--_small);
      line-height: calc(16 / 12);
    }
    .service-value {
      display: none;
    }
    .counts {
      grid-column: 1;
    }
    .foot {
      grid-column: 2;
      text-align: end;
    }
  }
`;
