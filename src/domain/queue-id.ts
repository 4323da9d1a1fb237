/**
 * Finds the queue that an event is about. The two published shapes of `que` disagree: `tenant~~1162~~phone~~<guid>`
 * in the field reference, `tenant~~queue~~phone~~591` in the samples, so the last part that is all digits counts.
 */
import { MAX_ID_LENGTH, readList, readText } from './fields.js';

const LAST_DIGITS = /^(?:.*~~)?(\d+)(?:~~|$)/;

/** Media and queue, then perhaps a UUID. */
const END_OF_SKILL = /([^-]*)-(\d+)(?:-.{8}-.{4}-.{4}-.{4}-.{12})?$/;

/** First present of `queueId`, attached `que`, first of `queueList`; the interaction's latest queue is the caller's to add. */
export function readQueueId(queueId: unknown, que: unknown, queueList: unknown): string | undefined {
  return readId(queueId) ?? lastDigitsOf(que) ?? readId(readList(queueList, 1)[0]);
}

/** Queue and media at the end of a skill id: `tenant01-phone-529-<uuid>` or `tenant01-<agent>-phone-529-<uuid>`. */
export function readSkill(value: unknown): { readonly queueId: string; readonly media: string } | undefined {
  const [, media, queueId] = END_OF_SKILL.exec(readText(value, MAX_ID_LENGTH) ?? '') ?? [];
  return media === undefined || queueId === undefined ? undefined : { queueId, media };
}

/** `N/A` and 0 stand for "none" in 8x8's outbound samples. */
function readId(value: unknown): string | undefined {
  const text = readText(value, MAX_ID_LENGTH);
  return text === '0' || text === 'N/A' ? undefined : text;
}

function lastDigitsOf(value: unknown): string | undefined {
  const text = readText(value, 4 * MAX_ID_LENGTH);
  return text === undefined ? undefined : readId(LAST_DIGITS.exec(text)?.[1]);
}
