import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LiveCard } from '../../protocol/views.js';
import type { Vocabulary } from '../vocabulary.js';
import { liveCard } from './live-card.js';

/** More open interactions than this may need scrolling, so the keyboard must reach them. */
const ALWAYS_IN_VIEW = 2;

/** The agent's open interactions: the first in full and whatever rings, the others in one line each. */
export function liveCards(
  cards: readonly LiveCard[],
  now: number,
  isEstimated: boolean,
  vocabulary: Vocabulary,
): TemplateResult | typeof nothing {
  if (cards.length === 0) return nothing;
  return html`<section
    class="live"
    aria-label=${vocabulary.wording.messages.currentInteractions}
    tabindex=${cards.length > ALWAYS_IN_VIEW ? 0 : nothing}
  >
    ${repeat(
      cards,
      ({ guid }) => guid,
      (card, index) => liveCard(card, now, isEstimated, index > 0 && card.state !== 'ringing', vocabulary),
    )}
  </section>`;
}
