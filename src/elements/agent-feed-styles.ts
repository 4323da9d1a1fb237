/** All of the feed's styles. Each file owns its part of the box; none relies on its place here. */
import { feedFaceStyles } from './styles/feed-face-styles.js';
import { feedLayoutStyles } from './styles/feed-layout-styles.js';
import { historyStyles } from './styles/history-styles.js';
import { liveCardStyles } from './styles/live-card-styles.js';
import { phaseStyles } from './styles/phase-styles.js';
import { rowStyles } from './styles/row-styles.js';

export const feedStyles = [
  feedLayoutStyles,
  phaseStyles,
  liveCardStyles,
  historyStyles,
  rowStyles,
  feedFaceStyles,
];
