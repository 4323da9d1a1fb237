/**
 * What happened once, live, and becomes a DOM event of the page. A card in a notice is as it was at that moment, not as
 * it is when the page gets round to it; who calls is masked per view when the notices are handed over.
 *
 * For a page that asks for each event none is left out: what waits is bounded from outside, because the worker takes no more
 * events in while {@link Notices.size} is large. For any other page {@link MAX_NOTICES} wait at most, and how many are left out
 * is said (docs/decisions/0018). A replay makes none, and changes of one interaction are merged.
 */
import type { Notice } from '../protocol/messages.js';
import type { AgentStatusView, FeedRequest } from '../protocol/views.js';
import type { Interaction, ScreenPopMoment } from './interaction.js';
import { liveCard } from './live-card.js';
import { maskCaller } from './mask.js';
import { interactionRow, type RowContext } from './rows.js';

/** More at once than a page can make sense of. */
export const MAX_NOTICES = 64;

interface Pending {
  serial: number;
  readonly interaction: Interaction | undefined;
  /** As it was then, without a mask. */
  notice: Notice;
}

export class Notices {
  readonly #areAllWanted: () => boolean;
  #pending: Pending[] = [];
  #omitted = 0;
  /** By interaction: the change that a later one takes the place of. */
  readonly #changes = new Map<Interaction, Pending>();
  #serial = 0;

  constructor(areAllWanted: () => boolean) {
    this.#areAllWanted = areAllWanted;
  }

  /** Of the notice that came last: a view gets those after the one that was last when it began. */
  get serial(): number {
    return this.#serial;
  }

  get size(): number {
    return this.#pending.length;
  }

  /** How many were left out since it was asked last. */
  takeOmitted(): number {
    const omitted = this.#omitted;
    this.#omitted = 0;
    return omitted;
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
    const earlier = this.#changes.get(interaction);
    if (earlier !== undefined) {
      earlier.notice = notice;
      // For a view that began after the earlier one too.
      earlier.serial = ++this.#serial;
      return;
    }
    const added = this.#add(notice, interaction);
    if (added !== undefined) this.#changes.set(interaction, added);
  }

  /** `context` without a mask: the mask is each view's own. */
  ended(interaction: Interaction, context: RowContext): void {
    const row = interactionRow(`i:${interaction.guid}`, interaction, context);
    this.#add({ kind: 'interaction-end', row }, interaction);
    this.#changes.delete(interaction);
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
    if (this.#pending.length === 0) return;
    this.#pending = [];
    this.#changes.clear();
  }

  #add(notice: Notice, interaction?: Interaction): Pending | undefined {
    if (this.#pending.length >= MAX_NOTICES && !this.#areAllWanted()) {
      this.#omitted += 1;
      return undefined;
    }
    this.#serial += 1;
    const pending = { serial: this.#serial, interaction, notice };
    this.#pending.push(pending);
    return pending;
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
