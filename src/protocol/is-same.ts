/**
 * Whether two plain values (of texts, numbers, lists and objects of these) say the same; a member that is `undefined` is
 * no member. Not by `JSON.stringify`: a host page may have put its own in that place, or taught arrays `toJSON`.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const name of names) if (!isSame(one[name], other[name])) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
