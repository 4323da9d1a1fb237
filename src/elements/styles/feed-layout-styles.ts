/** The feed’s box: header, body, foot. Sizes are those of the box, not of the window. */
import { css } from 'lit';

export const feedLayoutStyles = css`
  :host {
    --_width: 320;
    block-size: 480px;
  }

  .feed {
    --_pad: 12px;
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .feed > * {
    flex: none;
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 44px;
    padding-inline: var(--_pad) 6px;
    border-block-end: 1px solid var(--_border);
  }
  .agent-name {
    display: none;
    padding-inline-end: 8px;
    border-inline-end: 1px solid var(--_border);
    font-weight: 600;
  }
  .status {
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .status-label {
    font-weight: 600;
  }
  .status-reason {
    color: var(--_muted);
    font-weight: 400;
  }
  .status-time {
    flex: none;
    color: var(--_muted);
  }
  .mark {
    flex: none;
    inline-size: 12px;
    block-size: 12px;
    color: var(--_tone);
    fill: currentColor;
  }
  .mark .cut {
    fill: none;
    stroke: var(--_bg);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark .hollow {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.5;
  }
  .pause {
    inline-size: 32px;
    block-size: 32px;
    color: var(--_muted);
  }
  .pause[aria-pressed='true'] {
    background: var(--_accent-tint);
    color: var(--_accent);
  }
  .feed > .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .note {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 8px;
    align-items: start;
    padding-block: 6px;
    padding-inline: var(--_pad) 6px;
    border-block-start: 1px solid var(--_border);
    background: var(--_tint);
    font-size: var(--_small);
    line-height: calc(16 / 12);
    overflow-wrap: anywhere;
  }
  .note > .icon {
    margin-block-start: 4px;
    color: var(--_tone);
  }
  .note p {
    align-self: center;
  }
  .details {
    display: grid;
    gap: 8px;
    justify-items: start;
    max-block-size: 60%;
    overflow-y: auto;
    padding: 8px var(--_pad);
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
    overflow-wrap: anywhere;
  }
  .details b {
    color: var(--_text);
  }
  .details textarea {
    inline-size: 100%;
    border: 1px solid var(--_control);
    border-radius: 6px;
    background: var(--_bg);
    color: inherit;
    font: inherit;
    resize: none;
  }
  .connection {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    margin-block-start: auto;
    padding-block: 3px;
    padding-inline: var(--_pad) 6px;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: var(--_small);
  }
  .connection > .icon {
    color: var(--_tone);
  }
  .connection p {
    flex: 1;
    /* What comes last is when it tries again: cut off, it would be what is asked for. */
    white-space: normal;
  }
  .connection-state {
    color: var(--_text);
    font-weight: 600;
  }

  @container (inline-size >= 48.42em) {
    .agent-name {
      display: block;
    }
    .status {
      flex: 0 1 auto;
    }
    .status-time {
      margin-inline-end: auto;
    }
  }

  @container (block-size < 14.14em) {
    .body,
    .note,
    .details {
      display: none;
    }
  }
`;
