/**
 * What a host page may write into the attributes that belong to the elements alone. A wrong value is said in the
 * widget's own box and as `x8-error`, and the default is used: none of these may stop the data.
 */
import { quoted, widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';

export interface Checked<T> {
  readonly value: T;
  readonly error?: WidgetError;
}

/** `value` is `undefined` where `given` is wrong. */
function checked<T>(
  attribute: string,
  given: unknown,
  value: T | undefined,
  expected: string,
  fallback: T,
): Checked<T> {
  if (value !== undefined) return { value };
  const message = `Attribute ${attribute}: ${quoted(String(given))} is not ${expected}. Using ${String(fallback ?? 'the default')}.`;
  return { value: fallback, error: widgetError('invalid-attribute', message) };
}

/** `null`, `undefined` and `''` mean "not set". */
export function isBlank(value: unknown): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}

export function oneOf<T extends string>(
  attribute: string,
  given: string | null | undefined,
  allowed: readonly T[],
  fallback: T,
): Checked<T> {
  if (isBlank(given)) return { value: fallback };
  const value = allowed.find((candidate) => candidate === given);
  return checked(attribute, given, value, `one of ${allowed.join(', ')}`, fallback);
}

export interface NumberRange<T> {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
  readonly fallback: T;
}

export function numberWithin<T extends number | undefined>(
  attribute: string,
  given: number | null | undefined,
  range: NumberRange<T>,
): Checked<number | T> {
  const { min, max, isWhole, fallback } = range;
  if (given === null || given === undefined) return { value: fallback };
  const isRight = given >= min && given <= max && (!isWhole || Number.isInteger(given));
  const expected = `a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`;
  return checked<number | T>(attribute, given, isRight ? given : undefined, expected, fallback);
}

/** Tries the value on the very constructor that it is meant for: nothing else knows what the browser knows. */
function accepted(
  attribute: string,
  given: string | null | undefined,
  expected: string,
  attempt: (value: string) => void,
): Checked<string | undefined> {
  if (isBlank(given)) return { value: undefined };
  try {
    attempt(given);
    return { value: given };
  } catch {
    // RangeError is how Intl says "not known"; it says nothing else.
    return checked(attribute, given, undefined, expected, undefined);
  }
}

export function localeOf(given: string | null | undefined): Checked<string | undefined> {
  return accepted('locale', given, 'a language tag such as en-GB', (tag) => new Intl.NumberFormat(tag));
}

export function timeZoneOf(given: string | null | undefined): Checked<string | undefined> {
  return accepted('timezone', given, 'a time zone such as Europe/London', (timeZone) => {
    new Intl.DateTimeFormat('en', { timeZone });
  });
}
