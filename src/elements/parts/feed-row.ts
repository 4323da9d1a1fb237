import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { withoutIsolates } from '../../i18n/isolate.js';
import type { FeedRow } from '../../protocol/views.js';
import type { Vocabulary } from '../vocabulary.js';
import { eventRow } from './event-row.js';
import { gapInWords, gapRow } from './gap-row.js';
import { interactionRow, rowWords } from './interaction-row.js';

export interface RowState {
  /** Its place in the list, from 1. */
  readonly position: number;
  readonly isOpen: boolean;
  /** It has just come, while the list was at rest. */
  readonly isEntering: boolean;
  /** The one row that the Tab key stops at. */
  readonly isTabStop: boolean;
}

/** One article of the feed, whatever it holds. */
export function feedRow(row: FeedRow, state: RowState, vocabulary: Vocabulary): TemplateResult {
  return html`<article
    class="row ${row.kind} ${state.isOpen ? 'open' : ''} ${state.isEntering ? 'entering' : ''}"
    part="row"
    data-row=${row.id}
    tabindex=${state.isTabStop ? 0 : -1}
    aria-label=${rowLabel(row, vocabulary)}
    aria-posinset=${state.position}
    aria-setsize="-1"
  >
    ${inside(row, state, vocabulary)}
  </article>`;
}

function inside(row: FeedRow, state: RowState, vocabulary: Vocabulary): TemplateResult {
  switch (row.kind) {
    case 'interaction':
      return interactionRow(row, state.isOpen, state.isTabStop, vocabulary);
    case 'event':
      return eventRow(row, vocabulary);
    case 'gap':
      return gapRow(row, state.isOpen, state.isTabStop, vocabulary.wording);
    default: {
      const unheardOf: never = row;
      return unheardOf;
    }
  }
}

function rowLabel(row: FeedRow, vocabulary: Vocabulary): string {
  const { wording } = vocabulary;
  switch (row.kind) {
    case 'interaction': {
      const { title, detail } = rowWords(row, vocabulary);
      const queue = row.queue && vocabulary.queue(row.queue);
      const total = row.totalMs === undefined ? undefined : wording.spoken(row.totalMs);
      return joined(wording.clock(row.at), title, queue, detail, total);
    }
    case 'event':
      return joined(wording.clock(row.at), vocabulary.say(row.sentence));
    case 'gap':
      return gapInWords(row.gap, row.at, wording);
    default: {
      const unheardOf: never = row;
      return unheardOf;
    }
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  return withoutIsolates(parts.filter((part) => part !== undefined).join(', '));
}
