/**
 * What happened once, live, and becomes a DOM event of the page. A card in a notice is as it was at that moment, not as
 * it is when the page gets round to it; who calls is masked per view when the notices are handed over.
 */
import type { Notice } from '../protocol/messages.js';
import type { AgentStatusView, FeedRequest, InteractionRow, LiveCard } from '../protocol/views.js';
import type { Caller } from '../protocol/stream-event.js';
import type { Interaction } from './interaction.js';
import { liveCard } from './live-card.js';
import { maskCaller } from './mask.js';
import { interactionRow, type RowContext } from './rows.js';

/** More at once than a page can make sense of: a replay makes none, and changes of one interaction are merged. */
export const MAX_NOTICES = 64;

type CardNotice = 'interaction-start' | 'interaction-change';

type Pending =
  | { readonly kind: 'agent-status'; readonly serial: number; readonly status: AgentStatusView }
  | {
      readonly kind: CardNotice;
      readonly serial: number;
      readonly guid: string;
      card: LiveCard;
      caller: Caller | undefined;
    }
  | {
      readonly kind: 'screen-pop';
      readonly serial: number;
      readonly moment: 'offered' | 'accepted';
      readonly card: LiveCard;
      readonly caller: Caller | undefined;
    }
  | {
      readonly kind: 'interaction-end';
      readonly serial: number;
      readonly interaction: Interaction;
      /** As it was then, in case it is open again by now; without a mask. */
      readonly row: InteractionRow;
    };

export class Notices {
  readonly #limit: number;
  #pending: Pending[] = [];
  /** How many of them are changes. */
  #changes = 0;
  #serial = 0;

  /** `limit` notices wait at most. When there are more, changes make room; then the newest are not taken in. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Of the notice that came last: a view gets those after the one that was last when it began. */
  get serial(): number {
    return this.#serial;
  }

  get isEmpty(): boolean {
    return this.#pending.length === 0;
  }

  status(status: AgentStatusView): void {
    this.#add({ kind: 'agent-status', serial: this.#next(), status });
  }

  started(interaction: Interaction): void {
    if (this.#isFull) return;
    this.#addCard('interaction-start', interaction);
  }

  /** Changes of one interaction that wait together are one, the latest. */
  changed(interaction: Interaction): void {
    if (this.#pending.length >= this.#limit) return;
    for (let index = this.#pending.length - 1; index >= 0; index -= 1) {
      const notice = this.#pending[index] as Pending;
      if (notice.kind === 'interaction-end' && notice.interaction === interaction) break;
      if (notice.kind === 'interaction-change' && notice.guid === interaction.guid) {
        notice.card = liveCard(interaction.guid, interaction.state, undefined);
        notice.caller = interaction.state.caller;
        return;
      }
    }
    this.#addCard('interaction-change', interaction);
  }

  /** `context` without a mask: the mask is each view's own. */
  ended(interaction: Interaction, context: RowContext): void {
    if (this.#isFull) return;
    const row = interactionRow(`i:${interaction.guid}`, interaction, context);
    this.#add({ kind: 'interaction-end', serial: this.#next(), interaction, row });
  }

  screenPop(interaction: Interaction, moment: 'offered' | 'accepted'): void {
    if (this.#isFull) return;
    const { guid, state } = interaction;
    const card = liveCard(guid, state, undefined);
    this.#add({ kind: 'screen-pop', serial: this.#next(), moment, card, caller: state.caller });
  }

  /** Those of one view, masked as it asks. */
  for(request: FeedRequest, afterSerial: number, context: RowContext): readonly Notice[] {
    const notices: Notice[] = [];
    for (const pending of this.#pending) {
      if (pending.serial <= afterSerial) continue;
      const notice = noticeOf(pending, request, context);
      if (notice !== undefined) notices.push(notice);
    }
    return notices;
  }

  clear(): void {
    if (this.#pending.length > 0) this.#pending = [];
    this.#changes = 0;
  }

  /** Asked before a card is made for nothing. */
  get #isFull(): boolean {
    return this.#pending.length >= this.#limit && this.#changes === 0;
  }

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }

  #addCard(kind: CardNotice, interaction: Interaction): void {
    const { guid, state } = interaction;
    const card = liveCard(guid, state, undefined);
    this.#add({ kind, serial: this.#next(), guid, card, caller: state.caller });
  }

  #add(notice: Pending): void {
    if (this.#pending.length >= this.#limit && !this.#dropAChange()) return;
    if (notice.kind === 'interaction-change') this.#changes += 1;
    this.#pending.push(notice);
  }

  #dropAChange(): boolean {
    if (this.#changes === 0) return false;
    const index = this.#pending.findIndex(({ kind }) => kind === 'interaction-change');
    this.#pending.splice(index, 1);
    this.#changes -= 1;
    return true;
  }
}

function noticeOf(pending: Pending, request: FeedRequest, context: RowContext): Notice | undefined {
  switch (pending.kind) {
    case 'agent-status':
      if (request.agentId !== undefined && request.agentId !== pending.status.agentId) return undefined;
      return { kind: 'agent-status', status: pending.status };
    case 'interaction-start':
    case 'interaction-change':
      return { kind: pending.kind, card: withCaller(pending.card, pending.caller, request) };
    case 'screen-pop':
      return {
        kind: 'screen-pop',
        moment: pending.moment,
        card: withCaller(pending.card, pending.caller, request),
      };
    case 'interaction-end':
      return { kind: 'interaction-end', row: endedRow(pending.interaction, pending.row, request, context) };
    default:
      return pending satisfies never;
  }
}

/** Who hung up often comes a moment after the end, so a row that is still ended is told as it is now. */
function endedRow(
  interaction: Interaction,
  row: InteractionRow,
  request: FeedRequest,
  context: RowContext,
): InteractionRow {
  if (interaction.state.end !== undefined) return interactionRow(row.id, interaction, context);
  return { ...row, caller: maskCaller(row.caller, request.mask) };
}

function withCaller(card: LiveCard, caller: Caller | undefined, request: FeedRequest): LiveCard {
  return { ...card, caller: maskCaller(caller, request.mask) };
}
