/** The bench's arithmetic: how fast a receiver was, from samples of how far it had come. Pure. */

/** `[ms since the dial, messages answered]`, in the order of time. */
export type Samples = readonly (readonly [number, number])[];

/**
 * Messages a second between the first sample that has `after` messages and the last one that still lacks some of
 * `count`: the very last sample may have stood still for up to the time between two. From 0 on, the dial is included.
 */
export function intakeRate(samples: Samples, after: number, count: number): number {
  const running = samples.filter(([, answered]) => answered < count);
  const from = after === 0 ? ([0, 0] as const) : running.find(([, answered]) => answered >= after);
  const to = running.at(-1);
  if (from === undefined || to === undefined || to[1] <= from[1])
    throw new Error(`${count} messages are too few to measure what comes after ${after}`);
  return ((to[1] - from[1]) / (to[0] - from[0])) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
