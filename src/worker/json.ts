/**
 * JSON that a stranger wrote, as objects that have what is written in them and nothing else. On the in-page route
 * `Object.prototype` is the host page's, and old libraries add to it: a `type` put there would be the `type` of every
 * frame.
 */
import { isFields, type Fields } from '../domain/fields.js';

/** Throws where the text is no JSON; `undefined` where it is no object. */
export function readJsonObject(text: string): Fields | undefined {
  const value: unknown = JSON.parse(text, isEveryObjectAddedTo() ? withoutPrototype : undefined);
  return isFields(value) ? value : undefined;
}

/** Asked for each text: a host page may load its libraries late. A parser that calls back is several times slower. */
function isEveryObjectAddedTo(): boolean {
  for (const name in {}) return name !== '';
  return false;
}

function withoutPrototype(_key: string, value: unknown): unknown {
  return isFields(value) ? Object.setPrototypeOf(value, null) : value;
}
