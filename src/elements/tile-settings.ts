/** The tile's own attributes, checked: each with its value or its default, and what is wrong with it. Pure. */
import { numberWithin, oneOf } from './attribute-checks.js';
import { WINDOWS } from './tile-window.js';

/** 20 s: the threshold that contact centres mean when they say no other. */
const SLA_THRESHOLD = { min: 1, max: 86_400, isWhole: false, fallback: 20 } as const;
const SLA_TARGET = { min: 1, max: 100, isWhole: false, fallback: undefined } as const;
/** 5 s: what 8x8 Analytics calls a short abandon. */
const SHORT_ABANDON = { min: 0, max: 600, isWhole: false, fallback: 5 } as const;

export interface TileAttributes {
  readonly window: string | null;
  readonly slaThreshold: number | null;
  readonly slaTarget: number | null;
  readonly shortAbandon: number | null;
}

export function tileSettings({ window, slaThreshold, slaTarget, shortAbandon }: TileAttributes) {
  return {
    window: oneOf('window', window, WINDOWS, '30m'),
    slaThreshold: numberWithin('sla-threshold', slaThreshold, SLA_THRESHOLD),
    slaTarget: numberWithin('sla-target', slaTarget, SLA_TARGET),
    shortAbandon: numberWithin('short-abandon', shortAbandon, SHORT_ABANDON),
  } as const;
}
