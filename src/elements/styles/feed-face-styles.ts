/** What stands in the place of the list: the skeleton, and words for every state without rows. */
import { css } from 'lit';

export const feedFaceStyles = css`
  .face {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 4px;
    block-size: 100%;
    padding: 16px 24px;
    overflow-y: auto;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .face-icon {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_tone) 12%, transparent);
    color: var(--_tone);
  }
  .face-icon .icon {
    inline-size: 20px;
    block-size: 20px;
  }
  .face-title {
    font-weight: 600;
  }
  .face-text {
    max-inline-size: 44ch;
    color: var(--_muted);
    text-wrap: balance;
  }
  .face-fact {
    color: var(--_subtle);
    font-size: var(--_small);
  }
  .face-actions {
    margin-block-start: 12px;
  }
  .late,
  .skeleton {
    animation: appear 200ms 400ms both;
  }
  .bone {
    display: block;
    block-size: 10px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--_subtle) 20%, transparent);
  }
  .status .bone {
    inline-size: 96px;
  }
  .status .bone.mark {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
  }
  .skeleton {
    padding-block-start: 8px;
  }
  .bone-line {
    display: grid;
    grid-template-columns: calc(var(--_time) - 8px) minmax(0, 1fr) 32px;
    gap: 12px;
    padding-block: 15px;
    padding-inline: 28px var(--_pad);
  }
  .bone-line .bone:nth-child(2) {
    inline-size: 70%;
  }
  .bone-line:nth-child(odd) .bone:nth-child(2) {
    inline-size: 52%;
  }

  @container (inline-size < 18.42em) {
    .face {
      padding-inline: 12px;
    }
  }

  @container (block-size < 21.28em) {
    .face-icon {
      display: none;
    }
    .face {
      align-content: start;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
