/**
 * The course of one talk, drawn in advance. Owns what happens in a talk and how it ends; refuses to own timers, so
 * that the whole plan is one pure draw from the interaction's chance.
 */
import type { Random } from './random.js';
import type { Media } from './roster.js';

/** What can happen while agent and customer are connected. */
export type TalkStep =
  | { readonly kind: 'hold'; readonly isOn: boolean; readonly atMs: number }
  | { readonly kind: 'mute'; readonly isOn: boolean; readonly atMs: number }
  | { readonly kind: 'recording'; readonly status: 'pause' | 'resume'; readonly atMs: number };

/** How a talk ends. */
export type TalkEnding = 'customer' | 'agent' | 'failure' | 'transferToQueue' | 'transferToAgent';

/** A talk from the moment of connection. */
export interface TalkPlan {
  readonly steps: readonly TalkStep[];
  readonly endMs: number;
  readonly ending: TalkEnding;
}

/** What the plan depends on. */
export interface TalkSituation {
  readonly media: Media;
  readonly isRecorded: boolean;
  /** Only inbound interactions that were not transferred before are transferred: chains stay short. */
  readonly isTransferable: boolean;
}

/** Draws a talk. Steps come in order, do not overlap, and each is undone before the next, except a hold in which the customer gives up. */
export function drawTalk(random: Random, situation: TalkSituation): TalkPlan {
  if (situation.media === 'chat') {
    const endMs = random.between(50_000, 190_000);
    return {
      steps: [],
      endMs,
      ending: random.weighted([
        [6, 'customer'],
        [4, 'agent'],
      ]),
    };
  }
  const steps: TalkStep[] = [];
  let clockMs = random.between(6_000, 25_000);
  const during = (lowMs: number, highMs: number, step: (isOn: boolean) => TalkStep): void => {
    steps.push(step(true));
    clockMs += random.between(lowMs, highMs);
    steps.push(step(false));
    clockMs += random.between(5_000, 20_000);
  };
  if (random.chance(0.22)) during(2_000, 9_000, (isOn) => ({ kind: 'mute', isOn, atMs: clockMs }));
  if (situation.isRecorded && random.chance(0.25)) {
    during(8_000, 20_000, (isOn) => ({
      kind: 'recording',
      status: isOn ? 'pause' : 'resume',
      atMs: clockMs,
    }));
  }
  if (random.chance(0.35)) during(6_000, 30_000, (isOn) => ({ kind: 'hold', isOn, atMs: clockMs }));
  if (random.chance(0.12)) during(8_000, 30_000, (isOn) => ({ kind: 'hold', isOn, atMs: clockMs }));
  if (random.chance(0.03)) {
    steps.push({ kind: 'hold', isOn: true, atMs: clockMs });
    return { steps, endMs: clockMs + random.between(15_000, 45_000), ending: 'customer' };
  }
  const ending = random.weighted<TalkEnding>([
    [58, 'customer'],
    [28, 'agent'],
    [2, 'failure'],
    ...(situation.isTransferable
      ? ([
          [6, 'transferToQueue'],
          [5, 'transferToAgent'],
        ] as const)
      : []),
  ]);
  return { steps, endMs: clockMs + random.between(8_000, 75_000), ending };
}
