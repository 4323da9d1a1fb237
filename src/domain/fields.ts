/**
 * Reads one value of a payload, whatever JSON type it came in. 8x8 drops the quotes of any text that looks like a
 * number or a boolean, value by value (field reference, "JSON types are not fixed per field"), so every reader accepts
 * both spellings. A reader answers `undefined` for what it cannot use; none throws.
 */

/** Longest name that is kept: the widest card shows about 60 characters. */
export const MAX_NAME_LENGTH = 120;

/** Longest id that is kept: interaction GUIDs of the public samples have 60 to 66 characters. */
export const MAX_ID_LENGTH = 120;

export type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = {};

const SPACE = 0x20;

/** The object under a key, or an empty one: a missing or wrongly shaped part is no reason to lose the event. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : NO_FIELDS;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number, trimmed and bounded; `undefined` when empty. */
export function readText(value: unknown, maxLength: number): string | undefined {
  if (typeof value === 'string') return bounded(value, maxLength);
  if (typeof value === 'number' && Number.isFinite(value)) return bounded(String(value), maxLength);
  return undefined;
}

/** A text as it came, in any case, compared without regard to it; `undefined` for anything but short text. */
export function readWord(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH) return undefined;
  return value.trim().toLowerCase();
}

export function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  switch (readWord(value)) {
    case 'true':
    case 'yes':
      return true;
    case 'false':
    case 'no':
      return false;
    default:
      return undefined;
  }
}

/** A finite number, or one that came as digits in quotes. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length === 0 || value.length > 20) return undefined;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' ? number : undefined;
}

/** A whole number from 0 to `max`. */
export function readCode(value: unknown, max: number): number | undefined {
  const number = readNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= max
    ? number
    : undefined;
}

export function isDigit(charCode: number): boolean {
  return charCode >= 0x30 && charCode <= 0x39;
}

export function isAllDigits(text: string, from = 0, to = text.length): boolean {
  if (to <= from) return false;
  for (let index = from; index < to; index += 1) if (!isDigit(text.charCodeAt(index))) return false;
  return true;
}

function bounded(text: string, maxLength: number): string | undefined {
  let result = text;
  // A megabyte of text is cut before it is trimmed: trimming is linear in what it is given.
  if (result.length > maxLength) result = result.slice(0, endBeforeHalfCharacter(result, maxLength));
  if (hasSpaceAtAnEnd(result)) result = result.trim();
  return result === '' ? undefined : result;
}

/** A cut between the two halves of one character would leave a lone surrogate, drawn as a replacement box. */
function endBeforeHalfCharacter(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

function hasSpaceAtAnEnd(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first <= SPACE || last <= SPACE || first >= 0xa0 || last >= 0xa0;
}
