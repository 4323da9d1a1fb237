/** Words and formats of the page. */
export { en } from './en.js';
export { formatDuration } from './format-duration.js';
export { isolate, isolatedPieces, withoutIsolates } from './isolate.js';
export type * from './messages.js';
export { createWording, UNKNOWN } from './wording.js';
export type { Wording } from './wording.js';
