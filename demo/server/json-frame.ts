/**
 * Owns the reading of a client's text frame as Pulsar's JSON mapper (Jackson) reads it: the first value counts and what
 * follows it is not looked at; texts may be given as numbers or booleans. What a session does with a frame that is not
 * readable is its own business.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export type JsonFrame =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'null' }
  | { readonly kind: 'unreadable' };

const UNREADABLE: JsonFrame = { kind: 'unreadable' };

export function readJsonFrame(text: string): JsonFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return readFirstObject(text);
  }
  return frameOf(value);
}

/** A field that Pulsar declares as text. */
export type TextField =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'unreadable' };

export function textField(object: JsonObject, name: string): TextField {
  const value = object[name];
  switch (typeof value) {
    case 'undefined':
      return { kind: 'absent' };
    case 'string':
      return { kind: 'text', value };
    case 'number':
    case 'boolean':
      return { kind: 'text', value: String(value) };
    default:
      return value === null ? { kind: 'absent' } : { kind: 'unreadable' };
  }
}

/** JSON text as Jackson writes it: like JavaScript's, with capital letters in `\u001F`. */
export function jsonText(value: string | Readonly<Record<string, string>>): string {
  const text = JSON.stringify(value);
  return text.includes('\\u00')
    ? text.replace(/\\u00[01][a-f]/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`)
    : text;
}

function frameOf(value: unknown): JsonFrame {
  if (value === null) {
    return { kind: 'null' };
  }
  return typeof value === 'object' && !Array.isArray(value)
    ? { kind: 'object', object: value as JsonObject }
    : UNREADABLE;
}

/** The object at the start of a text that goes on after it. */
function readFirstObject(text: string): JsonFrame {
  const end = text.trimStart().startsWith('{') ? endOfObject(text) : undefined;
  if (end === undefined || end === text.length) {
    return UNREADABLE;
  }
  try {
    return frameOf(JSON.parse(text.slice(0, end)));
  } catch {
    return UNREADABLE;
  }
}

function endOfObject(text: string): number | undefined {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInText) {
      if (char === '\\') {
        at += 1;
      } else if (char === '"') {
        isInText = false;
      }
    } else if (char === '"') {
      isInText = true;
    } else if (char === '{') {
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}
