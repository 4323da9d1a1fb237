/** Streams in a row that a page has shown and shows no more: an agent's desktop comes back to a few of them. */
const MAX_LEFT = 100;

/** Puts an entry last, and lets the oldest go where there are too many. */
export function keepLatest<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size > MAX_LEFT) map.delete(oldest);
}
