/**
 * Owns message ids as tests write them by hand: Pulsar's `MessageIdData`, base64. Written apart from the
 * product's own decoder on purpose, so that a mistake there is not repeated here.
 *
 * https://github.com/apache/pulsar/blob/v4.0.7/pulsar-common/src/main/proto/PulsarApi.proto
 */

/** The fields that a message id of the WebSocket API may carry. A field that is absent was not on the wire. */
export interface MessageIdFields {
  readonly ledgerId: bigint;
  /** May be -1: the place before the first entry of a ledger. */
  readonly entryId: bigint;
  readonly partition?: number;
  readonly batchIndex?: number;
  readonly batchSize?: number;
}

/** Base64 of the fields in their order; an id made from another's fields is byte for byte the same. */
export function encodeMessageId(fields: MessageIdFields): string {
  const bytes: number[] = [];
  const put = (field: number, value: bigint | number | undefined): void => {
    if (value !== undefined) bytes.push(field << 3, ...varint(BigInt(value)));
  };
  put(1, fields.ledgerId);
  put(2, fields.entryId);
  put(3, fields.partition);
  put(4, fields.batchIndex);
  put(6, fields.batchSize);
  return Buffer.from(bytes).toString('base64');
}

/** The fields of an id. Throws on anything that is not a run of known varint fields. */
export function decodeMessageId(id: string): MessageIdFields {
  const values = new Map<number, bigint>();
  const bytes = [...Buffer.from(id, 'base64')];
  while (bytes.length > 0) {
    const tag = Number(readVarint(bytes));
    if ((tag & 7) !== 0) throw new Error(`Field ${tag >> 3} of message id ${id} is no varint.`);
    values.set(tag >> 3, readVarint(bytes));
  }
  const required = (field: number): bigint => {
    const value = values.get(field);
    if (value === undefined) throw new Error(`Message id ${id} has no field ${field}.`);
    return BigInt.asIntN(64, value);
  };
  const optional = (field: number): number | undefined => {
    const value = values.get(field);
    return value === undefined ? undefined : Number(BigInt.asIntN(64, value));
  };
  const partition = optional(3);
  const batchIndex = optional(4);
  const batchSize = optional(6);
  return {
    ledgerId: required(1),
    entryId: required(2),
    ...(partition === undefined ? {} : { partition }),
    ...(batchIndex === undefined ? {} : { batchIndex }),
    ...(batchSize === undefined ? {} : { batchSize }),
  };
}

/** Bytes of an id as hex pairs, as the tests quote them. */
export function hexOfMessageId(id: string): string {
  return [...Buffer.from(id, 'base64')].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

function readVarint(bytes: number[]): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = bytes.shift();
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new Error('A varint of a message id does not end.');
}
