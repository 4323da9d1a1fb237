/** The feed's own attributes, by property: what each may say and its default. */
import { numberWithin, oneOf } from './attribute-checks.js';

export const FEED_CHECKS = {
  maxItems: numberWithin(1, 500, 50, 'whole '),
  headingLevel: numberWithin(1, 6, 2, 'whole '),
  group: oneOf(['interaction', 'none'], 'interaction'),
  mask: oneOf(['all', 'numbers', 'none'], 'all'),
  screenPop: oneOf(['offered', 'accepted', 'off'], 'offered'),
} as const;
