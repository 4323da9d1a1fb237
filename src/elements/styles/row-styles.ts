/** One row: two lines when narrow, one line from 440 px, columns that line up from 680 (of the em of `tokens.ts`). */
import { css } from 'lit';

export const rowStyles = css`
  .row.entering {
    animation: row-in 160ms ease-out;
  }
  .line {
    display: grid;
    grid-template-columns: 16px var(--_time) 16px minmax(0, 1fr) auto;
    column-gap: 6px;
    align-items: start;
    padding-block: 6px;
    padding-inline: 6px var(--_pad);
  }
  [data-toggle] {
    cursor: pointer;
  }
  .row.interaction .line:hover {
    background: var(--_raised);
  }
  .chevron {
    inline-size: 16px;
    min-inline-size: 16px;
    block-size: var(--_line);
    min-block-size: var(--_line);
    color: var(--_subtle);
    position: relative;
  }
  /* The drawing is small, the target is not. */
  button.chevron::after {
    content: '';
    position: absolute;
    inset: -6px;
  }
  .chevron .icon {
    inline-size: 14px;
    block-size: 14px;
    transition: rotate 120ms;
  }
  .chevron:dir(rtl) .icon {
    scale: -1 1;
  }
  .open .chevron .icon {
    rotate: 90deg;
  }
  .open .chevron:dir(rtl) .icon {
    rotate: -90deg;
  }
  .row-time {
    color: var(--_subtle);
    white-space: nowrap;
  }
  .row-icon {
    display: flex;
    align-items: center;
    block-size: var(--_line);
    color: var(--_tone);
  }
  .row-text {
    min-inline-size: 0;
  }
  .row-title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .row-detail {
    color: var(--_muted);
  }
  .row-total {
    color: var(--_muted);
    text-align: end;
  }
  .steps {
    padding-block: 2px 10px;
    padding-inline: 28px var(--_pad);
  }
  .steps-caller {
    margin-block-end: 2px;
    font-weight: 600;
  }
  .steps-number {
    color: var(--_muted);
    font-weight: 400;
  }
  .steps .phases {
    margin-block: 4px 8px;
  }
  .steps li {
    display: grid;
    grid-template-columns: auto 16px minmax(0, 1fr);
    column-gap: 8px;
    padding-block: 2px;
    font-size: var(--_small);
    line-height: calc(20 / 12);
  }
  .step-time,
  .steps-loading {
    color: var(--_subtle);
  }
  .steps .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  @container (inline-size < 31.28em) {
    .row-text {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
    }
    .row-detail {
      grid-column: 1 / -1;
      font-size: var(--_small);
      line-height: calc(16 / 12);
    }
  }

  @container (inline-size >= 31.28em) and (inline-size < 48.42em) {
    .line {
      padding-block: 5px;
    }
    .row-text {
      display: flex;
    }
    .row-title {
      flex: none;
      white-space: nowrap;
    }
    .row-queue {
      flex: none;
      max-inline-size: 50%;
    }
    .row-detail::before {
      content: '\\00a0· ';
    }
    .steps {
      padding-inline-start: calc(34px + var(--_time));
    }
  }

  @container (inline-size < 48.42em) {
    .row-queue:not(:empty)::before {
      content: '\\00a0· ';
    }
    .row-caller,
    .row-phases {
      display: none;
    }
  }

  @container (inline-size >= 48.42em) {
    .line {
      grid-template-columns:
        16px var(--_time) 16px minmax(8.28em, 0.8fr) minmax(0, 1.4fr) minmax(0, 1.2fr) minmax(0, 1.5fr)
        minmax(64px, 1.2fr) 7ch;
      column-gap: 10px;
    }
    .row-text {
      display: contents;
    }
    .row-phases {
      align-self: center;
    }
    .row-sentence {
      grid-column: 4 / -2;
    }
    .steps {
      max-inline-size: 640px;
      padding-inline-start: calc(42px + var(--_time));
    }
  }

  @container (inline-size < 18.42em) {
    .row-total {
      display: none;
    }
  }

  @keyframes row-in {
    from {
      opacity: 0;
      translate: 0 -6px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .row.entering {
      animation: none;
    }
    .chevron .icon {
      transition: none;
    }
  }
`;
