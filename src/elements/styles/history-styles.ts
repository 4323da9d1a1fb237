/** The list: its headings, the divider, lost history and the pill. */
import { css } from 'lit';

export const historyStyles = css`
  .history {
    block-size: 100%;
    padding-block-end: 8px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .history:focus {
    outline: none;
  }
  .day {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 8px var(--_pad) 4px;
    background: var(--_bg);
    color: var(--_subtle);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px var(--_pad) 4px;
    color: var(--_accent);
    font-size: var(--_small);
    font-weight: 600;
    line-height: calc(16 / 12);
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
    opacity: 0.4;
  }
  .hole {
    margin: 4px var(--_pad);
    padding: 4px 8px;
    border: 1px dashed var(--_tone);
    border-radius: 6px;
    color: var(--_tone);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  .hole-line {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
  }
  .hole-detail {
    padding-block-start: 4px;
    color: var(--_muted);
    text-align: center;
  }
  .pill {
    position: absolute;
    inset-block-start: 8px;
    inset-inline: 0;
    z-index: 2;
    inline-size: max-content;
    min-block-size: 28px;
    margin-inline: auto;
    padding-inline: 12px 8px;
    border-radius: 14px;
    background: var(--_accent);
    color: var(--_bg);
    font-size: var(--_small);
    font-weight: 600;
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.24);
  }
  .pill:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .pill .icon {
    inline-size: 14px;
    block-size: 14px;
  }
`;
