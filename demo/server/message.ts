/**
 * Owns one message of a topic: the frame a session sends for it, in Pulsar's key order and date format.
 *
 * What a message carries is kept once, as the finished WebSocket frame; a redelivery changes one number in it.
 */

import { inJavaMapOrder } from './java-map-order.js';
import { jsonText } from './json-frame.js';
import { payloadOf, textFrame } from './websocket-frame.js';
import { encodeMessageId, type MessageId } from './message-id.js';

/** What a producer hands over, checked at its door. */
export interface MessageContent {
  /** Canonical base64. */
  readonly payload: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly key: string | null;
  /** Milliseconds since 1970; 0 means not set, as in Pulsar. */
  readonly eventTimeMs: number;
}

export interface Message {
  /** The complete WebSocket text frame, with `redeliveryCount` 0. */
  readonly frame: Buffer;
  /** Where the redelivery count's digit stands in the frame's text, in UTF-8 bytes. */
  readonly countAt: number;
  readonly key: string | null;
  readonly publishTimeMs: number;
  /** What a broker would store for it, near enough: retention by size counts this, not our frames. */
  readonly storedBytes: number;
}

/** A broker's metadata of a message: measured 38 bytes around an empty one. */
const METADATA_BYTES = 38;

/**
 * The memory a message takes beside its frame: objects, list slots, buffer header. Counted so that a cap on bytes
 * also bounds a flood of tiny messages.
 */
export const MESSAGE_OVERHEAD_BYTES = 300;

export function createMessage(id: MessageId, content: MessageContent, publishTimeMs: number): Message {
  const head =
    `{"messageId":"${encodeMessageId(id)}","payload":"${content.payload}"` +
    `,"properties":${jsonText(inJavaMapOrder(content.properties))}` +
    `,"publishTime":"${formatTime(publishTimeMs)}","redeliveryCount":`;
  const eventTime = content.eventTimeMs === 0 ? '' : `,"eventTime":"${formatTime(content.eventTimeMs)}"`;
  const key = content.key === null ? '' : `,"key":${jsonText(content.key)}`;
  return {
    frame: textFrame(`${head}0${eventTime}${key}}`),
    countAt: Buffer.byteLength(head),
    key: content.key,
    publishTimeMs,
    storedBytes: METADATA_BYTES + storedBytesOf(content),
  };
}

function storedBytesOf({ payload, properties, key }: MessageContent): number {
  let bytes = Buffer.byteLength(payload, 'base64') + (key?.length ?? 0);
  for (const name of Object.keys(properties)) {
    bytes += name.length + (properties[name]?.length ?? 0);
  }
  return bytes;
}

/** The frame for the `count`-th redelivery. */
export function redeliveredFrame(message: Message, count: number): Buffer {
  if (count === 0) {
    return message.frame;
  }
  const text = payloadOf(message.frame);
  const before = text.toString('utf8', 0, message.countAt);
  const after = text.toString('utf8', message.countAt + 1);
  return textFrame(`${before}${count}${after}`);
}

/** Reads a message's content back, to publish it again elsewhere (dead letters). */
export function contentOf(message: Message): MessageContent {
  const data = JSON.parse(payloadOf(message.frame).toString('utf8')) as {
    readonly payload: string;
    readonly properties: Record<string, string>;
    readonly eventTime?: string;
    readonly key?: string;
  };
  return {
    payload: data.payload,
    properties: data.properties,
    key: data.key ?? null,
    eventTimeMs: data.eventTime === undefined ? 0 : Date.parse(data.eventTime),
  };
}

/**
 * A time as Pulsar's `DateFormatter` prints it (`ISO_OFFSET_DATE_TIME`): the fraction of a second has as many digits
 * as it needs, so 340 ms is `.34` and a full second has none.
 */
export function formatTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const fraction = iso.slice(-5, -1).replace(/\.?0+$/, '');
  return `${iso.slice(0, -5)}${fraction}Z`;
}
