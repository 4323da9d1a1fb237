/**
 * Owns base64 as `java.util.Base64.getDecoder()` reads it: basic alphabet only, padding optional, no white space.
 *
 * Node's decoder forgives everything, a real broker does not, and its refusal reaches the producer in words. So a
 * text that does not survive a round trip is walked character by character to find the refusal Java would give.
 */

/** The message is Java's own, since it travels to the client in `errorMsg`. */
export class Base64Error extends Error {}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const IN_ALPHABET: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  ALPHABET.includes(String.fromCharCode(code)),
);
const PAD = 61;

/**
 * Decodes `text`.
 * @throws {Base64Error} where Java's basic decoder throws.
 */
export function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) {
    refuseAsJava(text);
  }
  return bytes;
}

/**
 * The text a broker sends on for what a producer sent: decoded and encoded again, so always padded.
 * @throws {Base64Error} where Java's basic decoder throws.
 */
export function canonicalBase64(text: string): string {
  const canonical = Buffer.from(text, 'base64').toString('base64');
  if (canonical !== text) {
    refuseAsJava(text);
  }
  return canonical;
}

function refuseAsJava(text: string): void {
  if (text.length === 1) {
    throw new Base64Error('Input byte[] should at least have 2 bytes for base64 bytes');
  }
  let at = 0;
  let inUnit = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    at += 1;
    if (code === PAD) {
      const isSecondPadMissing = inUnit === 2 && text.charCodeAt(at) !== PAD;
      if (inUnit < 2 || isSecondPadMissing) {
        throw new Base64Error('Input byte array has wrong 4-byte ending unit');
      }
      at += inUnit === 2 ? 1 : 0;
      if (at < text.length) {
        throw new Base64Error(`Input byte array has incorrect ending byte at ${at}`);
      }
      return;
    }
    if (IN_ALPHABET[code] !== true) {
      // Java reads the text as signed ISO-8859-1, where whatever does not fit has become a question mark.
      const byte = code > 255 ? 63 : code > 127 ? code - 256 : code;
      throw new Base64Error(`Illegal base64 character ${byte.toString(16)}`);
    }
    inUnit = (inUnit + 1) % 4;
  }
  if (inUnit === 1) {
    throw new Base64Error('Last unit does not have enough valid bits');
  }
}
