/**
 * One tab of several, watched for the phases of what it is told: when each event was taken in, on which opening, and what the
 * page was shown then. Sockets are shared, so an opening is known by the tab's count of them.
 */
import type { EventPhase } from '../../../../src/protocol/stream-event.js';
import type { SharedStream, SharingTab } from '../../../worker/support/shared-stream.js';
import type { Span } from '../../../worker/support/tab-browser.js';
import { phaseFailures, type Opening, type Told } from '../phase-judgement.js';

/** What is published as a computer falls asleep may be on its way, and what is as it wakes comes at once. */
const EDGE_MS = 3_000;

interface Taken {
  readonly seq: number;
  readonly phase: EventPhase;
  readonly opening: number;
  readonly at: number;
}

interface Shown {
  readonly at: number;
  readonly isLive: boolean;
  /** Nothing is open while a tab dials for the first time, which counts as its first opening too. */
  readonly isOpen: boolean;
  readonly opening: number;
}

/** An unstable connection may be open or not. */
const OPEN: readonly string[] = ['catching-up', 'live', 'unstable'];

export class TabPhases {
  readonly tab: SharingTab;
  readonly #shared: SharedStream;
  readonly #openedAt: number;
  readonly #taken: Taken[] = [];
  readonly #shown: Shown[] = [];

  constructor(shared: SharedStream) {
    this.#shared = shared;
    this.#openedAt = shared.clock.now;
    this.tab = shared.open();
    const { model, wakes } = this.tab;
    wakes.start();
    this.tab.shown = (kind) => {
      const [isLive, isOpen] = [kind === 'live', OPEN.includes(kind)];
      this.#shown.push({ at: shared.clock.now, isLive, isOpen, opening: this.#opening });
    };
    model.heard = ({ messageId, phase }) =>
      this.#taken.push({ seq: this.#seqOf(messageId), phase, opening: this.#opening, at: shared.clock.now });
  }

  /** @param asleep when the computer slept */
  failures(skewMs: number, asleep: readonly Span[]): readonly string[] {
    const openings = this.#openings();
    const told = this.#taken.map(({ seq, phase, opening }): Told => {
      const publishedAt = (this.#shared.broker.everything[seq]?.publishTime ?? NaN) + skewMs;
      const shown = this.#shown.findLast(({ at }) => at < publishedAt);
      const wasShownLive = shown?.isLive === true && shown.opening === opening;
      return { seq, phase, publishedAt, openings: openings.get(opening) ?? [], wasShownLive };
    });
    const slept = told
      .filter(({ phase, publishedAt }) => {
        const span = asleep.find((one) => isWithin(one, publishedAt));
        return phase === 'live' && span !== undefined && knowsClock(span, told);
      })
      .map(({ seq }) => `message ${seq} is live: the computer slept when it was published`);
    // What was on its way while the tab slept, or stood still, may be told either way.
    const still = [...this.tab.slept, ...this.tab.tab.hung];
    const awake = told.filter(({ publishedAt }, i) => {
      const takenAt = this.#taken[i]?.at ?? NaN;
      return !still.some(({ from, until }) => publishedAt < until + EDGE_MS && takenAt > from - EDGE_MS);
    });
    const { found } = this.tab;
    const seen = found === undefined ? undefined : this.#seqOf(found.messageId);
    return [...slept, ...phaseFailures(awake, { seen, skewMs, firstOpenedAt: this.#openedAt })];
  }

  /** Of each: itself, and the one since which the page has been live, where another tab's socket was taken over. */
  #openings(): ReadonlyMap<number, readonly Opening[]> {
    const openings = new Map<number, readonly Opening[]>();
    let since: Opening | undefined;
    for (const { isLive, opening, ...shown } of this.#shown) {
      if (!openings.has(opening)) {
        const open = this.#shown.find((one) => one.opening === opening && one.isOpen);
        const one = { at: (open ?? shown).at, mayCatchUpEarly: false };
        openings.set(opening, since === undefined ? [one] : [since, one]);
      }
      since = isLive ? (since ?? openings.get(opening)?.[0]) : undefined;
    }
    return openings;
  }

  get #opening(): number {
    return this.tab.stream.diagnostics().counts.reconnects;
  }

  #seqOf(messageId: string): number {
    return this.#shared.broker.everything.findIndex(({ text }) => text === messageId);
  }
}

function isWithin({ from, until }: Span, at: number): boolean {
  return at > from + EDGE_MS && at < until - EDGE_MS;
}

/** Nobody knows a clock before the first live message: where that was slept through, the clock is set by it. */
function knowsClock({ from }: Span, told: readonly Told[]): boolean {
  return told.some(({ phase, publishedAt }) => phase === 'live' && publishedAt < from - EDGE_MS);
}
