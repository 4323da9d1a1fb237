/** What a live card's clocks show, computed from its timestamps: pure, so a late tick cannot drift. */
import type { LiveCard, PhaseDurations } from '../protocol/views.js';

/** ms in the running phase; a clock that runs behind the service's shows 0, never a negative time. */
export function runningMs(card: LiveCard, now: number): number {
  return Math.max(0, now - card.phaseSince);
}

/** Time in each phase with the running one included. */
export function durationsAt(card: LiveCard, now: number): PhaseDurations {
  return { ...card.durations, [card.phase]: (card.durations[card.phase] ?? 0) + runningMs(card, now) };
}

/** The large timer: time with the customer (talk and hold together) once answered, else time in the phase. */
export function cardTimerMs(card: LiveCard, now: number): number {
  const running = runningMs(card, now);
  return card.state === 'on-call' || card.state === 'on-hold'
    ? (card.durations.talk ?? 0) + (card.durations.hold ?? 0) + running
    : running;
}

export interface RingCountdown {
  readonly elapsedS: number;
  readonly limitS: number;
  /** 0 to 1. */
  readonly share: number;
}

/** `undefined` when the card does not ring or nobody said how long the agent has. */
export function ringCountdown(card: LiveCard, now: number): RingCountdown | undefined {
  if (card.state !== 'ringing' || card.ringLimitMs === undefined || card.ringLimitMs <= 0) return undefined;
  const elapsedMs = Math.min(runningMs(card, now), card.ringLimitMs);
  return {
    elapsedS: Math.floor(elapsedMs / 1000),
    limitS: Math.round(card.ringLimitMs / 1000),
    share: elapsedMs / card.ringLimitMs,
  };
}
