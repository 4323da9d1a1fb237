/**
 * A Pulsar topic as a reader sees it, in its smallest form: a log of ledgers, entries and batches; positions that are
 * moved without a word when what they name is gone or was never there; a window of unanswered messages; answers to
 * `isEndOfTopic` that come from the proxy. The same answers as the contract tests ask of a real broker.
 */
import { compareMessageIds, formatMessageId, parseMessageId } from '../../../src/worker/message-id.js';
import type { MessageId } from '../../../src/worker/message-id.js';
import type { FakeSocket, VirtualClock } from './virtual-platform.js';

export interface Published {
  /** Order of publishing over all lives of the topic. */
  readonly seq: number;
  readonly life: number;
  readonly id: MessageId;
  readonly text: string;
  readonly publishTime: number;
}

interface Session {
  readonly socket: FakeSocket;
  /** What was in the log when it was opened; of an empty log, what would come next. */
  readonly oldestAtOpening: number;
  readonly newestAtOpening: number;
  /** Everything up to here has been delivered, or lies before the start. */
  after: number;
  readonly delivered: Published[];
  readonly answers: string[];
  isScheduled: boolean;
}

/** Ledgers of one life; another cluster's counter stands elsewhere. */
const LEDGERS_PER_LIFE = 1_000;

export class ModelBroker {
  /** Pulsar's is 1000: a small one shows at once what happens when it is full. */
  window = 10;
  /** Takes a message out of every so many deliveries without a word: what no broker does. 0: none. */
  loses = 0;
  /** Handshakes to refuse from now on. */
  refusals = 0;
  /** Refuses every dial with an explicit id, as a partitioned topic does. */
  refusesPositions = false;
  /** What the network needs for a frame. */
  slowMs = 0;
  readonly everything: Published[] = [];
  /** Taken away from under an open session, which nobody can know. */
  readonly unknowable = new Set<number>();
  readonly failures: string[] = [];
  readonly #clock: VirtualClock;
  readonly #chance: () => number;
  readonly #skewMs: number;
  #stalledUntil = -Infinity;
  #silentUntil = -Infinity;
  #heldUpUntil = -Infinity;
  #log: Published[] = [];
  #sessions: Session[] = [];
  readonly #past: Session[] = [];
  #life = 0;
  #ledger = 50 * LEDGERS_PER_LIFE;
  #entry = 0;

  constructor(clock: VirtualClock, chance: () => number, skewMs: number) {
    this.#clock = clock;
    this.#chance = chance;
    this.#skewMs = skewMs;
  }

  /** Nothing can be published any more, which the answers to questions say. */
  isTerminated = false;

  get sessions(): readonly Session[] {
    return this.#sessions;
  }

  /** The sequence number of the newest message ever published, -1 for none. */
  get newest(): number {
    return this.everything.length - 1;
  }

  has(text: string): boolean {
    return this.#log.some((message) => message.text === text);
  }

  /** The first session on any of these sockets. */
  firstSession(sockets: readonly FakeSocket[]): Session | undefined {
    return this.#past.find(({ socket }) => sockets.includes(socket));
  }

  /** While questions are answered, nothing is delivered: the broker behind the proxy is away. */
  stall(ms: number): void {
    // Shorter than the proof waits, and not twice in a row: a longer silence cannot be told from an unknown position.
    if (this.#clock.now < this.#stalledUntil + 2_000) return;
    this.#stalledUntil = this.#clock.now + ms;
    this.#clock.setTimer(() => this.#pumpAll(), ms);
  }

  /** The network is away: what was sent meanwhile comes when it is back, in order. */
  holdUp(ms: number): void {
    this.#heldUpUntil = this.#clock.now + ms;
    this.#clock.setTimer(() => this.#pumpAll(), ms);
  }

  /** Nothing passes in either direction, and nobody says so. */
  fallSilent(ms: number): void {
    this.#silentUntil = this.#clock.now + ms;
    this.#clock.setTimer(() => this.#pumpAll(), ms);
  }

  publish(count: number, isBatch: boolean): void {
    for (let i = 0; i < count; i++) {
      const id: MessageId = {
        ledger: this.#ledger,
        entry: this.#entry,
        partition: -1,
        batchIndex: isBatch ? i : -1,
      };
      const message: Published = {
        seq: this.everything.length,
        life: this.#life,
        id,
        text: formatMessageId(id),
        publishTime: this.#clock.now - this.#skewMs,
      };
      this.#log.push(message);
      this.everything.push(message);
      if (!isBatch) this.#entry++;
    }
    if (isBatch) this.#entry++;
    this.#pumpAll();
  }

  /** Unloaded or rolled over: the next entry opens a new ledger. */
  roll(): void {
    this.#ledger += 1 + Math.floor(this.#chance() * 3);
    this.#entry = 0;
  }

  /** Retention takes all ledgers but the one that is being written. */
  trim(): void {
    this.#remove((message) => message.id.ledger < this.#ledger);
  }

  /** Deleted and made again: on the same cluster with higher ledgers, on another one wherever its counter stands. */
  recreate(where: 'same-cluster' | 'lower-ids' | 'higher-ids'): void {
    // An open session cannot move to another cluster.
    if (where !== 'same-cluster') this.drop();
    this.#remove(() => true);
    this.#life++;
    if (where === 'same-cluster') this.roll();
    else {
      this.#ledger = (50 + (where === 'lower-ids' ? -this.#life : this.#life)) * LEDGERS_PER_LIFE;
      this.#entry = 0;
    }
    for (const session of this.#sessions) session.after = this.newest;
  }

  connect(socket: FakeSocket): void {
    this.#clock.setTimer(() => this.#answerHandshake(socket), 1 + this.#chance() * 30);
  }

  heard(socket: FakeSocket, text: string): void {
    const session = this.#sessions.find((one) => one.socket === socket);
    if (session === undefined) return;
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'type' in value) {
      this.#clock.setTimer(() => this.#answerQuestion(session, this.newest), 1 + this.#chance() * 20);
      return;
    }
    session.answers.push(text);
    this.#pump(session);
  }

  drop(): void {
    for (const { socket } of this.#sessions) if (socket.isHeld) socket.drop();
    this.#sessions = [];
  }

  /** Nothing comes over the sockets open now, and nobody says so. */
  halfOpen(): void {
    for (const { socket } of this.#sessions) socket.deliver = () => undefined;
  }

  heal(): void {
    this.refusals = this.slowMs = 0;
    this.#stalledUntil = this.#silentUntil = this.#heldUpUntil = -Infinity;
    this.#pumpAll();
  }

  /** Behind what was sent before it. A network that was away loses neither: TCP sends them again. */
  #answerQuestion(session: Session, newest: number): void {
    if (session.socket.readyState !== 1) return;
    const { now } = this.#clock;
    const awayUntil = this.#awayUntil;
    const hasMore = this.#log.some(({ seq }) => seq > session.after && seq <= newest);
    const isSending = hasMore && !this.#isFull(session) && now >= this.#stalledUntil;
    if (now < awayUntil || isSending) {
      const waitMs = Math.max(0, awayUntil - now) + 10;
      this.#clock.setTimer(() => this.#answerQuestion(session, newest), waitMs);
    } else session.socket.deliver(`{"endOfTopic":${this.isTerminated}}`);
  }

  get #awayUntil(): number {
    return Math.max(this.#silentUntil, this.#heldUpUntil);
  }

  #isFull({ delivered, answers }: Session): boolean {
    return delivered.length - answers.length >= this.window;
  }

  #answerHandshake(socket: FakeSocket): void {
    if (!socket.isHeld || this.#clock.now < this.#silentUntil) return;
    const start = socket.startsAt;
    const isExplicit = start !== 'latest' && start !== 'earliest';
    if (this.refusals > 0 || (isExplicit && this.refusesPositions)) {
      if (this.refusals > 0) this.refusals--;
      socket.drop();
      return;
    }
    const after = this.#startAfter(start);
    if (after === undefined) {
      this.failures.push(`an id that no broker can read: ${start}`);
      socket.drop();
      return;
    }
    const session: Session = {
      socket,
      oldestAtOpening: this.#log[0]?.seq ?? this.newest + 1,
      newestAtOpening: this.newest,
      after,
      delivered: [],
      answers: [],
      isScheduled: false,
    };
    this.#sessions.push(session);
    this.#past.push(session);
    socket.open();
    this.#pump(session);
  }

  /** The sequence number after which a reader begins. */
  #startAfter(start: string): number | undefined {
    if (start === 'latest') return this.newest;
    if (start === 'earliest') return -1;
    const id = parseMessageId(start);
    if (id === undefined) return undefined;
    const last = this.#log.at(-1);
    if (last === undefined || compareEntries(id, last.id) > 0) return this.newest;
    const first = this.#log.find((message) => isAfterStart(message.id, id));
    return first === undefined ? this.newest : first.seq - 1;
  }

  #remove(isGone: (message: Published) => boolean): void {
    const open = this.#sessions.filter(({ socket }) => socket.readyState === 1);
    for (const message of this.#log.filter(isGone)) {
      if (open.some((session) => message.seq > session.after)) this.unknowable.add(message.seq);
    }
    this.#log = this.#log.filter((message) => !isGone(message));
  }

  #pumpAll(): void {
    for (const session of this.#sessions) this.#pump(session);
  }

  #pump(session: Session): void {
    if (session.isScheduled) return;
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
    if (socket.readyState !== 1 || now < Math.max(this.#stalledUntil, this.#awayUntil)) return;
    const burst = this.slowMs > 0 ? 1 : 1 + Math.floor(this.#chance() * 40);
    for (let i = 0; i < burst; i++) {
      if (this.#isFull(session)) return;
      const message = this.#log.find(({ seq }) => seq > session.after);
      if (message === undefined) return;
      session.after = message.seq;
      if (this.loses > 0 && message.seq % this.loses === this.loses - 1) continue;
      session.delivered.push(message);
      socket.deliver(frameOf(message));
      if (socket.readyState !== 1) return;
    }
    this.#pump(session);
  }
}

function compareEntries(a: MessageId, b: MessageId): number {
  return a.ledger - b.ledger || a.entry - b.entry;
}

/** Exclusive, except that an id without batch index that names a batch is inclusive. */
function isAfterStart(id: MessageId, start: MessageId): boolean {
  if (compareEntries(id, start) === 0 && start.batchIndex < 0) return id.batchIndex >= 0;
  return compareMessageIds(id, start) > 0;
}

function frameOf(message: Published): string {
  return JSON.stringify({
    messageId: message.text,
    payload: btoa(JSON.stringify({ seq: message.seq })),
    properties: {},
    publishTime: new Date(message.publishTime).toISOString(),
    redeliveryCount: 0,
  });
}
