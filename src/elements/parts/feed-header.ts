import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentStatusView } from '../../protocol/views.js';
import type { Vocabulary } from '../vocabulary.js';
import { icon } from './icons.js';
import { statusChip } from './status-chip.js';

export interface HeaderFacts {
  readonly status: AgentStatusView | undefined;
  /** False until anything has been read: then there is no status to call unknown. */
  readonly isKnown: boolean;
  readonly agentName: string | undefined;
  readonly headingLevel: number;
  readonly isPaused: boolean;
  readonly togglePause: () => void;
  readonly now: number;
  readonly isEstimated: boolean;
}

export function feedHeader(facts: HeaderFacts, vocabulary: Vocabulary): TemplateResult {
  const { messages } = vocabulary.wording;
  return html`<header>
    <slot name="header-start"></slot>
    <span class="sr" role="heading" aria-level=${facts.headingLevel}
      >${messages.feedLabel(facts.agentName)}</span
    >
    ${facts.agentName === undefined ? nothing : html`<span class="agent-name clip"><bdi>${facts.agentName}</bdi></span>`}
    ${
      facts.isKnown
        ? statusChip(facts.status, facts.now, facts.isEstimated, vocabulary)
        : html`<p class="status late"><i class="bone mark"></i><i class="bone"></i></p>`
    }
    <button
      class="pause"
      type="button"
      aria-pressed=${facts.isPaused ? 'true' : 'false'}
      aria-label=${messages.pause}
      @click=${facts.togglePause}
    >
      ${icon(facts.isPaused ? 'play' : 'pause')}
    </button>
    <slot name="header-end"></slot>
  </header>`;
}
