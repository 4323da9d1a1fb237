/** The tile's own attributes, by property: what each may say and its default. */
import { numberWithin, oneOf } from './attribute-checks.js';
import { WINDOWS } from './tile-window.js';

export const TILE_CHECKS = {
  window: oneOf(WINDOWS, '30m'),
  /** 20 s: the threshold that contact centres mean when they say no other. */
  slaThreshold: numberWithin(1, 86_400, 20),
  slaTarget: numberWithin(1, 100, undefined),
  /** 5 s: what 8x8 Analytics calls a short abandon. */
  shortAbandon: numberWithin(0, 600, 5),
} as const;
