/**
 * Owns Pulsar's message ids: the protobuf `MessageIdData` inside the base64 that clients see.
 *
 * Fields, from Pulsar's `PulsarApi.proto`: 1 ledgerId, 2 entryId (both unsigned 64-bit and required), 3 partition,
 * 4 batch_index, 5 ack_set, 6 batch_size, 7 first_chunk_message_id. It does not know which ids exist.
 */

import { decodeBase64 } from './base64.js';

export interface MessageId {
  readonly ledgerId: number;
  /** -1 stands before the first entry of the ledger; it travels as an unsigned 64-bit varint. */
  readonly entryId: number;
  /** -1 on a topic that is not a partition. */
  readonly partition: number;
  /** -1 when the id names a whole entry. */
  readonly batchIndex: number;
  /** 0 when the entry is not a batch. */
  readonly batchSize: number;
}

/** A text that Pulsar's own parser refuses as a message id. */
export class MessageIdError extends Error {}

const LEDGER_ID = 0x08;
const ENTRY_ID = 0x10;
const PARTITION = 0x18;
const BATCH_INDEX = 0x20;
const BATCH_SIZE = 0x30;
const MAX_VARINT_BYTES = 10;

/** The base64 text exactly as a broker writes it: batch_size is always there, batch_index only inside a batch. */
export function encodeMessageId(id: MessageId): string {
  const bytes: number[] = [];
  writeField(bytes, LEDGER_ID, id.ledgerId);
  writeField(bytes, ENTRY_ID, id.entryId);
  if (id.partition >= 0) {
    writeField(bytes, PARTITION, id.partition);
  }
  if (id.batchIndex >= 0) {
    writeField(bytes, BATCH_INDEX, id.batchIndex);
  }
  writeField(bytes, BATCH_SIZE, id.batchSize);
  return Buffer.from(bytes).toString('base64');
}

/**
 * Reads an id. Unknown fields are skipped, as protobuf asks.
 * @throws {Base64Error} when the text is not base64.
 * @throws {MessageIdError} when the bytes are not a `MessageIdData`.
 */
export function decodeMessageId(text: string): MessageId {
  const bytes = decodeBase64(text);
  let ledgerId: number | undefined;
  let entryId: number | undefined;
  let partition = -1;
  let batchIndex = -1;
  let batchSize = 0;
  let at = 0;

  const varint = (): number => {
    const start = at;
    while (at < bytes.length && (bytes[at] ?? 0) > 127) {
      at += 1;
    }
    at += 1;
    if (at > bytes.length || at - start > MAX_VARINT_BYTES) {
      throw new MessageIdError('Encountered a malformed varint.');
    }
    return readVarint(bytes, start, at);
  };

  while (at < bytes.length) {
    const tag = varint();
    switch (tag) {
      case LEDGER_ID:
        ledgerId = varint();
        break;
      case ENTRY_ID:
        entryId = varint();
        break;
      case PARTITION:
        partition = varint();
        break;
      case BATCH_INDEX:
        batchIndex = varint();
        break;
      case BATCH_SIZE:
        batchSize = varint();
        break;
      default:
        at = skipField(tag, bytes, at, varint);
    }
  }
  if (ledgerId === undefined || entryId === undefined) {
    throw new MessageIdError('Some required fields are missing');
  }
  return { ledgerId, entryId, partition, batchIndex, batchSize };
}

function writeField(bytes: number[], tag: number, value: number): void {
  bytes.push(tag);
  if (value < 0) {
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    return;
  }
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** Signed, as Java's `long`: ten bytes of ones are -1. */
function readVarint(bytes: Buffer, start: number, end: number): number {
  // Seven bytes carry 49 bits, which a double holds exactly.
  if (end - start <= 7) {
    let value = 0;
    for (let at = end - 1; at >= start; at -= 1) {
      value = value * 128 + ((bytes[at] ?? 0) & 127);
    }
    return value;
  }
  let value = 0n;
  for (let at = end - 1; at >= start; at -= 1) {
    value = (value << 7n) | BigInt((bytes[at] ?? 0) & 127);
  }
  return Number(BigInt.asIntN(64, value));
}

function skipField(tag: number, bytes: Buffer, from: number, varint: () => number): number {
  const wireType = tag % 8;
  let to: number;
  switch (wireType) {
    case 0:
      varint();
      return from + varintLength(bytes, from);
    case 1:
      to = from + 8;
      break;
    case 2: {
      const length = varint();
      to = from + varintLength(bytes, from) + length;
      break;
    }
    case 5:
      to = from + 4;
      break;
    default:
      throw new MessageIdError(`Invalid unknown tag type: ${wireType}`);
  }
  if (to > bytes.length || to < from) {
    throw new MessageIdError('The message id ends inside a field.');
  }
  return to;
}

function varintLength(bytes: Buffer, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) > 127) {
    at += 1;
  }
  return at - from + 1;
}
