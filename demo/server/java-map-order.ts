/**
 * Owns the order in which a broker's proxy lists the properties of a message: that of a Java `HashMap`, not that of the
 * producer. Sorting them the same way keeps frames identical byte for byte.
 */

const FIRST_CAPACITY = 16;
const LOAD_FACTOR = 0.75;

export function inJavaMapOrder(
  properties: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(properties);
  if (names.length < 2) {
    return properties;
  }
  let capacity = FIRST_CAPACITY;
  while (names.length > capacity * LOAD_FACTOR) {
    capacity *= 2;
  }
  const bucketOf = (name: string): number => {
    const hash = hashCode(name);
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  };
  return Object.fromEntries(
    names
      .map((name) => ({ name, bucket: bucketOf(name) }))
      .sort((a, b) => a.bucket - b.bucket)
      .map(({ name }) => [name, properties[name] ?? '']),
  );
}

function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}
