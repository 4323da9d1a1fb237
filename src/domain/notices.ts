/**
 * What happened once, live, and becomes a DOM event of the page. A card in a notice is as it was at that moment, not as
 * it is when the page gets round to it; who calls is masked per view when the notices are handed over.
 */
import type { Notice } from '../protocol/messages.js';
import type { AgentStatusView, FeedRequest } from '../protocol/views.js';
import type { Interaction, ScreenPopMoment } from './interaction.js';
import { liveCard } from './live-card.js';
import { maskCaller } from './mask.js';
import { interactionRow, type RowContext } from './rows.js';

/** More at once than a page can make sense of: a replay makes none, and changes of one interaction are merged. */
export const MAX_NOTICES = 64;

interface Pending {
  readonly serial: number;
  readonly interaction: Interaction | undefined;
  /** As it was then, without a mask. */
  notice: Notice;
}

export class Notices {
  readonly #limit: number;
  #pending: Pending[] = [];
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
    this.#add({ kind: 'agent-status', status });
  }

  started(interaction: Interaction): void {
    this.#add({ kind: 'interaction-start', card: cardOf(interaction) }, interaction);
  }

  /** Changes of one interaction that wait together are one, the latest. */
  changed(interaction: Interaction): void {
    const notice: Notice = { kind: 'interaction-change', card: cardOf(interaction) };
    for (let index = this.#pending.length - 1; index >= 0; index -= 1) {
      const earlier = this.#pending[index] as Pending;
      if (earlier.interaction !== interaction) continue;
      if (earlier.notice.kind === 'interaction-end') break;
      if (earlier.notice.kind !== 'interaction-change') continue;
      earlier.notice = notice;
      return;
    }
    if (this.#pending.length < this.#limit) this.#add(notice, interaction);
  }

  /** `context` without a mask: the mask is each view's own. */
  ended(interaction: Interaction, context: RowContext): void {
    const row = interactionRow(`i:${interaction.guid}`, interaction, context);
    this.#add({ kind: 'interaction-end', row }, interaction);
  }

  screenPop(interaction: Interaction, moment: ScreenPopMoment): void {
    this.#add({ kind: 'screen-pop', moment, card: cardOf(interaction) }, interaction);
  }

  /** Those of one view, masked as it asks. */
  for(request: FeedRequest, afterSerial: number, context: RowContext): readonly Notice[] {
    return this.#pending
      .filter(({ serial, notice }) => serial > afterSerial && isFor(request, notice))
      .map((pending) => shown(pending, context));
  }

  clear(): void {
    if (this.#pending.length > 0) this.#pending = [];
  }

  #add(notice: Notice, interaction?: Interaction): void {
    this.#serial += 1;
    if (this.#pending.length >= this.#limit) {
      const change = this.#pending.findIndex((pending) => pending.notice.kind === 'interaction-change');
      if (change < 0) return;
      this.#pending.splice(change, 1);
    }
    this.#pending.push({ serial: this.#serial, interaction, notice });
  }
}

function cardOf({ guid, state }: Interaction): ReturnType<typeof liveCard> {
  return liveCard(guid, state, state.caller);
}

function isFor({ agentId }: FeedRequest, notice: Notice): boolean {
  return notice.kind !== 'agent-status' || agentId === undefined || agentId === notice.status.agentId;
}

function shown({ interaction, notice }: Pending, context: RowContext): Notice {
  switch (notice.kind) {
    case 'agent-status':
      return notice;
    case 'interaction-end': {
      const { row } = notice;
      // Who hung up often comes a moment after the end, so a row that is still ended is told as it is now.
      return interaction?.state.end === undefined
        ? { ...notice, row: { ...row, caller: maskCaller(row.caller, context.mask) } }
        : { ...notice, row: interactionRow(row.id, interaction, context) };
    }
    case 'interaction-start':
    case 'interaction-change':
    case 'screen-pop': {
      const { card } = notice;
      return { ...notice, card: { ...card, caller: maskCaller(card.caller, context.mask) } };
    }
    default:
      return notice satisfies never;
  }
}
