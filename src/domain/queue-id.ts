/**
 * Finds the queue that an event is about. The two published shapes of `que` disagree: `tenant~~1162~~phone~~<guid>`
 * in the field reference, `tenant~~queue~~phone~~591` in the samples, so the last part that is all digits counts.
 */
import { withoutUuid } from './agent-id.js';
import { isAllDigits, MAX_ID_LENGTH, readText } from './fields.js';

const SEPARATOR = '~~';

/** First present of `queueId`, attached `que`, first of `queueList`; the interaction's latest queue is the caller's to add. */
export function readQueueId(queueId: unknown, que: unknown, queueList: unknown): string | undefined {
  return readId(queueId) ?? lastDigitsOf(que) ?? firstOf(queueList);
}

/** Queue and media at the end of a skill id: `tenant01-phone-529-<uuid>` or `tenant01-<agent>-phone-529-<uuid>`. */
export function readSkill(value: unknown): { readonly queueId: string; readonly media: string } | undefined {
  const text = readText(value, MAX_ID_LENGTH);
  if (text === undefined) return undefined;
  const bare = withoutUuid(text);
  const numberAt = bare.lastIndexOf('-') + 1;
  if (numberAt === 0 || !isAllDigits(bare, numberAt)) return undefined;
  const mediaAt = bare.lastIndexOf('-', numberAt - 2) + 1;
  return { queueId: bare.slice(numberAt), media: bare.slice(mediaAt, numberAt - 1) };
}

/** `N/A` and 0 stand for "none" in 8x8's outbound samples. */
function readId(value: unknown): string | undefined {
  const text = readText(value, MAX_ID_LENGTH);
  return text === undefined || text === '0' || text === 'N/A' ? undefined : text;
}

function lastDigitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return readId(value);
  if (typeof value !== 'string' || value.length > 4 * MAX_ID_LENGTH) return undefined;
  let end = value.length;
  while (end > 0) {
    const separator = value.lastIndexOf(SEPARATOR, end - 1);
    const start = separator < 0 ? 0 : separator + SEPARATOR.length;
    if (isAllDigits(value, start, end)) return readId(value.slice(start, end));
    if (separator <= 0) return undefined;
    end = separator;
  }
  return undefined;
}

function firstOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return readId(value[0]);
  if (typeof value !== 'string') return readId(value);
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index];
    if (character === ',' || character === ';') return readId(value.slice(0, index));
  }
  return readId(value);
}
