/** The door for texts of a host page: an attribute is a text, but a property set by a script is often the number itself. */

/**
 * A text without the blanks around it, a number as its text; `undefined` where nothing is left. Anything else is no
 * text, and throws.
 */
export function trimmed(given: unknown): string | undefined {
  const isNumber = typeof given === 'number' || typeof given === 'bigint';
  return (isNumber ? String(given) : (given as string | null | undefined))?.trim() || undefined;
}

export type Texts<T> = { readonly [Name in keyof T]: string | undefined };

/** All texts of a set of attributes. */
export function textsOf<T extends object>(given: T): Texts<T> {
  const texts = Object.entries(given).map(([name, value]) => [name, trimmed(value)]);
  return Object.fromEntries(texts) as Texts<T>;
}
