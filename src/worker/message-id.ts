/**
 * Pulsar message ids: base64 of the protobuf message `MessageIdData` (pulsar-common, PulsarApi.proto): 1 ledgerId,
 * 2 entryId, 3 partition, 4 batch_index, 6 batch_size, 7 first_chunk_message_id. Owns reading, order and the predecessor; the text of an id is
 * never rebuilt when it is only passed on, so what the service sent is what the service gets back.
 *
 * Ledger and entry numbers are read as doubles, exact below 2^53: a cluster that makes a million ledgers a second
 * gets there in 285 years. The one larger value that occurs is entry -1, an unsigned 64-bit varint.
 */

import { readBase64 } from './base64.js';

export interface MessageId {
  readonly ledger: number;
  /** -1 stands before the first entry of a ledger. */
  readonly entry: number;
  /** -1 when the topic is not partitioned. */
  readonly partition: number;
  /** -1 when the message stands alone or the id names a whole batch. */
  readonly batchIndex: number;
  /** Of a message in chunks, which has the id of its last chunk: where its first one is. */
  readonly firstChunk?: MessageId;
}

/** An id is about 12 bytes; with every optional field it stays below 60. */
const MAX_ID_BYTES = 192;

/** In base64. Between its characters the decoder passes over blanks, a megabyte of them too, and the text is kept. */
export const MAX_ID_CHARACTERS = 256;

/**
 * Partitions are counted from 0, and one mark is kept for each (`high-water.ts`). A broker sets no limit of its own
 * (`maxNumPartitionsPerPartitionedTopic` in broker.conf is 0); where one is set it is some thousands.
 */
export const MAX_PARTITIONS = 10_000;

const bytes = new Uint8Array(MAX_ID_BYTES);
let length = 0;
let cursor = 0;

/** Reads an id; `undefined` when it is not one. Runs once per message. */
export function parseMessageId(text: string): MessageId | undefined {
  if (text.length > MAX_ID_CHARACTERS) return undefined;
  try {
    length = readBase64(text, bytes);
  } catch {
    // No base64, or longer than any id.
    return undefined;
  }
  cursor = 0;
  return readFields(length);
}

function readFields(end: number): MessageId | undefined {
  let ledger = -1;
  let entry = -1;
  let hasEntry = false;
  let partition = -1;
  let batchIndex = -1;
  let firstChunk: MessageId | undefined;
  while (cursor < end) {
    const tag = bytes[cursor++] ?? 0;
    if ((tag & 7) === 2) {
      // Length-delimited: the first chunk's id, or a field to come. Whatever cannot be read is skipped.
      const size = readVarint();
      const next = cursor + size;
      if (!(size >= 0 && next <= end)) return undefined;
      if (tag >> 3 === 7) firstChunk = readFields(next);
      cursor = next;
      continue;
    }
    if ((tag & 7) !== 0) return undefined;
    const value = readVarint();
    if (Number.isNaN(value)) return undefined;
    switch (tag >> 3) {
      case 1:
        ledger = value;
        break;
      case 2:
        entry = value;
        hasEntry = true;
        break;
      case 3:
        partition = value;
        break;
      case 4:
        batchIndex = value;
        break;
    }
  }
  if (cursor !== end || ledger < 0 || !hasEntry || partition >= MAX_PARTITIONS) return undefined;
  const id = { ledger, entry, partition, batchIndex };
  return firstChunk === undefined ? id : { ...id, firstChunk };
}

/** `NaN` when it runs past the end, is longer than 64 bits, or is too large to be exact. */
function readVarint(): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i++) {
    if (cursor >= length) return Number.NaN;
    const byte = bytes[cursor++] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) {
      if (value <= Number.MAX_SAFE_INTEGER) return value;
      // All 64 bits set is -1; anything else up there is no number of a ledger or entry.
      return i === 9 && value >= 2 ** 64 - 2048 ? -1 : Number.NaN;
    }
    scale *= 128;
  }
  return Number.NaN;
}

/** Order within one partition of one topic. */
export function compareMessageIds(a: MessageId, b: MessageId): number {
  return a.ledger - b.ledger || a.entry - b.entry || a.batchIndex - b.batchIndex;
}

/**
 * The id to start after, so that `id` itself is delivered again (ids are exclusive): within a batch the index before,
 * else the entry before. An id without batch index that names a batch is inclusive in Pulsar's reader, so copies of
 * that batch may come first. A message in chunks comes again only to who reads from its first chunk on (tried on Pulsar
 * 4.0.7: from between them the reader passes it over without a word), so what lies between its chunks may come first.
 */
export function predecessor(id: MessageId): MessageId {
  const { partition, batchIndex, firstChunk } = id;
  if (batchIndex > 0) return { ledger: id.ledger, entry: id.entry, partition, batchIndex: batchIndex - 1 };
  const { ledger, entry } = firstChunk ?? id;
  return { ledger, entry: entry - 1, partition, batchIndex: -1 };
}

/** Writes an id made by hand. */
export function formatMessageId(id: MessageId): string {
  const out: number[] = [0x08, ...varint(id.ledger), 0x10, ...varint(id.entry)];
  if (id.partition >= 0) out.push(0x18, ...varint(id.partition));
  if (id.batchIndex >= 0) out.push(0x20, ...varint(id.batchIndex));
  return btoa(String.fromCharCode(...out));
}

function varint(value: number): readonly number[] {
  if (value < 0) return [255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}
