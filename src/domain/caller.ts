/**
 * Who is at the other end. `phoneNum` and `callingName` come as JSON numbers in 8x8's samples, which has cost them
 * their plus sign and leading zeros, and a number as a name only repeats the number; the `remote…` pair is whole.
 */
import type { Caller } from '../protocol/stream-event.js';
import type { AttachedData } from './attached-data.js';
import { isDigit, MAX_NAME_LENGTH, readText } from './fields.js';

/** E.164 has 15 digits; SIP addresses and extensions with their punctuation stay below this. */
const MAX_NUMBER_LENGTH = 60;

export function readCaller(data: AttachedData): Caller | undefined {
  const name = readName(data.remoteCallingName) ?? readName(data.callingName) ?? readName(data.shortName);
  const number =
    readNumberText(data.remotePhoneNumber) ??
    readNumberText(data.phoneNumber) ??
    readNumberText(data.shortPhoneNumber);
  return name === undefined && number === undefined ? undefined : { name, number };
}

function readName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = readText(value, MAX_NAME_LENGTH);
  return text === undefined || isNumeric(text) ? undefined : text;
}

function readNumberText(value: unknown): string | undefined {
  // A number that JSON could not hold exactly (over 15 digits) would name somebody else.
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === 'string' ? readText(value, MAX_NUMBER_LENGTH) : undefined;
}

/** Nothing but digits and the punctuation of phone numbers. */
function isNumeric(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isDigit(code)) digits += 1;
    else if (!PUNCTUATION.includes(text.charAt(index))) return false;
  }
  return digits > 0;
}

const PUNCTUATION = '+-.() /';
