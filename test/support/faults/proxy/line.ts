/**
 * What clients were sent, and what of it may come again: on the same connection all that it has brought, on the next one
 * what was answered. A service sends nobody what only another client has read, nor leaves anything out between two messages.
 */
import {
  compareMessageIds,
  parseMessageId,
  predecessor,
  type MessageId,
} from '../../../../src/worker/message-id.js';
import { textOf, type Piece } from './frame-splitter.js';

const MESSAGE = /^\{"messageId":"([^"]+)","payload":/;
const ANSWER = /^\{"messageId":"([^"]+)"\}$/;
/** The window of 1000 messages that a client need not have answered, and as many again. */
const MAX_TAIL = 2_000;

interface Had {
  readonly id: MessageId;
  readonly piece: Piece;
}

export const messageIdIn = (piece: Piece): string | undefined => idIn(piece, MESSAGE);

/** The newest of some messages, in the order of the topic, each once. */
export class Tail {
  /** Oldest first. */
  readonly #had: Had[] = [];

  add(one: Had): void {
    // Nearly always the newest.
    const at = this.#had.findLastIndex(({ id }) => compareMessageIds(id, one.id) <= 0);
    const before = this.#had[at];
    const isKnown = before !== undefined && compareMessageIds(before.id, one.id) === 0;
    this.#had.splice(isKnown ? at : at + 1, isKnown ? 1 : 0, one);
    if (this.#had.length > MAX_TAIL) this.#had.shift();
  }

  last(count: number): readonly Had[] {
    return count === 0 ? [] : this.#had.slice(-count);
  }
}

/** What the clients at one address have answered, and what they may lack. */
export class Address {
  readonly tail = new Tail();
  #newestSpoilt: MessageId | undefined;

  spoilt(messageId: string): void {
    const id = parseMessageId(messageId);
    if (id !== undefined && this.#isAfterSpoilt(id)) this.#newestSpoilt = id;
  }

  /** What a client had only spoilt it has not had: from there back, what comes again would have a hole. */
  withoutHoles(had: readonly Had[]): readonly Had[] {
    return had.filter(({ id }) => this.#isAfterSpoilt(id));
  }

  #isAfterSpoilt(id: MessageId): boolean {
    return this.#newestSpoilt === undefined || compareMessageIds(id, this.#newestSpoilt) > 0;
  }
}

export class Line {
  readonly #address: Address;
  readonly #brought = new Tail();
  /** What the client begins after; `undefined` where it names no message. */
  readonly #start: MessageId | undefined;
  /** Nobody knows whether the client has these. */
  readonly #unanswered = new Map<string, Piece>();

  constructor(address: Address, start: string) {
    this.#address = address;
    this.#start = parseMessageId(start);
  }

  /** The last that came over it: on the way to the client nothing overtakes them. */
  again(count: number): readonly Piece[] {
    return this.#address.withoutHoles(this.#brought.last(count)).map(({ piece }) => piece);
  }

  /** The last that the client has had from elsewhere: it begins one message before the last of that. */
  againAtDial(count: number): readonly Piece[] {
    const start = this.#start;
    if (start === undefined) return [];
    return this.#address
      .withoutHoles(this.#address.tail.last(count))
      .filter(({ id }) => compareMessageIds(predecessor(id), start) <= 0)
      .map(({ piece }) => piece);
  }

  /** On its way, and the client cannot take it in. */
  spoilt(messageId: string): void {
    this.#address.spoilt(messageId);
  }

  sent(piece: Piece): void {
    const text = messageIdIn(piece) ?? '';
    const id = parseMessageId(text);
    if (id === undefined) return;
    // Cut out, a piece would hold the whole chunk that it came in.
    const kept = { ...piece, bytes: Buffer.from(piece.bytes) };
    this.#brought.add({ id, piece: kept });
    this.#unanswered.set(text, kept);
    const [oldest] = this.#unanswered.keys();
    if (oldest !== undefined && this.#unanswered.size > MAX_TAIL) this.#unanswered.delete(oldest);
  }

  /** A frame of the client. */
  heard(piece: Piece): void {
    const text = idIn(piece, ANSWER) ?? '';
    const sent = this.#unanswered.get(text);
    const id = parseMessageId(text);
    if (id === undefined || sent === undefined) return;
    this.#unanswered.delete(text);
    this.#address.tail.add({ id, piece: sent });
  }
}

const idIn = (piece: Piece, pattern: RegExp): string | undefined => pattern.exec(textOf(piece) ?? '')?.[1];
