/**
 * Owns the bytes of WebSocket frames that a server sends (RFC 6455 section 5.2: one frame per message, not masked).
 *
 * A message of a topic is framed once and the same bytes go to every session, which is what lets the service feed
 * tens of thousands of messages a second. Receiving is the business of the library `ws`.
 */

export type Opcode = 'text' | 'binary' | 'close';

const FINAL_BIT = 0x80;
const OPCODES: Readonly<Record<Opcode, number>> = { text: 1, binary: 2, close: 8 };

export function headerLength(payloadLength: number): number {
  return payloadLength < 126 ? 2 : payloadLength < 65_536 ? 4 : 10;
}

/** Writes the header for `payloadLength` bytes at the start of `frame` and returns its length. */
export function writeHeader(frame: Buffer, opcode: Opcode, payloadLength: number): number {
  frame[0] = FINAL_BIT | OPCODES[opcode];
  if (payloadLength < 126) {
    frame[1] = payloadLength;
    return 2;
  }
  if (payloadLength < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(payloadLength, 2);
    return 4;
  }
  frame[1] = 127;
  frame.writeBigUInt64BE(BigInt(payloadLength), 2);
  return 10;
}

export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerLength(length) + length);
  frame.write(text, writeHeader(frame, 'text', length), 'utf8');
  return frame;
}

export function frameOf(opcode: Opcode, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerLength(payload.length) + payload.length);
  frame.set(payload, writeHeader(frame, opcode, payload.length));
  return frame;
}

/** The payload inside a frame made here. */
export function payloadOf(frame: Buffer): Buffer {
  const short = (frame[1] ?? 0) & 0x7f;
  return frame.subarray(short < 126 ? 2 : short === 126 ? 4 : 10);
}
