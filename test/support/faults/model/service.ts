/**
 * A Pulsar WebSocket proxy in front of a {@link ModelTopic}, in virtual time, with every fault that a network and a
 * broker can have. Strict about the window of unanswered messages. Owns sessions and faults; the log is the topic's.
 */
import {
  seededChance,
  type FakeSocket,
  type VirtualClock,
} from '../../../worker/support/virtual-platform.js';
import { namesItsMessage, spoiltFrame, type Spoiling } from './spoilt-frame.js';
import { ModelTopic, type Message } from './topic.js';

/** What a handshake gets. `hang`: TCP takes it, nobody answers. */
export type Handshake = 'open' | 'refuse' | 'hang';

export interface Session {
  readonly socket: FakeSocket;
  readonly openedAt: number;
  readonly start: string;
  /** Of the topic, when it was opened. */
  readonly oldestAtOpening: number;
  readonly newestAtOpening: number;
  /** Everything up to here has been delivered, or lies before the start. */
  after: number;
  readonly delivered: Message[];
  readonly answers: string[];
  readonly questionsAt: number[];
  maxPending: number;
  /** How many of those have arrived. */
  arrived: number;
  /** Frames that lie in the network, oldest first. */
  readonly late: (() => void)[];
  /** Nothing passes any more, in either direction, and nobody says so. */
  isHalfOpen: boolean;
  /** Questions are answered, messages do not come: the proxy's inner reader is gone. */
  isStalledInside: boolean;
  lastTrafficAt: number;
  readonly clientFramesAt: number[];
  /** Places in the window that answers have freed. */
  freed: number;
  isScheduled: boolean;
}

export interface ServiceOptions {
  readonly clock: VirtualClock;
  readonly seed?: number;
  /** The browser's clock less the service's. */
  readonly skewMs?: number;
  readonly receiverQueueSize?: number;
  /** After which a session without any frame in either direction is closed with 1001; `undefined`: never. */
  readonly idleTimeoutMs?: number;
}

export class ModelService {
  readonly topic = new ModelTopic();
  /** All that ever were. */
  readonly sessions: Session[] = [];
  readonly dialsAt: number[] = [];
  readonly failures: string[] = [];
  /** Taken away from under an open session, which nobody can know. */
  readonly unknowable = new Set<number>();
  /** What the next handshakes get, then `handshake`. */
  readonly nextHandshakes: Handshake[] = [];
  handshake: Handshake = 'open';
  /** Refuses every dial with an explicit id, as a partitioned topic does. */
  refusesPositions = false;
  /** Drops each session so long after it was opened. */
  dropsAfterMs: number | undefined;
  /** Drops the session that gets the n-th message from now on. */
  dropAfterMessages: number | undefined;
  /** Takes no notice of answers, as if the client sent none. */
  isDeafToAnswers = false;
  /** Delivers nothing out of every so many messages, without a word: what no broker does, to test the observer. */
  loses = 0;
  /**
   * So many messages that the client has answered come again on the next session, before anything else: of this visit and this
   * life of the topic, and none from before one that arrived spoilt, as `proxy/line.ts` has it. Not to one that begins at the
   * end: it has no place that anything could be before.
   */
  repeatsAtDial = 0;
  /** Arrived spoilt at least once, by whether the frame still named them. */
  readonly spoilt = { named: new Set<number>(), nameless: new Set<number>() };
  /** Messages waited here or on the way: the first one that comes late may set the clocks wrong. */
  hasDelayed = false;
  /** The computer of its readers has. */
  hasSlept = false;
  /** Spoils the frame of a message on its way. */
  frameOf: (message: Message) => unknown = dataFrame;
  maxBurst = 40;
  /** What the network needs for a frame. */
  slowMs = 0;
  readonly #clock: VirtualClock;
  readonly #chance: () => number;
  readonly #options: ServiceOptions;
  #spoiling: { readonly how: Spoiling; left: number } | undefined;
  #visitBegan = 0;
  #silentUntil = -Infinity;
  #stalledUntil = -Infinity;
  #jammedUntil = -Infinity;

  constructor(options: ServiceOptions) {
    this.#clock = options.clock;
    this.#options = options;
    this.#chance = seededChance(options.seed ?? 1);
  }

  get open(): readonly Session[] {
    return this.sessions.filter(({ socket }) => socket.readyState === 1);
  }

  /** The browser's clock less the service's. */
  get skewMs(): number {
    return this.#options.skewMs ?? 0;
  }

  /** @param options.at when it was published, if the clock has gone on since without anybody noticing */
  publish(count: number, options: { isBatch?: boolean; payload?: string; at?: number } = {}): void {
    this.topic.publish(count, options.at ?? this.#clock.now - this.skewMs, options);
    this.#pumpAll();
  }

  /** Another page dials from here on. It has had nothing that could come again, and would say a gap over it. */
  beginVisit(): void {
    this.#visitBegan = this.sessions.length;
    this.repeatsAtDial = 0;
  }

  roll(): void {
    this.topic.roll(1 + Math.floor(this.#chance() * 3));
  }

  trim(keep = 0): void {
    this.#gone(this.topic.trim(keep));
  }

  recreate(where: 'same-cluster' | 'lower-ids' | 'higher-ids'): void {
    // An open session cannot move to another cluster.
    if (where !== 'same-cluster') this.drop();
    this.#gone(this.topic.recreate(where));
    for (const session of this.open) session.after = this.topic.newest;
  }

  drop(code = 1006, reason = ''): void {
    for (const { socket } of this.open) socket.drop(code, reason);
  }

  halfOpen(): void {
    for (const session of this.open) session.isHalfOpen = true;
  }

  /** The messages of open sessions come no more; sessions opened later are sound. */
  stallInside(): void {
    for (const session of this.open) session.isStalledInside = true;
  }

  /** Delivers the newest messages of each session again. */
  repeatTail(count: number): void {
    for (const session of this.open) {
      for (const message of session.delivered.slice(-count)) this.#send(session, message);
    }
  }

  /** The next `count` messages arrive spoilt. */
  spoil(how: Spoiling, count: number): void {
    this.#spoiling = { how, left: count };
  }

  /** Nothing passes in either direction for so long, handshakes too; later it all goes on. */
  fallSilent(ms: number): void {
    this.hasDelayed = true;
    this.#silentUntil = this.#clock.now + ms;
    this.#clock.setTimer(() => this.#pumpAll(), ms);
  }

  /** Questions are answered, messages come later: the broker behind the proxy is away. */
  stall(ms: number): void {
    // Shorter than the proof waits, and not twice in a row: a longer silence cannot be told from an unknown position.
    if (this.#clock.now < this.#stalledUntil + 2_000) return;
    this.#stalledUntil = this.#clock.now + ms;
    this.hasDelayed = true;
    this.#clock.setTimer(() => this.#pumpAll(), ms);
  }

  /** What it sends lies in the network for so long, and comes in its order then; what clients send arrives. */
  jam(ms: number): void {
    this.hasDelayed = true;
    this.#jammedUntil = this.#clock.now + ms;
  }

  heal(): void {
    this.nextHandshakes.length = 0;
    this.handshake = 'open';
    this.dropsAfterMs = this.dropAfterMessages = this.#spoiling = undefined;
    this.repeatsAtDial = this.slowMs = 0;
    this.#silentUntil = this.#stalledUntil = this.#jammedUntil = -Infinity;
    for (const session of this.sessions) session.isStalledInside = false;
    this.#pumpAll();
  }

  /** A socket of the client. */
  connect(socket: FakeSocket): void {
    this.dialsAt.push(this.#clock.now);
    this.#clock.setTimer(() => this.#answerHandshake(socket), 1 + this.#chance() * 30);
  }

  /** A text frame of the client. */
  heard(socket: FakeSocket, text: string): void {
    const session = this.sessions.find((one) => one.socket === socket);
    if (session === undefined || session.isHalfOpen) return;
    session.lastTrafficAt = this.#clock.now;
    session.clientFramesAt.push(this.#clock.now);
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'type' in value) {
      session.questionsAt.push(this.#clock.now);
      this.#clock.setTimer(() => this.#answer(session), 1 + this.#chance() * 20);
      return;
    }
    session.answers.push(text);
    if (!this.isDeafToAnswers) session.freed++;
    this.#pump(session);
  }

  #answer(session: Session): void {
    if (session.isHalfOpen || this.#clock.now < this.#silentUntil) return;
    this.#bring(session, () => session.socket.deliver('{"endOfTopic":false}'));
  }

  /** Through the network, which keeps the order. */
  #bring(session: Session, arrive: () => void): void {
    if (session.late.length === 0 && this.#clock.now >= this.#jammedUntil) return arrive();
    session.late.push(arrive);
    if (session.late.length === 1) this.#bringNext(session);
  }

  #bringNext(session: Session): void {
    const waitMs = this.#jammedUntil - this.#clock.now;
    // One at a time, as browsers hand frames to a page.
    this.#clock.setTimer(
      () => {
        if (this.#clock.now < this.#jammedUntil) return this.#bringNext(session);
        if (!session.isHalfOpen) session.late[0]?.();
        session.late.shift();
        if (session.late.length > 0) this.#bringNext(session);
      },
      Math.max(1, waitMs),
    );
  }

  #answerHandshake(socket: FakeSocket): void {
    if (!socket.isHeld || this.#clock.now < this.#silentUntil) return;
    const start = socket.startsAt;
    const isExplicit = start !== 'latest' && start !== 'earliest';
    const fate =
      this.nextHandshakes.shift() ?? (isExplicit && this.refusesPositions ? 'refuse' : this.handshake);
    if (fate === 'hang') return;
    if (fate === 'refuse') {
      socket.drop();
      return;
    }
    const after = this.topic.startAfter(start);
    if (after === undefined) {
      this.failures.push(`an id that no broker can read: ${start}`);
      socket.drop();
      return;
    }
    const session: Session = {
      socket,
      openedAt: this.#clock.now,
      start,
      oldestAtOpening: this.topic.oldest,
      newestAtOpening: this.topic.newest,
      after,
      delivered: [],
      arrived: 0,
      late: [],
      answers: [],
      questionsAt: [],
      maxPending: 0,
      isHalfOpen: false,
      isStalledInside: false,
      lastTrafficAt: this.#clock.now,
      clientFramesAt: [],
      freed: 0,
      isScheduled: false,
    };
    this.sessions.push(session);
    socket.open();
    if (this.dropsAfterMs !== undefined) this.#clock.setTimer(() => socket.drop(), this.dropsAfterMs);
    this.#watchIdle(session);
    this.#repeatAtDial(session);
    this.#pump(session);
  }

  #repeatAtDial(session: Session): void {
    const count = this.repeatsAtDial;
    this.repeatsAtDial = 0;
    if (count === 0 || session.start === 'latest') return;
    const earlier = this.sessions.slice(this.#visitBegan);
    const before = earlier.findLast((one) => one !== session && one.answers.length > 0);
    const answered = before?.delivered.slice(0, before.answers.length) ?? [];
    const { named, nameless } = this.spoilt;
    const whole = answered.findLastIndex(
      ({ seq, life }) => named.has(seq) || nameless.has(seq) || life < this.topic.lives - 1,
    );
    for (const message of answered.slice(whole + 1).slice(-count)) {
      if (session.socket.readyState === 1) this.#send(session, message);
    }
  }

  #watchIdle(session: Session): void {
    const { idleTimeoutMs } = this.#options;
    if (idleTimeoutMs === undefined) return;
    const dueIn = session.lastTrafficAt + idleTimeoutMs - this.#clock.now;
    this.#clock.setTimer(
      () => {
        if (session.socket.readyState !== 1 || session.isHalfOpen) return;
        if (this.#clock.now - session.lastTrafficAt >= idleTimeoutMs)
          session.socket.drop(1001, 'Idle timeout expired');
        else this.#watchIdle(session);
      },
      Math.max(1, dueIn),
    );
  }

  #gone(messages: readonly Message[]): void {
    const { open } = this;
    for (const { seq } of messages) {
      if (open.some((session) => seq > session.after)) this.unknowable.add(seq);
    }
  }

  #pumpAll(): void {
    for (const session of this.open) this.#pump(session);
  }

  #pump(session: Session): void {
    if (session.isScheduled || session.socket.readyState !== 1) return;
    session.isScheduled = true;
    this.#clock.setTimer(
      () => {
        session.isScheduled = false;
        this.#deliver(session);
      },
      this.slowMs + this.#chance() * 8,
    );
  }

  #deliver(session: Session): void {
    const { socket } = session;
    const { now } = this.#clock;
    const isStill = session.isHalfOpen || session.isStalledInside;
    if (socket.readyState !== 1 || isStill || now < this.#stalledUntil || now < this.#silentUntil) return;
    const window = this.#options.receiverQueueSize ?? 1_000;
    const burst = this.slowMs > 0 ? 1 : 1 + Math.floor(this.#chance() * this.maxBurst);
    for (let i = 0; i < burst; i++) {
      if (session.delivered.length - session.freed >= window) return;
      const message = this.topic.after(session.after);
      if (message === undefined) return;
      session.after = message.seq;
      if (this.loses > 0 && message.seq % this.loses === this.loses - 1) continue;
      this.#send(session, message);
      if (socket.readyState !== 1) return;
    }
    this.#pump(session);
  }

  #send(session: Session, message: Message): void {
    const { socket } = session;
    session.delivered.push(message);
    session.maxPending = Math.max(session.maxPending, session.delivered.length - session.freed);
    session.lastTrafficAt = this.#clock.now;
    const frame = this.#onItsWay(message);
    this.#bring(session, () => {
      if (socket.readyState === 1) session.arrived++;
      socket.deliver(frame);
    });
    if (this.dropAfterMessages === undefined || --this.dropAfterMessages > 0) return;
    this.dropAfterMessages = undefined;
    socket.drop();
  }

  #onItsWay(message: Message): unknown {
    const frame = this.frameOf(message);
    const spoiling = this.#spoiling;
    if (spoiling === undefined || typeof frame !== 'string') return frame;
    if (--spoiling.left <= 0) this.#spoiling = undefined;
    this.spoilt[namesItsMessage(spoiling.how) ? 'named' : 'nameless'].add(message.seq);
    return spoiltFrame(frame, spoiling.how);
  }
}

export function dataFrame(message: Message): string {
  return JSON.stringify({
    messageId: message.text,
    payload: btoa(message.payload),
    properties: {},
    publishTime: new Date(message.publishTime).toISOString(),
    redeliveryCount: 0,
  });
}
