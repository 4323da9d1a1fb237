/**
 * Who is at the other end. `phoneNum` and `callingName` come as JSON numbers in 8x8's samples, which has cost them
 * their plus sign and leading zeros, and a number as a name only repeats the number; the `remote…` pair is whole.
 */
import type { Caller } from '../protocol/stream-event.js';
import type { AttachedData } from './attached-data.js';
import { MAX_NAME_LENGTH, readText } from './fields.js';

/** E.164 has 15 digits; SIP addresses and extensions with their punctuation stay below this. */
const MAX_NUMBER_LENGTH = 60;

/** Nothing but digits and the punctuation of phone numbers. */
const PHONE_NUMBER = /^[-+.() /]*\d[-+.() /\d]*$/;

export function readCaller(data: AttachedData): Caller | undefined {
  const name = readName(data('remoteCallingName')) ?? readName(data('callingName')) ?? readName(data('nam'));
  const number =
    readNumberText(data('remotePhoneNum')) ?? readNumberText(data('phoneNum')) ?? readNumberText(data('pho'));
  return name === undefined && number === undefined ? undefined : { name, number };
}

function readName(value: unknown): string | undefined {
  const text = readText(value, MAX_NAME_LENGTH);
  return text === undefined || PHONE_NUMBER.test(text) ? undefined : text;
}

function readNumberText(value: unknown): string | undefined {
  // A number that JSON could not hold exactly (over 15 digits) would name somebody else.
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value > 0)) return undefined;
  return readText(value, MAX_NUMBER_LENGTH);
}
