/**
 * Hides who is at the other end. Happens in the worker, so what is masked never reaches the page. The output shows at
 * most the country's two digits and the last three of a number, the initials of a name, and a fixed number of bullets,
 * so that not even a length is given away.
 */
import type { CallerLabel } from '../protocol/sentence.js';
import type { Caller, StreamEvent } from '../protocol/stream-event.js';
import type { Mask } from '../protocol/views.js';

const BULLETS = '•••';

const SHOWN_TAIL_DIGITS = 3;

const SHOWN_COUNTRY_DIGITS = 2;

/** An internal extension: its last three digits would be most of it. */
const LONGEST_HIDDEN_NUMBER = 5;

/** Shorter numbers with a plus are not international ones; their first two digits would say too much. */
const SHORTEST_WITH_COUNTRY = 10;

const SHOWN_INITIALS = 3;

/** Names hold house numbers and ages; from five digits on it is somebody's number. */
const DIGITS_OF_A_NUMBER = 5;

const LETTER = /^\p{L}/u;

export function maskCaller(caller: Caller | undefined, mask: Mask): CallerLabel | undefined {
  if (caller === undefined) return undefined;
  const { name, number } = caller;
  if (name === undefined && number === undefined) return undefined;
  switch (mask) {
    case 'none':
      return { name, number };
    case 'numbers':
      return { name: withoutNumbers(name), number: maskNumber(number) };
    case 'all':
      return { name: maskName(name), number: maskNumber(number) };
    default:
      return mask satisfies never;
  }
}

/** For `x8-events`: the same event with its caller masked. */
export function maskEvent(event: StreamEvent, mask: Mask): StreamEvent {
  if (mask === 'none' || event.kind !== 'interaction' || event.caller === undefined) return event;
  return { ...event, caller: maskCaller(event.caller, mask) };
}

function maskNumber(number: string | undefined): string | undefined {
  if (number === undefined) return undefined;
  const digits = digitsOf(number);
  if (digits.length <= LONGEST_HIDDEN_NUMBER) return BULLETS;
  const tail = digits.slice(-SHOWN_TAIL_DIGITS).join('');
  const hasCountry = number.startsWith('+') && digits.length >= SHORTEST_WITH_COUNTRY;
  const head = hasCountry ? `+${digits.slice(0, SHOWN_COUNTRY_DIGITS).join('')} ` : '';
  return `${head}${BULLETS} ${BULLETS} ${tail}`;
}

function maskName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const initials: string[] = [];
  for (const word of name.split(/\s+/u)) {
    if (word === '') continue;
    const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
    initials.push(LETTER.test(first) ? `${first}${BULLETS}` : BULLETS);
    if (initials.length === SHOWN_INITIALS) break;
  }
  return initials.length === 0 ? BULLETS : initials.join(' ');
}

/** A number inside a name ("Guest 447700900123") is a number. */
function withoutNumbers(name: string | undefined): string | undefined {
  if (name === undefined || digitsOf(name).length < DIGITS_OF_A_NUMBER) return name;
  return name.replace(/\p{Nd}(?:[\p{Nd}\s().+/-]*\p{Nd})?/gu, BULLETS);
}

/** Of any script: a number in Arabic digits is somebody's number too. */
function digitsOf(text: string): readonly string[] {
  return text.match(/\p{Nd}/gu) ?? [];
}
