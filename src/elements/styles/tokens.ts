/**
 * Colours, type and spacing that both elements share. Public names are `--x8-*` and may be set on the element or on
 * anything around it; the private names (`--_*`) hold the public one or its default. Every default pair was computed
 * by the WCAG formula to reach 4.5:1 for text and 3:1 for controls on background, raised surface and its own tint.
 */
import { css } from 'lit';

export const tokens = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none;
  }
  /* What is asked for its size has none of its own. This track without height is as wide as a box wants to be where nobody
     says, and yields to nothing where there is less room. */
  :host::before {
    content: '';
    display: grid;
    grid-template-columns: minmax(0, calc(var(--x8-font-size, 14px) * var(--_width) / 14));
  }

  .frame {
    --_bg: var(--x8-bg, light-dark(#fff, #17161a));
    --_raised: var(--x8-raised, light-dark(#f7f6f2, #211f25));
    --_text: var(--x8-text, light-dark(#26252a, #f2f1f4));
    --_muted: var(--x8-text-muted, light-dark(#5b5a62, #b6b4bd));
    --_subtle: var(--x8-text-subtle, light-dark(#6e6d76, #9a98a3));
    --_border: var(--x8-border, light-dark(#d9d7cf, #3a3841));
    --_control: var(--x8-border-control, light-dark(#8a8992, #77757f));
    --_accent: var(--x8-accent, light-dark(#0056e0, #7aa9ff));
    --_accent-tint: var(--x8-accent-tint, light-dark(#e8f0fd, #1b2740));
    --_good: var(--x8-good, light-dark(#127440, #4fd08b));
    --_good-tint: var(--x8-good-tint, light-dark(#e6f4ec, #12301f));
    --_warn: var(--x8-warn, light-dark(#8a5600, #f8ae1a));
    --_warn-tint: var(--x8-warn-tint, light-dark(#fff4de, #33270c));
    --_bad: var(--x8-bad, light-dark(#b81c2c, #ff8088));
    --_bad-tint: var(--x8-bad-tint, light-dark(#fdebec, #3a1519));
    --_ring: var(--x8-ring, light-dark(#0b5c8a, #6cc4f0));
    --_ring-tint: var(--x8-ring-tint, light-dark(#e5f2f9, #0e2b3a));
    --_hold: var(--x8-hold, light-dark(#6b3fa0, #c6a3f5));
    --_hold-tint: var(--x8-hold-tint, light-dark(#f1eafa, #2a1c3d));
    --_radius: var(--x8-radius, 8px);
    --_size: var(--x8-font-size, 14px);
    --_line: calc(var(--_size) * 20 / 14);
    --_small: calc(var(--_size) * 12 / 14);
    --_large: calc(var(--_size) * 16 / 14);
    --_tone: var(--_muted);
    --_tint: transparent;

    box-sizing: border-box;
    block-size: 100%;
    min-inline-size: 0;
    overflow: hidden;
    /* Breaks are in em of this font size, and are measured inside this border: 17em are a box of 240 px at 14 px. */
    container-type: size;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font-family: var(--x8-font-family, inherit);
    font-size: var(--_size);
    font-weight: 400;
    line-height: calc(20 / 14);
    letter-spacing: normal;
    text-align: start;
    font-variant-numeric: tabular-nums;
  }

  .frame[data-scheme='light'] {
    color-scheme: light;
  }
  .frame[data-scheme='dark'] {
    color-scheme: dark;
  }

  /* What the page puts in is read as the page is. */
  :host(:dir(ltr)) slot {
    direction: ltr;
  }
  :host(:dir(rtl)) slot {
    direction: rtl;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .t-good {
    --_tone: var(--_good);
    --_tint: var(--_good-tint);
  }
  .t-ring {
    --_tone: var(--_ring);
    --_tint: var(--_ring-tint);
  }
  .t-busy {
    --_tone: var(--_accent);
    --_tint: var(--_accent-tint);
  }
  .t-hold {
    --_tone: var(--_hold);
    --_tint: var(--_hold-tint);
  }
  .t-away,
  .t-warn {
    --_tone: var(--_warn);
    --_tint: var(--_warn-tint);
  }
  .t-bad {
    --_tone: var(--_bad);
    --_tint: var(--_bad-tint);
  }
  .t-off {
    --_tone: var(--_subtle);
  }
  .t-neutral,
  .t-unknown,
  .t-normal {
    --_tone: var(--_muted);
  }

  /* Old facts lose their colours, not their contrast: what an opacity dims is below 4.5:1. */
  .dimmed {
    --_text: var(--_subtle);
    --_muted: var(--_subtle);
    --_raised: var(--_bg);
    --_good: var(--_subtle);
    --_warn: var(--_subtle);
    --_bad: var(--_subtle);
    --_ring: var(--_subtle);
    --_hold: var(--_subtle);
    --_accent: var(--_subtle);
    --_tint: transparent;
  }

  p,
  ol {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }

  .icon {
    flex: none;
    display: block;
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .clip {
    min-inline-size: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }

  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    min-inline-size: 24px;
    min-block-size: 24px;
    margin: 0;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover {
    background: color-mix(in srgb, var(--_text) 8%, transparent);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  button:focus-visible {
    outline-offset: 0;
  }

  .action {
    padding-inline: 10px;
    border-color: var(--_control);
    background: var(--_bg);
    color: var(--_text);
    font-size: var(--_small);
    font-weight: 600;
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .frame {
      --_tone: CanvasText;
      --_accent: Highlight;
    }
  }
`;
