/**
 * What is done to messages on their way through the proxy: the only part of it that knows what a message looks like. Owns
 * what is to be spoilt, what was, and the tail of each address that may come again.
 */
import { CORRUPTIONS, corruptFrame } from '../../../../demo/server/corrupt-frame.js';
import { headerLength, payloadOf } from '../../../../demo/server/websocket-frame.js';
import { textOf, type Piece } from './frame-splitter.js';

/** Beside the words of the service's own door: bytes that are no frame, over which every client ends the connection. */
export const SPOILINGS = [...CORRUPTIONS, 'raw-bytes'] as const;
export type ProxySpoiling = (typeof SPOILINGS)[number];

/** Whether an error about it can name the message. */
const namesItsMessage = (how: ProxySpoiling): boolean =>
  how === 'bad-base64' || how === 'invalid-utf8' || how === 'not-json' || how === 'json-array';

export interface Spoilt {
  readonly messageId: string;
  readonly how: ProxySpoiling;
  readonly isNamed: boolean;
}

const MESSAGE = /^\{"messageId":"([^"]+)","payload":/;
const ANSWER = /^\{"messageId":"([^"]+)"\}$/;
/** All three reserved bits: nobody has agreed on any extension. */
const RESERVED_BITS = 0x70;
const MAX_TAIL = 1_000;

/** What one address (a reader's path without its query) was sent. */
export class Line {
  /** Nobody knows whether the client has these. */
  readonly #sent = new Map<string, Piece>();
  readonly #answered: Piece[] = [];

  sent(piece: Piece): void {
    const id = idIn(piece, MESSAGE);
    if (id === undefined) return;
    this.#sent.set(id, piece);
    const [oldest] = this.#sent.keys();
    if (oldest !== undefined && this.#sent.size > 2 * MAX_TAIL) this.#sent.delete(oldest);
  }

  /** A frame of the client. */
  heard(piece: Piece): void {
    const id = idIn(piece, ANSWER);
    const sent = this.#sent.get(id ?? '');
    if (id === undefined || sent === undefined) return;
    this.#sent.delete(id);
    this.#answered.push(sent);
    if (this.#answered.length > MAX_TAIL) this.#answered.shift();
  }

  /** The last that the client has, oldest first. */
  tail(count: number): readonly Piece[] {
    return count === 0 ? [] : this.#answered.slice(-count);
  }
}

export class MessageFaults {
  readonly spoilt: Spoilt[] = [];
  /** So many messages come again before the first of the next connection. */
  repeatsAtDial = 0;
  readonly #lines = new Map<string, Line>();
  #spoiling: { readonly how: ProxySpoiling; left: number } | undefined;

  line(address: string): Line {
    const line = this.#lines.get(address) ?? new Line();
    this.#lines.set(address, line);
    return line;
  }

  /** The next `count` messages, on whatever connection. */
  spoil(how: ProxySpoiling, count: number): void {
    this.#spoiling = { how, left: count };
  }

  clear(): void {
    this.#spoiling = undefined;
    this.repeatsAtDial = 0;
  }

  /** What passes instead of a piece that the service has sent. */
  pass(piece: Piece, line: Line): readonly Piece[] {
    if (piece.kind === 'head') {
      const count = this.repeatsAtDial;
      this.repeatsAtDial = 0;
      return [piece, ...line.tail(count)];
    }
    const spoiling = this.#spoiling;
    const messageId = spoiling === undefined ? undefined : idIn(piece, MESSAGE);
    if (spoiling === undefined || messageId === undefined) return [piece];
    if (--spoiling.left <= 0) this.#spoiling = undefined;
    this.spoilt.push({ messageId, how: spoiling.how, isNamed: namesItsMessage(spoiling.how) });
    return spoil(piece.bytes, spoiling.how).map(pieceOf);
  }
}

function spoil(frame: Buffer, how: ProxySpoiling): readonly Buffer[] {
  if (how !== 'raw-bytes') return corruptFrame(frame, how);
  const bytes = Buffer.from(frame);
  bytes[0] = (bytes[0] ?? 0) | RESERVED_BITS;
  return [bytes];
}

const pieceOf = (bytes: Buffer): Piece => ({
  kind: 'frame',
  bytes,
  payloadStart: headerLength(payloadOf(bytes).length),
});

const idIn = (piece: Piece, pattern: RegExp): string | undefined => pattern.exec(textOf(piece) ?? '')?.[1];
