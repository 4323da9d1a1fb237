/**
 * Owns the reading of one frame of a producer, in the order of Pulsar's `ProducerHandler`: the JSON as a whole, then the
 * payload, then properties and event time. Error texts are those a broker's Java produces, as far as they say something.
 */

import { Base64Error, canonicalBase64 } from './base64.js';
import { parseEventTime } from './event-time.js';
import { readJsonFrame, textField, type JsonObject } from './json-frame.js';
import type { MessageContent } from './message.js';

/** Errors that are answered; the session goes on. */
export type ProducerErrorKind = 'unreadable' | 'payload' | 'unknown';

export type ProducerFrame =
  | { readonly kind: 'message'; readonly content: MessageContent; readonly context: string | undefined }
  | {
      readonly kind: 'error';
      readonly error: ProducerErrorKind;
      readonly message: string;
      readonly context: string | undefined;
    }
  /** Ends the session. */
  | { readonly kind: 'server-error'; readonly reason: string };

const NULL_FRAME = 'Cannot read field "context" because "sendRequest" is null';
const NULL_PAYLOAD = 'Cannot invoke "String.getBytes(java.nio.charset.Charset)" because "src" is null';
const NOT_TEXT = 'Cannot deserialize value of type `java.lang.String` from Object value';
/** How much of a client's text an error repeats. */
const MAX_QUOTED = 60;

/** @param maxMessageBytes Pulsar's `maxMessageSize`. */
export function readProducerFrame(text: string, maxMessageBytes: number): ProducerFrame {
  const frame = readJsonFrame(text);
  switch (frame.kind) {
    case 'unreadable':
      return unreadable(describeUnreadable(text));
    case 'null':
      return { kind: 'error', error: 'payload', message: NULL_FRAME, context: undefined };
    case 'object':
      return readMessage(frame.object, maxMessageBytes);
    default:
      return frame satisfies never;
  }
}

function readMessage(frame: JsonObject, maxMessageBytes: number): ProducerFrame {
  const fields = readTexts(frame);
  const properties = readProperties(frame['properties']);
  if (fields === undefined || properties === undefined) {
    return unreadable(NOT_TEXT);
  }
  const { context } = fields;
  const refuse = (error: ProducerErrorKind, message: string): ProducerFrame => ({
    kind: 'error',
    error,
    message,
    context,
  });
  if (fields.payload === undefined) {
    return refuse('payload', NULL_PAYLOAD);
  }
  let payload: string;
  try {
    payload = canonicalBase64(fields.payload);
  } catch (error) {
    if (error instanceof Base64Error) {
      return refuse('payload', `Invalid Base64 message-payload error=${error.message}`);
    }
    throw error;
  }
  if (properties.kind === 'null-value') {
    return {
      kind: 'server-error',
      reason: `Need Non-Null value for key: ${properties.name.slice(0, MAX_QUOTED)}`,
    };
  }
  const eventTime = parseEventTime(fields.eventTime);
  if (eventTime.kind === 'unreadable') {
    return refuse('payload', eventTime.message);
  }
  const payloadBytes = Buffer.byteLength(payload, 'base64');
  if (payloadBytes > maxMessageBytes) {
    return refuse(
      'unknown',
      'org.apache.pulsar.client.api.PulsarClientException$InvalidMessageException: ' +
        `The producer sends a message with ${payloadBytes} bytes that exceeds ${maxMessageBytes} bytes`,
    );
  }
  return {
    kind: 'message',
    content: {
      payload,
      properties: properties.values,
      key: fields.key ?? null,
      eventTimeMs: eventTime.timeMs,
    },
    context,
  };
}

function unreadable(message: string): ProducerFrame {
  return { kind: 'error', error: 'unreadable', message, context: undefined };
}

function describeUnreadable(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    return 'No content to map due to end-of-input';
  }
  const quoted = trimmed.slice(0, MAX_QUOTED);
  return trimmed.startsWith('[')
    ? 'Cannot deserialize value of type `org.apache.pulsar.websocket.data.ProducerMessage` from Array value'
    : `Unrecognized token '${quoted}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
}

interface TextFields {
  readonly payload: string | undefined;
  readonly context: string | undefined;
  readonly key: string | undefined;
  readonly eventTime: string | undefined;
}

function readTexts(frame: JsonObject): TextFields | undefined {
  const fields: Record<keyof TextFields, string | undefined> = {
    payload: undefined,
    context: undefined,
    key: undefined,
    eventTime: undefined,
  };
  for (const name of ['payload', 'context', 'key', 'eventTime'] as const) {
    const field = textField(frame, name);
    if (field.kind === 'unreadable') {
      return undefined;
    }
    fields[name] = field.kind === 'text' ? field.value : undefined;
  }
  return fields;
}

type Properties =
  | { readonly kind: 'values'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'null-value'; readonly name: string };

const NO_PROPERTIES: Properties = { kind: 'values', values: {} };

function readProperties(value: unknown): Properties | undefined {
  if (value === undefined || value === null) {
    return NO_PROPERTIES;
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return undefined;
  }
  const entries: [string, string][] = [];
  let nullName: string | undefined;
  for (const name of Object.keys(value)) {
    const field = textField(value as JsonObject, name);
    switch (field.kind) {
      case 'text':
        entries.push([name, field.value]);
        break;
      case 'absent':
        nullName ??= name;
        break;
      case 'unreadable':
        return undefined;
      default:
        field satisfies never;
    }
  }
  // From entries, because a property may be called __proto__.
  return nullName === undefined
    ? { kind: 'values', values: Object.fromEntries(entries) }
    : { kind: 'null-value', name: nullName };
}
