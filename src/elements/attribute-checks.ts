/**
 * What a host page may write into the attributes that belong to the elements alone. A wrong value is said in the
 * widget's own box and as `x8-error`, and the default is used: none of these may stop the data.
 */
import { quoted, widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';

type Value = string | number | undefined;
/** What a property may hold: an element's attributes are text and numbers. */
type Given = Value | null;

/** One attribute: what is right, in code and in words, and what stands in for nothing and for the wrong. */
export interface Check<T extends Value> {
  /** `undefined` where the value is wrong. */
  readonly read: (given: string | number) => T | undefined;
  readonly expected: string;
  readonly fallback: T;
}

/** Checks by property; an attribute has its property's name in kebab case. */
type Checks = Readonly<Record<string, Check<Value>>>;

export interface Settings<C extends Checks> {
  readonly values: { readonly [K in keyof C]: C[K] extends Check<infer T> ? T : never };
  readonly errors: readonly WidgetError[];
}

export function settingsOf<C extends Checks>(
  checks: C,
  host: { readonly [K in keyof C]: Given } & Pick<Element, 'getAttribute'>,
): Settings<C> {
  const errors: WidgetError[] = [];
  const values = Object.entries(checks).map(([property, { read, expected, fallback }]) => {
    const given = host[property];
    if (isBlank(given)) return [property, fallback];
    const attribute = property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const written = host.getAttribute(attribute);
    // An attribute without a word is no number, and Lit makes 0 of it.
    if (given === 0 && written?.trim() === '') return [property, fallback];
    const value = read(given);
    if (value !== undefined) return [property, value];
    // The attribute's words, where they are what has become no number.
    const wrong = Number.isNaN(given) && Number.isNaN(Number(written)) ? written : given;
    const message = `Attribute ${attribute}: ${quoted(String(wrong))} is not ${expected}. Using ${String(fallback ?? 'the default')}.`;
    errors.push(widgetError('invalid-attribute', message));
    return [property, fallback];
  });
  return { values: Object.fromEntries(values) as Settings<C>['values'], errors };
}

/** `null`, `undefined` and `''` mean "not set". */
export function isBlank(value: Given): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}

export function oneOf<T extends string>(allowed: readonly T[], fallback: T): Check<T> {
  return {
    read: (given) => allowed.find((candidate) => candidate === given),
    expected: `one of ${allowed.join(', ')}`,
    fallback,
  };
}

/** `kind` is the adjective that the reader is told. */
export function numberWithin<T extends number | undefined>(
  min: number,
  max: number,
  fallback: T,
  kind: '' | 'whole ' = '',
): Check<number | T> {
  return {
    read: (given) =>
      typeof given === 'number' && given >= min && given <= max && (kind === '' || Number.isInteger(given))
        ? given
        : undefined,
    expected: `a ${kind}number from ${min} to ${max}`,
    fallback,
  };
}

/** Tries the value on the very constructor that it is meant for: nothing else knows what the browser knows. */
export function acceptedBy(attempt: (value: string) => unknown, expected: string): Check<string | undefined> {
  return {
    read: (given) => {
      const value = String(given);
      try {
        attempt(value);
        return value;
      } catch {
        // RangeError is how Intl says "not known"; it says nothing else.
        return undefined;
      }
    },
    expected,
    fallback: undefined,
  };
}
