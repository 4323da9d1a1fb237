/**
 * Cuts the bytes of one direction of a WebSocket into its pieces: the head of the request or the answer first, then frame
 * after frame, each whole. Changes no byte; nobody may compress, which the proxy sees to.
 */

const HEAD_END = Buffer.from('\r\n\r\n');
const MASK_BYTES = 4;
const FINAL_TEXT = 0x81;

export type Piece =
  | { readonly kind: 'head'; readonly bytes: Buffer }
  | { readonly kind: 'frame'; readonly bytes: Buffer; readonly payloadStart: number };

export class FrameSplitter {
  #hasHead = false;
  /** What came of the next piece. */
  #waiting: Buffer[] = [];
  #waitingLength = 0;
  /** Bytes that must be there before a look is worth while: a large frame comes in many chunks. */
  #wanted = 0;

  /** The pieces that end in this chunk, in order. */
  take(chunk: Buffer): readonly Piece[] {
    this.#waiting.push(chunk);
    this.#waitingLength += chunk.length;
    if (this.#waitingLength < this.#wanted) return [];
    let rest = this.#waiting.length === 1 ? chunk : Buffer.concat(this.#waiting);
    const pieces: Piece[] = [];
    for (let piece = this.#first(rest); piece !== undefined; piece = this.#first(rest)) {
      pieces.push(piece);
      rest = rest.subarray(piece.bytes.length);
    }
    this.#waiting = rest.length === 0 ? [] : [rest];
    this.#waitingLength = rest.length;
    return pieces;
  }

  #first(bytes: Buffer): Piece | undefined {
    this.#wanted = 0;
    if (!this.#hasHead) {
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) return undefined;
      this.#hasHead = true;
      return { kind: 'head', bytes: bytes.subarray(0, end + HEAD_END.length) };
    }
    if (bytes.length < 2) return undefined;
    const second = bytes[1] ?? 0;
    const short = second & 0x7f;
    const lengthEnd = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < lengthEnd) return undefined;
    const payloadLength =
      short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    const payloadStart = lengthEnd + ((second & 0x80) === 0 ? 0 : MASK_BYTES);
    this.#wanted = payloadStart + payloadLength;
    if (bytes.length < this.#wanted) return undefined;
    return { kind: 'frame', bytes: bytes.subarray(0, this.#wanted), payloadStart };
  }
}

/** Continuation, text, binary: not a ping, not a close. */
export const isData = ({ bytes }: Piece): boolean => ((bytes[0] ?? 0) & 0x0f) <= 2;

/** The text of a frame that is a text as a whole, unmasked; `undefined` for any other. */
export function textOf(piece: Piece): string | undefined {
  if (piece.kind === 'head' || piece.bytes[0] !== FINAL_TEXT) return undefined;
  const payload = piece.bytes.subarray(piece.payloadStart);
  if (((piece.bytes[1] ?? 0) & 0x80) === 0) return payload.toString('utf8');
  const mask = piece.bytes.subarray(piece.payloadStart - MASK_BYTES, piece.payloadStart);
  return Buffer.from(payload.map((byte, i) => byte ^ (mask[i % MASK_BYTES] ?? 0))).toString('utf8');
}
