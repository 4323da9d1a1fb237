/**
 * JSON that a stranger wrote, as objects that have what is written in them and nothing else. On the in-page route
 * `Object.prototype` is the host page's, and old libraries add to it: a `type` put there would be the `type` of every
 * frame.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws where the text is no JSON; `undefined` where it is no object. */
export function readJsonObject(text: string): JsonObject | undefined {
  const value: unknown = JSON.parse(text, isEveryObjectAddedTo() ? withoutPrototype : undefined);
  return isObject(value) ? value : undefined;
}

/** Asked for each text: a host page may load its libraries late. A parser that calls back is several times slower. */
function isEveryObjectAddedTo(): boolean {
  for (const name in {}) return name !== '';
  return false;
}

function withoutPrototype(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.setPrototypeOf(value, null) : value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
