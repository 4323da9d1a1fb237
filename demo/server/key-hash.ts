/**
 * Owns the hashes by which Pulsar spreads keys: over partitions (Java's string hash by default) and over the consumers
 * of a Key_Shared subscription (Murmur3). Both are folded into 31 bits, as Pulsar does, so they are never negative.
 */

const POSITIVE = 0x7fffffff;

/** `String.hashCode()` of Java. */
export function javaStringHash(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return hash & POSITIVE;
}

/** Murmur3, 32 bits, seed 0, over the UTF-8 bytes. */
export function murmur3Hash(key: string): number {
  const bytes = Buffer.from(key);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    hash ^= mixBlock(bytes.readInt32LE(at));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let index = bytes.length - 1; index >= at; index -= 1) {
    tail = (tail << 8) | (bytes[index] ?? 0);
  }
  if (at < bytes.length) {
    hash ^= mixBlock(tail);
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & POSITIVE;
}

function mixBlock(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
