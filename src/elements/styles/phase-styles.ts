/** The phase strip: a bar and its legend, the same colours in both. */
import { css } from 'lit';

export const phaseStyles = css`
  .phases {
    grid-column: 1 / -1;
    margin-block-start: 8px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin-block-end: 6px;
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  .legend b {
    color: var(--_muted);
    font-weight: 400;
  }
  .legend .running,
  .legend .running b {
    color: var(--_text);
    font-weight: 600;
  }
  .key {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 5px;
    border-radius: 2px;
    background: var(--_phase);
    forced-color-adjust: none;
  }
  .phase-bar {
    display: block;
    inline-size: 100%;
    block-size: 6px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_subtle) 16%, transparent);
    forced-color-adjust: none;
  }
  .phase-bar rect {
    fill: var(--_phase);
  }
  .p-wait {
    --_phase: color-mix(in srgb, var(--_subtle) 60%, transparent);
  }
  .p-ring {
    --_phase: var(--_ring);
  }
  .p-talk {
    --_phase: var(--_accent);
  }
  .p-hold {
    --_phase: var(--_hold);
  }
  .p-wrap-up {
    --_phase: color-mix(in srgb, var(--_hold) 45%, transparent);
  }
`;
