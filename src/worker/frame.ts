/**
 * One WebSocket frame of Pulsar's reader or consumer, read once, at the door. Owns the envelope (docs/protocol.md, "Frames");
 * refuses to own what a payload means (`payload.ts`, `src/domain/`).
 */
import { readNumber, type Fields } from '../domain/fields.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import { readJsonObject } from './json.js';

export interface DataFrame {
  readonly kind: 'message';
  readonly messageId: string;
  /** Base64, not yet decoded. */
  readonly payload: string;
  /** ms since the epoch by the broker's clock; `NaN` where the frame gives none that can be read. */
  readonly publishTime: number;
  /** The broker has delivered it before, here or to another consumer. Never to a reader. */
  readonly isRedelivered: boolean;
}

export type Frame =
  | DataFrame
  /** The answer to a keepalive. */
  | { readonly kind: 'end-of-topic'; readonly isEnded: boolean }
  /** Has a `type`: something between proxy and client that is none of our business, never shown, never answered. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unreadable'; readonly error: WidgetError };

const HEAD = '{"messageId":"';
const TO_PAYLOAD = ',"payload":"';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a frame. Most frames begin exactly as the proxy's JSON writer makes them: the payload is cut out by position,
 * which saves parsing its kilobytes as a JSON string. Whatever looks different is parsed as a whole.
 */
export function readFrame(data: unknown): Frame {
  if (typeof data === 'string') return cutFrame(data) ?? parseFrame(data);
  if (data instanceof ArrayBuffer) {
    // 8x8's message format page lets frames come as binary: the same JSON in bytes.
    try {
      return parseFrame(utf8.decode(data));
    } catch {
      return unreadable('frame-not-text', 'A binary frame is not UTF-8 text.');
    }
  }
  return unreadable('frame-not-text', 'A frame is neither text nor bytes.');
}

function cutFrame(text: string): DataFrame | undefined {
  if (!text.startsWith(HEAD)) return undefined;
  const idEnd = text.indexOf('"', HEAD.length) + 1;
  if (!text.startsWith(TO_PAYLOAD, idEnd)) return undefined;
  const payloadStart = idEnd + TO_PAYLOAD.length;
  const payloadEnd = text.indexOf('"', payloadStart);
  if (payloadEnd < 0) return undefined;
  const head = text.slice(0, idEnd);
  const payload = text.slice(payloadStart, payloadEnd);
  // A backslash is an escape, which a cut cannot undo.
  if (head.includes('\\') || payload.includes('\\')) return undefined;
  // The id is the parser's too: cut out, it would hold its whole frame in memory for as long as it is remembered
  // (`src/domain/own-text.ts`).
  const rest = parseObject(`${head}${text.slice(payloadEnd + 1)}`);
  if (rest === undefined || 'payload' in rest || 'type' in rest || 'endOfTopic' in rest) return undefined;
  return typeof rest['messageId'] === 'string' ? message(rest['messageId'], payload, rest) : undefined;
}

function parseFrame(text: string): Frame {
  const frame = parseObject(text);
  // Not quoted: it may be half an event, or a request said back with its key.
  if (frame === undefined)
    return unreadable('frame-not-json', `A frame of ${text.length} characters is not a JSON object.`);
  const { messageId, payload, type, endOfTopic } = frame;
  if (typeof endOfTopic === 'boolean') return { kind: 'end-of-topic', isEnded: endOfTopic };
  // Pulsar's client documentation prints the boolean as a string.
  if (typeof endOfTopic === 'string') return { kind: 'end-of-topic', isEnded: endOfTopic === 'true' };
  if (typeof type === 'string' && type !== '') return { kind: 'control' };
  if (typeof messageId !== 'string' || typeof payload !== 'string') {
    return unreadable('frame-not-a-message', 'A frame has no message id or no payload.');
  }
  return message(messageId, payload, frame);
}

function message(messageId: string, payload: string, rest: Fields): DataFrame {
  const publishTime = readPublishTime(rest['publishTime']);
  return {
    kind: 'message',
    messageId,
    payload,
    publishTime,
    isRedelivered: (readNumber(rest['redeliveryCount']) ?? 0) > 0,
  };
}

function parseObject(text: string): Fields | undefined {
  try {
    return readJsonObject(text);
  } catch {
    // Not JSON: said by the caller.
    return undefined;
  }
}

/** ISO 8601 today; `2016-08-30 16:45:57.785` (UTC, from a time before the zone was written) in older brokers. */
function readPublishTime(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  return value.charCodeAt(10) === 32 ? Date.parse(`${value.replace(' ', 'T')}Z`) : Date.parse(value);
}

function unreadable(code: WidgetError['code'], message: string): Frame {
  return { kind: 'unreadable', error: widgetError(code, message) };
}

/** Without reading it: messages begin so. */
export function beginsAsMessage(data: unknown): boolean {
  return typeof data === 'string' && data.startsWith(HEAD);
}
