/**
 * A message's payload: base64 of UTF-8 JSON (8x8's message format page). Owns the decoding and its failures; refuses
 * to know events.
 */
import type { Fields } from '../domain/fields.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import { readBase64 } from './base64.js';
import { readJsonObject } from './json.js';

export type Payload =
  | { readonly kind: 'object'; readonly value: Fields }
  | { readonly kind: 'unreadable'; readonly error: WidgetError };

/**
 * Larger payloads are refused unread: Pulsar's default limit for a message is 5 MiB, and a page that decodes 32 MiB
 * of JSON holds five times as much for a moment.
 */
export const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** Kept between messages; a larger one is given back at once. */
const RESTING_BUFFER_BYTES = 256 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

let buffer = new Uint8Array(RESTING_BUFFER_BYTES);

export function readPayload(base64: string, messageId: string): Payload {
  const size = Math.ceil(base64.length / 4) * 3;
  if (size > MAX_PAYLOAD_BYTES) {
    const mebibytes = Math.round(size / 1024 / 1024);
    return unreadable(
      'payload-oversize',
      `An event of ${mebibytes} MiB was skipped: the limit is 16 MiB.`,
      messageId,
    );
  }
  if (size > buffer.length) buffer = new Uint8Array(size);
  try {
    return decode(base64, messageId);
  } finally {
    if (buffer.length > RESTING_BUFFER_BYTES) buffer = new Uint8Array(RESTING_BUFFER_BYTES);
  }
}

function decode(base64: string, messageId: string): Payload {
  let written: number;
  try {
    written = readBase64(base64, buffer);
  } catch {
    return unreadable('payload-not-base64', 'An event was skipped: its payload is not base64.', messageId);
  }
  let text: string;
  try {
    text = utf8.decode(buffer.subarray(0, written));
  } catch {
    return unreadable('payload-not-utf8', 'An event was skipped: its payload is not UTF-8 text.', messageId);
  }
  let value: Fields | undefined;
  try {
    value = readJsonObject(text);
  } catch {
    return unreadable('payload-not-json', 'An event was skipped: its payload is not JSON.', messageId);
  }
  if (value === undefined) {
    return unreadable(
      'payload-not-an-object',
      'An event was skipped: its payload is not a JSON object.',
      messageId,
    );
  }
  return { kind: 'object', value };
}

function unreadable(code: WidgetError['code'], message: string, messageId: string): Payload {
  return { kind: 'unreadable', error: widgetError(code, message, messageId) };
}
