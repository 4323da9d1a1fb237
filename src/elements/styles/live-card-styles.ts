/** Open interactions: compact below 360 px, one line, facts and a phase strip above, side by side from 680; one line in a low box. */
import { css } from 'lit';

export const liveCardStyles = css`
  .live {
    display: grid;
    gap: 8px;
    max-block-size: 60cqb;
    padding: 8px;
    overflow-y: auto;
    border-block-end: 1px solid var(--_border);
  }
  .card {
    --_lead: var(--_large);
    --_leading: 1.5;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 8px;
    padding: 6px 10px 8px;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_raised);
  }
  .card > :is(div, svg) {
    grid-column: 1 / -1;
  }
  .card.ringing {
    border-color: var(--_tone);
    background: var(--_tint);
  }
  /* One pulse draws the eye; a screenful of them draws nothing but power. An agent has four cards at most. */
  .live:not(:has(> :nth-child(5))) > .card.ringing {
    animation: ring-start 600ms ease-out;
  }
  .card-state {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    color: var(--_tone);
    font-size: var(--_small);
    font-weight: 600;
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  .card-name,
  .card-time {
    font-size: var(--_lead);
    font-weight: 600;
    line-height: var(--_leading);
  }
  .card-time {
    text-align: end;
    white-space: nowrap;
  }
  .card-details {
    display: flex;
    column-gap: 8px;
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(18 / 12);
  }
  .card-number {
    flex: none;
  }
  .card-facts {
    flex: 1;
  }
  .fact + .fact::before {
    content: ' · ';
  }
  .card-flags {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .flag {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .flag.t-bad {
    color: var(--_tone);
  }
  .flag .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .ring-bar {
    display: block;
    inline-size: 100%;
    block-size: 4px;
    margin-block-start: 8px;
    overflow: hidden;
    border-radius: 2px;
    color: var(--_tone);
  }
  .ring-bar:dir(rtl),
  .phase-bar:dir(rtl) {
    scale: -1 1;
  }
  .ring-bar rect {
    fill: currentColor;
  }
  .ring-bar .track {
    opacity: 0.22;
  }
  .card:is(.ringing, .waiting) .phases {
    display: none;
  }

  @container (inline-size >= 25.57em) {
    .card-number:empty,
    .card:not(.ringing, .waiting) .waited {
      display: none;
    }
  }

  /* Two lines, then the caller's number and the facts; no room for phases. */

  @container (inline-size < 25.57em) and (inline-size >= 18.42em) and (block-size >= 24.14em) {
    .card:not(.folded) {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .card:not(.folded) .card-name {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    .card-details {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .card-number {
      font-size: var(--_size);
      line-height: calc(20 / 14);
    }
    .card-facts {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    .card .phases {
      display: none;
    }
  }

  @container (inline-size >= 48.42em) {
    .live {
      grid-template-columns: repeat(auto-fill, minmax(26.85em, 1fr));
    }
  }

  /* One line for each but the first, and in a low or narrow box for all. */

  @container (inline-size < 48.42em) {
    .card.folded {
      --_lead: var(--_size);
      --_leading: calc(20 / 14);
      padding-block: 6px;
    }
    .folded :is(.card-details, .phases) {
      display: none;
    }
  }

  @container (block-size < 24.14em) or (inline-size < 18.42em) {
    .card {
      --_lead: var(--_size);
      --_leading: calc(20 / 14);
      padding-block: 6px;
    }
    .card :is(.card-details, .phases) {
      display: none;
    }
    .ring-bar {
      margin-block-start: 4px;
    }
  }

  @container (inline-size < 18.42em) {
    .card-state .clip {
      display: none;
    }
  }

  @keyframes ring-start {
    from {
      box-shadow: 0 0 0 6px color-mix(in srgb, var(--_tone) 40%, transparent);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .live > .card.ringing {
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .card.ringing {
      border-width: 2px;
    }
  }
`;
