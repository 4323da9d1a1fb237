/**
 * What is done to messages on their way through the proxy: the only part of it that knows what a message looks like. Owns
 * what is to be spoilt, what was, and what comes again.
 */
import { CORRUPTIONS, corruptFrame } from '../../../../demo/server/corrupt-frame.js';
import { headerLength, payloadOf } from '../../../../demo/server/websocket-frame.js';
import { namesItsMessage, SPOILINGS as UNREADABLE, type Spoiling } from '../model/spoilt-frame.js';
import type { Piece } from './frame-splitter.js';
import { Address, Line, messageIdIn } from './line.js';

/** Beside the words of the service's own door: bytes that are no frame, over which every client ends the connection. */
export const SPOILINGS = [...CORRUPTIONS, 'raw-bytes'] as const;
export type ProxySpoiling = (typeof SPOILINGS)[number];

export interface Spoilt {
  readonly messageId: string;
  readonly how: ProxySpoiling;
  /** Whether an error stands for it, and can name it; nothing is said where the message comes as well, or on the next connection. */
  readonly said: 'named' | 'nameless' | 'nothing';
}

const isUnreadable = (how: ProxySpoiling): how is Spoiling => UNREADABLE.some((one) => one === how);

function saidOf(how: ProxySpoiling): Spoilt['said'] {
  if (!isUnreadable(how)) return 'nothing';
  return namesItsMessage(how) ? 'named' : 'nameless';
}

/** All three reserved bits: nobody has agreed on any extension. */
const RESERVED_BITS = 0x70;

export class MessageFaults {
  readonly spoilt: Spoilt[] = [];
  /** So many messages come again before the first of the next connection. */
  repeatsAtDial = 0;
  readonly #addresses = new Map<string, Address>();
  #spoiling: { readonly how: ProxySpoiling; left: number } | undefined;

  /**
   * A client has dialed.
   *
   * @param path without its query
   * @param start the message that it begins after
   */
  line(path: string, start: string): Line {
    const address = this.#addresses.get(path) ?? new Address();
    this.#addresses.set(path, address);
    return new Line(address, start);
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
      return [piece, ...line.againAtDial(count)];
    }
    const spoiling = this.#spoiling;
    const messageId = spoiling === undefined ? undefined : messageIdIn(piece);
    if (spoiling === undefined || messageId === undefined) return [piece];
    if (--spoiling.left <= 0) this.#spoiling = undefined;
    this.spoilt.push({ messageId, how: spoiling.how, said: saidOf(spoiling.how) });
    line.spoilt(messageId);
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
