/**
 * Finds the borders of WebSocket frames in the bytes that a server sends, without changing them: the answer to the
 * upgrade first, then frame after frame. Reads lengths only; the service must not compress, which the proxy sees to.
 */

const HEAD_END = Buffer.from('\r\n\r\n');

export interface FrameBorder {
  /** Bytes of the chunk up to the end of this frame. */
  readonly end: number;
  /** Where the frame's payload begins in the chunk; negative when it began in an earlier one. */
  readonly payloadStart: number;
  readonly opcode: number;
}

export class FrameCounter {
  #head: Buffer | undefined = Buffer.alloc(0);
  /** Bytes of the present frame's header, while it is not complete. */
  #partial: Buffer = Buffer.alloc(0);
  #opcode = 0;
  #payloadLeft = 0;
  #payloadSeen = 0;

  /** The borders of frames that end in this chunk, in order. */
  take(chunk: Buffer): readonly FrameBorder[] {
    const borders: FrameBorder[] = [];
    let at = 0;
    if (this.#head !== undefined) {
      const before = this.#head.length;
      const all = Buffer.concat([this.#head, chunk]);
      const end = all.indexOf(HEAD_END);
      if (end < 0) {
        this.#head = all;
        return borders;
      }
      this.#head = undefined;
      at = end + HEAD_END.length - before;
    }
    while (at < chunk.length) {
      if (this.#payloadLeft === 0) {
        const header = this.#readHeader(chunk, at);
        if (header === undefined) return borders;
        at = header;
      }
      const step = Math.min(this.#payloadLeft, chunk.length - at);
      at += step;
      this.#payloadLeft -= step;
      this.#payloadSeen += step;
      if (this.#payloadLeft > 0) return borders;
      borders.push({ end: at, payloadStart: at - this.#payloadSeen, opcode: this.#opcode });
      this.#payloadSeen = 0;
    }
    return borders;
  }

  /** Where the payload begins, or `undefined` when the header ends in a later chunk. */
  #readHeader(chunk: Buffer, at: number): number | undefined {
    const bytes = Buffer.concat([this.#partial, chunk.subarray(at, at + 10)]);
    const short = bytes.length < 2 ? undefined : (bytes[1] ?? 0) & 0x7f;
    const length = short === undefined ? 2 : short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < length) {
      this.#partial = bytes;
      return undefined;
    }
    const taken = length - this.#partial.length;
    this.#partial = Buffer.alloc(0);
    this.#opcode = (bytes[0] ?? 0) & 0x0f;
    this.#payloadLeft =
      short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : (short ?? 0);
    this.#payloadSeen = 0;
    return at + taken;
  }
}

/** Opcodes of frames that carry data: continuation, text, binary. */
export const isData = (opcode: number): boolean => opcode <= 2;
