/**
 * The `start` attribute: `resume`, `latest`, `earliest`, a duration such as `2h`, or a Pulsar message id. Owns the
 * shape of a message id as far as a page must know it; what its numbers mean is the worker's.
 */
import { quoted, widgetError, type WidgetError } from './errors.js';
import type { StartRule } from './stream-config.js';

/** A message id has 4 to 40 bytes; this leaves room for an acknowledgement set. */
export const MAX_MESSAGE_ID_LENGTH = 256;

/** As long as a widget's window makes sense, and far beyond what 8x8 keeps. */
const MAX_SINCE_MS = 7 * 86_400_000;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export type StartResult =
  | { readonly kind: 'start'; readonly start: StartRule }
  | { readonly kind: 'invalid'; readonly error: WidgetError };

export function parseStart(text: string | undefined): StartResult {
  if (text === undefined) return { kind: 'start', start: { kind: 'resume' } };
  const word = text.toLowerCase();
  if (word === 'resume' || word === 'latest' || word === 'earliest') {
    return { kind: 'start', start: { kind: word } };
  }
  const duration = /^(\d{1,9})([smhd])$/.exec(word);
  if (duration !== null) return parseDuration(text, Number(duration[1]) * (UNIT_MS[duration[2] ?? ''] ?? 0));
  if (isMessageId(text)) return { kind: 'start', start: { kind: 'message-id', messageId: text } };
  return invalid(
    `The start ${quoted(text)} is not resume, latest, earliest, a duration such as 2h, or a message id.`,
  );
}

function parseDuration(text: string, durationMs: number): StartResult {
  if (durationMs === 0) return invalid(`The start ${quoted(text)} is no time at all: write latest.`);
  if (durationMs > MAX_SINCE_MS) return invalid(`The start ${quoted(text)} is longer than 7d.`);
  return { kind: 'start', start: { kind: 'since', durationMs } };
}

function invalid(message: string): StartResult {
  return { kind: 'invalid', error: widgetError('invalid-start', message) };
}

/**
 * Whether a text can be a message id: base64 of a protobuf message that holds at least a ledger (field 1) and an entry
 * (field 2), as Pulsar's `MessageIdData` has them.
 */
export function isMessageId(text: string): boolean {
  const bytes = text.length > MAX_MESSAGE_ID_LENGTH ? undefined : decodeBase64(text);
  if (bytes === undefined) return false;
  const fields = protobufFields(bytes);
  return fields !== undefined && fields.has(1) && fields.has(2);
}

/** Strict: padded, no blanks. `atob` and `fromBase64` are not in every thread and engine that reads this. */
function decodeBase64(text: string): readonly number[] | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text.replace(/=+$/, '')) {
    bits = ((bits << 6) | BASE64.indexOf(letter)) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return bytes;
}

/** Numbers of the top-level fields, or `undefined` when the bytes are not a protobuf message. */
function protobufFields(bytes: readonly number[]): ReadonlySet<number> | undefined {
  const fields = new Set<number>();
  let at = 0;
  /** A varint's low 32 bits; the rest is skipped, its length checked. */
  const varint = (): number | undefined => {
    let result = 0;
    for (let length = 0; length < 10; length++) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      if (length < 5) result |= (byte & 0x7f) << (7 * length);
      if (byte < 0x80) return result >>> 0;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined || tag >>> 3 === 0) return undefined;
    switch (tag & 7) {
      case 0:
        if (varint() === undefined) return undefined;
        break;
      case 2: {
        const length = varint();
        if (length === undefined || length > bytes.length - at) return undefined;
        at += length;
        break;
      }
      default:
        // `MessageIdData` has no fixed-width field and no group.
        return undefined;
    }
    fields.add(tag >>> 3);
  }
  return fields;
}
