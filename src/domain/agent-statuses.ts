/**
 * Which state each agent is in, since when, and which of the changes are told. Keeps the states in the order of their
 * times, so that a late message neither turns the clock back nor is lost.
 */
import type { AgentStatusEvent } from '../protocol/stream-event.js';
import type { AgentStatusView } from '../protocol/views.js';
import { isWorthARow, toneOfStatus } from './agent-status.js';
import type { Entry } from './entry.js';
import type { RowSource, RowTimeline } from './row-source.js';
import { isSameState, StatusPeriod } from './status-period.js';
import { placeOf } from './time-order.js';

/** Agents followed at once; the largest tenants have a few thousand. The one heard of longest ago goes first. */
export const MAX_AGENTS = 5_000;

/** States kept per agent: an older message than the last 20 states is no longer put in its place. */
const MAX_PERIODS = 20;

interface AgentHistory {
  /** Oldest first. */
  readonly periods: StatusPeriod[];
  /** The one that was dropped last: tells whether "available" follows the agent's own work. */
  before: StatusPeriod | undefined;
}

export class AgentStatuses {
  readonly #agents = new Map<string, AgentHistory>();
  #newest: StatusPeriod | undefined;

  /** The agent's present state if this event changed it. */
  take(entry: Entry, event: AgentStatusEvent, timeline: RowTimeline): AgentStatusView | undefined {
    const history = this.#historyOf(event.agentId);
    const { periods } = history;
    const last = periods.at(-1);
    const period = new StatusPeriod(event, entry);
    const index = placeOf(periods, period, isSameState);
    if (index < 0) return undefined;
    periods.splice(index, 0, period);
    const isFull = periods.length > MAX_PERIODS;
    if (isFull) history.before = periods.shift();
    settle(history, isFull ? Math.max(0, index - 1) : index, timeline);
    if (this.#newest === undefined || period.at >= this.#newest.at) this.#newest = period;
    const isChange = periods.at(-1) === period && (last === undefined || !isSameState(last, period));
    return isChange ? viewOf(history) : undefined;
  }

  /** Of one agent, or of the agent of the newest status event. */
  current(agentId: string | undefined): AgentStatusView | undefined {
    const id = agentId ?? this.#newest?.event.agentId;
    const history = id === undefined ? undefined : this.#agents.get(id);
    return history === undefined ? undefined : viewOf(history);
  }

  #historyOf(agentId: string): AgentHistory {
    const known = this.#agents.get(agentId);
    if (known !== undefined) return known;
    const [oldest] = this.#agents.keys();
    if (oldest !== undefined && this.#agents.size >= MAX_AGENTS) this.#agents.delete(oldest);
    const history: AgentHistory = { periods: [], before: undefined };
    this.#agents.set(agentId, history);
    return history;
  }
}

/** Which periods are rows and how long each lasted, from one that was put in onwards. */
function settle({ before, periods }: AgentHistory, index: number, timeline: RowTimeline): void {
  let previous = periods[index - 1] ?? before;
  for (const period of periods.slice(index)) {
    const { event, row } = period;
    const isRepeated = previous !== undefined && isSameState(previous, period);
    if (previous !== undefined && !isRepeated) previous.head.until = period.at;
    period.head = isRepeated ? (previous?.head ?? period) : period;
    const isRow = !isRepeated && isWorthARow(event.status, previous?.event.status);
    if (isRow && row === undefined) {
      const source: RowSource = {
        kind: 'status',
        key: Math.max(period.at, timeline.floor),
        serial: 0,
        period,
      };
      period.row = source;
      timeline.insert(source);
    } else if (!isRow && row !== undefined) {
      timeline.remove(row);
      period.row = undefined;
    }
    previous = period;
  }
}

function viewOf({ periods }: AgentHistory): AgentStatusView | undefined {
  const last = periods.at(-1);
  if (last === undefined) return undefined;
  const { agentId, status, reason } = last.event;
  return { agentId, status, since: last.head.at, reason, tone: toneOfStatus(status) };
}
