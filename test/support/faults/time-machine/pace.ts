/** What the time machine is told, over a channel that pages and workers of one origin share. */
export const CHANNEL = 'x8-time-machine';

export type TimeMessage =
  /** From a worker that has just started: how fast does time run? */
  | { readonly kind: 'hello' }
  /** From here on time runs so many times faster. */
  | { readonly kind: 'pace'; readonly factor: number }
  /** The computer slept for so long: the clock has gone on, timers have not. */
  | { readonly kind: 'sleep'; readonly ms: number }
  /** Somebody has set the clock back by so much. */
  | { readonly kind: 'set-back'; readonly ms: number };
