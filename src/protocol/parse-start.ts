/**
 * The `start` attribute: `resume`, `latest`, `earliest`, a duration such as `2h`, or a Pulsar message id. Owns the
 * shape of a message id as far as a page must know it; what its numbers mean is the worker's.
 */
import { quoted } from './errors.js';
import type { StartRule } from './stream-config.js';

/** A message id has 4 to 40 bytes; this leaves room for an acknowledgement set. */
const MAX_MESSAGE_ID_LENGTH = 256;

/** As long as a widget's window makes sense, and far beyond what 8x8 keeps. */
const MAX_SINCE_MS = 7 * 86_400_000;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const VARINT = String.raw`[\x80-\xff]{0,9}[\0-\x7f]`;

/**
 * Pulsar's `MessageIdData`: ledger and entry, then partition, batch index, acknowledgement set and batch size as far as
 * there are any, all varints; the id of a first chunk is a message of its own.
 * https://github.com/apache/pulsar/blob/master/pulsar-common/src/main/proto/PulsarApi.proto
 */
const MESSAGE_ID = new RegExp(
  `^\\x08${VARINT}\\x10${VARINT}(?:[\\x18\\x20\\x28\\x30]${VARINT})*(?:\\x3a[^]+)?$`,
);

/** A global of every thread, but this folder compiles without a library that says so. */
declare const atob: (base64: string) => string;

/** The rule, or one sentence about why there is none. */
export function parseStart(text: string | undefined): StartRule | string {
  if (text === undefined) return { kind: 'resume' };
  const word = text.toLowerCase();
  if (word === 'resume' || word === 'latest' || word === 'earliest') return { kind: word };
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(word) ?? [];
  if (unit !== undefined) {
    const durationMs = Number(count) * (UNIT_MS[unit] ?? 0);
    if (durationMs === 0) return `The start ${quoted(text)} is no time at all: write latest.`;
    if (durationMs > MAX_SINCE_MS) return `The start ${quoted(text)} is longer than 7d.`;
    return { kind: 'since', durationMs };
  }
  return isMessageId(text)
    ? { kind: 'message-id', messageId: text }
    : `The start ${quoted(text)} is not resume, latest, earliest, a duration such as 2h, or a message id.`;
}

/** Whether a text can be a message id: strict base64, padded and without blanks, of Pulsar's `MessageIdData`. */
export function isMessageId(text: string): boolean {
  if (text.length > MAX_MESSAGE_ID_LENGTH || text.length % 4 !== 0 || /\s/.test(text)) return false;
  try {
    return MESSAGE_ID.test(atob(text));
  } catch {
    // The only error that it has is "not base64".
    return false;
  }
}
