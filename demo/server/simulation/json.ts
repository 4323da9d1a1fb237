/** JSON as the payloads use it. Owns the types and the order of keys; refuses to own meaning. */

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The same members in alphabetical order, without those that are missing: the order in which 8x8 sends them. */
export function alphabetical(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const present: [string, JsonValue][] = [];
  for (const key of Object.keys(members).sort()) {
    const value = members[key];
    if (value !== undefined) present.push([key, value]);
  }
  return Object.fromEntries(present);
}
