/** The feed's own attributes, checked: each with its value or its default, and what is wrong with it. Pure. */
import { numberWithin, oneOf } from './attribute-checks.js';

const MASKS = ['all', 'numbers', 'none'] as const;
const GROUPS = ['interaction', 'none'] as const;
const MOMENTS = ['offered', 'accepted', 'off'] as const;
const ITEMS = { min: 1, max: 500, isWhole: true, fallback: 50 } as const;
const HEADING_LEVELS = { min: 1, max: 6, isWhole: true, fallback: 2 } as const;

export interface FeedAttributes {
  readonly maxItems: number | null;
  readonly headingLevel: number | null;
  readonly group: string | null;
  readonly mask: string | null;
  readonly screenPop: string | null;
}

export function feedSettings({ maxItems, headingLevel, group, mask, screenPop }: FeedAttributes) {
  return {
    maxItems: numberWithin('max-items', maxItems, ITEMS),
    headingLevel: numberWithin('heading-level', headingLevel, HEADING_LEVELS),
    group: oneOf('group', group, GROUPS, 'interaction'),
    mask: oneOf('mask', mask, MASKS, 'all'),
    screenPop: oneOf('screen-pop', screenPop, MOMENTS, 'offered'),
  } as const;
}
