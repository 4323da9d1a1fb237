/**
 * What must hold of the phases of one visit (docs/protocol.md, "Resume", 5 and 6), whatever went wrong: what was there before
 * the socket opened is not live, what was published after it is; what an earlier visit had is replayed, and nothing else;
 * and on one socket the phases never go back. Pure: it is told what came, when that was published and how it came.
 */
import type { EventPhase } from '../../../src/protocol/stream-event.js';

/** A socket, or what stands for one, as one who knows all times sees it. */
export interface Opening {
  readonly at: number;
  /**
   * Messages lay at the service while it answered questions: it looks as if it had no more, so that what comes then is live,
   * and by how late that is the clocks are compared from then on. An opening at the end too: there is nothing to catch up with.
   */
  readonly mayCatchUpEarly: boolean;
}

export interface Told {
  readonly seq: number;
  readonly phase: EventPhase;
  /** By the clock of the openings. */
  readonly publishedAt: number;
  /** All that brought it: it may have been lost on the way to the page. */
  readonly openings: readonly Opening[];
  /** When it was published, the page was shown as live on the socket that brought it. */
  readonly wasShownLive: boolean;
}

export interface PhaseRules {
  /** The last message of an earlier visit; `undefined`: there was none; `unknowable`: what was known of it is no longer true. */
  readonly seen: number | undefined | 'unknowable';
  /** The computer's clock less the service's: so long before or after an opening nobody can tell. */
  readonly skewMs: number;
  /** When the first socket opened. */
  readonly firstOpenedAt: number;
}

const ORDER: readonly EventPhase[] = ['replayed', 'missed', 'live'];

/** A handshake that is under way on one side and over on the other, and a computer that wakes in it. */
const HANDSHAKE_MS = 1_000;

export function phaseFailures(told: readonly Told[], rules: PhaseRules): readonly string[] {
  const backwards = told.flatMap((one, i) => {
    const before = told[i - 1];
    const isBack = before !== undefined && ORDER.indexOf(one.phase) < ORDER.indexOf(before.phase);
    return isBack && isOneSocket(before, one)
      ? [`message ${one.seq} is ${one.phase} after message ${before.seq}, which was ${before.phase}`]
      : [];
  });
  return [...told.flatMap((one) => ofOne(one, rules)), ...backwards];
}

function ofOne(one: Told, rules: PhaseRules): readonly string[] {
  const { seq, phase, publishedAt, openings, wasShownLive } = one;
  const { seen, skewMs } = rules;
  const says = (why: string): readonly string[] => [`message ${seq} is ${phase}: ${why}`];
  const wasSeen = typeof seen === 'number' && seq <= seen;
  if (wasSeen && phase !== 'replayed') return says('an earlier visit had it');
  // A computer that is behind takes its own opening for an earlier one; once it knows, no time proves anything to it.
  const earlyMs = HANDSHAKE_MS + Math.max(0, -skewMs);
  const lateMs = skewMs < 0 ? Infinity : HANDSHAKE_MS + skewMs;
  const isOld = openings.every(({ at, mayCatchUpEarly }) => !mayCatchUpEarly && publishedAt < at - earlyMs);
  const isNew = openings.every(({ at }) => publishedAt > at + lateMs);
  if (phase === 'live') return isOld ? says('it was there before the socket') : [];
  if (wasShownLive) return says('the page was live when it was published');
  if (isNew && !wasSeen) return says('it was published after the opening');
  if (phase === 'replayed' && typeof seen === 'number' && !wasSeen) return says('no earlier visit had it');
  const isHistory = seen === undefined && publishedAt < rules.firstOpenedAt - Math.abs(skewMs) - HANDSHAKE_MS;
  return phase === 'missed' && isHistory ? says('nobody was away, there was no earlier visit') : [];
}

function isOneSocket(a: Told, b: Told): boolean {
  return a.openings.length === 1 && b.openings.length === 1 && a.openings[0] === b.openings[0];
}
