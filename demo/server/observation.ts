/**
 * Owns what `GET /_faults/state` tells: per topic the handshakes seen, the sockets that are or were open, and how far
 * each one's window was used. Tests take it as proof. Bounded, and never a key: only named parameters are recorded.
 */

import type { SessionKind } from './fault-command.js';

/** The counters of one session; the session itself moves them. */
export interface SessionRecord {
  readonly id: number;
  readonly kind: SessionKind;
  readonly topic: string;
  readonly subscription: string | undefined;
  /** The parameter as it came, decoded from the URL; undefined when absent. */
  readonly messageId: string | undefined;
  readonly openedAt: string;
  closedAt: string | undefined;
  /** Messages out and not answered, and the highest that ever was. */
  pending: number;
  maxPending: number;
  messagesSent: number;
  /** Messages taken in and confirmed; producers only. */
  messagesPublished: number;
  /** Text frames that came in, of any kind. */
  framesReceived: number;
  endOfTopicRequests: number;
}

export interface HandshakeRecord {
  readonly at: string;
  readonly kind: SessionKind;
  readonly messageId: string | undefined;
  readonly receiverQueueSize: string | undefined;
  readonly subscription: string | undefined;
  /** 101 when it became a session; 0 when it was left hanging. */
  readonly status: number;
}

interface TopicRecord {
  handshakeCount: number;
  handshakes: HandshakeRecord[];
  framesReceived: number;
  messagesSent: number;
  open: Set<SessionRecord>;
  closed: SessionRecord[];
}

export interface TopicState {
  readonly open: Readonly<Record<SessionKind, number>>;
  /** All handshakes ever; `handshakes` keeps the last ones only. */
  readonly handshakeCount: number;
  readonly handshakes: readonly HandshakeRecord[];
  readonly framesReceived: number;
  readonly messagesSent: number;
  readonly sessions: readonly SessionRecord[];
  readonly closedSessions: readonly SessionRecord[];
}

/** How many handshakes and closed sessions are remembered per topic. */
const REMEMBERED = 200;
/** A stranger can name any topic; the oldest record goes first. */
const MAX_TOPICS = 5_000;

export class Observation {
  readonly #topics = new Map<string, TopicRecord>();
  readonly #now: () => number;
  #nextId = 1;

  constructor(now: () => number) {
    this.#now = now;
  }

  handshake(topic: string, record: Omit<HandshakeRecord, 'at'>): void {
    const of = this.#recordOf(topic);
    of.handshakeCount += 1;
    of.handshakes.push({ at: this.#timestamp(), ...record });
    if (of.handshakes.length > REMEMBERED) {
      of.handshakes.shift();
    }
  }

  opened(
    kind: SessionKind,
    topic: string,
    subscription: string | undefined,
    messageId: string | undefined,
  ): SessionRecord {
    const record: SessionRecord = {
      id: this.#nextId,
      kind,
      topic,
      subscription,
      messageId,
      openedAt: this.#timestamp(),
      closedAt: undefined,
      pending: 0,
      maxPending: 0,
      messagesSent: 0,
      messagesPublished: 0,
      framesReceived: 0,
      endOfTopicRequests: 0,
    };
    this.#nextId += 1;
    this.#recordOf(topic).open.add(record);
    return record;
  }

  closed(record: SessionRecord): void {
    record.closedAt = this.#timestamp();
    const of = this.#recordOf(record.topic);
    of.open.delete(record);
    of.framesReceived += record.framesReceived;
    of.messagesSent += record.messagesSent;
    of.closed.push(record);
    if (of.closed.length > REMEMBERED) {
      of.closed.shift();
    }
  }

  /** @param topic only this one; undefined means all. */
  state(topic: string | undefined): Readonly<Record<string, TopicState>> {
    const states: Record<string, TopicState> = {};
    for (const [path, record] of this.#topics) {
      if (topic === undefined || topic === path) {
        states[path] = stateOf(record);
      }
    }
    return states;
  }

  #recordOf(topic: string): TopicRecord {
    let record = this.#topics.get(topic);
    if (record === undefined) {
      record = {
        handshakeCount: 0,
        handshakes: [],
        framesReceived: 0,
        messagesSent: 0,
        open: new Set(),
        closed: [],
      };
      this.#topics.set(topic, record);
      this.#forgetOldest();
    }
    return record;
  }

  #forgetOldest(): void {
    if (this.#topics.size <= MAX_TOPICS) {
      return;
    }
    for (const [path, record] of this.#topics) {
      if (record.open.size === 0) {
        this.#topics.delete(path);
        return;
      }
    }
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString();
  }
}

function stateOf(record: TopicRecord): TopicState {
  const sessions = [...record.open];
  const count = (kind: SessionKind): number => sessions.filter((session) => session.kind === kind).length;
  const sum = (of: (session: SessionRecord) => number): number =>
    sessions.reduce((total, session) => total + of(session), 0);
  return {
    open: { reader: count('reader'), consumer: count('consumer'), producer: count('producer') },
    handshakeCount: record.handshakeCount,
    handshakes: record.handshakes,
    framesReceived: record.framesReceived + sum((session) => session.framesReceived),
    messagesSent: record.messagesSent + sum((session) => session.messagesSent),
    sessions,
    closedSessions: record.closed,
  };
}
