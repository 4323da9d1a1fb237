/**
 * One dial of a stream that all tabs of the origin share: to the connection a WebSocket, to the other tabs a leader or
 * a follower (docs/protocol.md, "Tabs"). The lock is waited for as long as the dial lasts; whoever holds it leads.
 * Owns the parts that a dial may play; what a leader sends is `tab-relay.ts`, what frames mean is the intake's, as with
 * any socket.
 */
import { Alarm } from './alarm.js';
import type { Dial } from './dial.js';
import { readFrame } from './frame.js';
import type { Platform } from './platform.js';
import { RECEIVER_QUEUE_SIZE } from './reader-url.js';
import { ASK_END_OF_TOPIC, type Socket, type SocketClose } from './socket.js';
import { TabLock } from './tab-lock.js';
import { readTabMessage, type TabMessage } from './tab-messages.js';
import { TabRelay } from './tab-relay.js';

/** Lock and leader answer within some 10 ms; without either, this tab reads for itself. */
export const SILENT_TABS_MS = 500;
/** How often a leader is asked whether it is there, and how long it may take to say so. */
export const PING_MS = 5_000;
/** A leader whose socket ends says so and frees the lock in one task: whoever is granted it waits for the word. */
export const LAST_WORD_MS = 50;
/** The lead waits so long for the next dial, which waits for a credential. */
export const CARRY_MS = 100;
/** How often a tab that reads for itself asks whether the leader has what it needs. */
export const JOIN_EVERY_MS = 250;
/** A leader that is so much behind with its answers slows everybody: it gives the lead to another tab. */
export const STEP_DOWN_AT = RECEIVER_QUEUE_SIZE - 100;

/**
 * `asking`: for the lead, and for a leader; `following`: reads what the leader relays; `apart`: has a socket of its own
 * without the lead, because no leader answers or it no longer has what this tab needs; `leading`: has the lead, and the
 * socket; `away`: the page is frozen or in the cache and holds nothing.
 */
export type TabRole = 'asking' | 'following' | 'apart' | 'leading' | 'away' | 'over';

export interface Tabs {
  readonly platform: Platform;
  readonly locks: LockManager;
  /** Of the lock and of the channel. */
  readonly name: string;
  /** The lead, on its way from one dial to the next. */
  lock: TabLock | undefined;
  /** Another tab wants to know whether the service is there. */
  probe(): void;
}

const HANDOVER: SocketClose = { code: 1006, reason: '', cause: 'handover' };

export class SharedSocket implements Socket {
  binaryType: BinaryType = 'arraybuffer';
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onerror: Socket['onerror'] = null;
  onclose: Socket['onclose'] = null;
  readonly #tabs: Tabs;
  readonly #dial: Dial;
  readonly #address: string;
  readonly #channel: BroadcastChannel;
  readonly #lock: TabLock;
  readonly #relay: TabRelay;
  readonly #alarm: Alarm;
  #role: TabRole = 'asking';
  #isOpen = false;
  /** The socket to the service: of a tab that leads, or reads apart. */
  #real: WebSocket | undefined;
  /** The leader's session. */
  #session: string | undefined;
  /** Number of the next frame that the leader relays. */
  #next = 0;
  /** Messages delivered and not answered. */
  #unanswered = 0;
  /** More came than the window holds. */
  #isBehind = false;
  #heardAt = -Infinity;
  #pingedAt: number;
  #hasStolen = false;
  #speechlessAt: number | undefined;
  #leadsAt: number | undefined;
  #joinsAt = Infinity;
  /** The newest message passed on. */
  #newest: unknown;

  /** Throws where the browser gives no channel. */
  constructor(tabs: Tabs, dial: Dial) {
    const { platform, name } = tabs;
    this.#tabs = tabs;
    this.#dial = dial;
    this.#address = `${platform.chance()}${platform.chance()}`;
    this.#channel = platform.openChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#relay = new TabRelay(platform, this.#address, dial.after, (message) => this.#post(message));
    this.#alarm = new Alarm(platform, () => this.#onAlarm());
    this.#pingedAt = platform.now();
    const carried = tabs.lock;
    tabs.lock = undefined;
    this.#lock = carried ?? new TabLock(tabs.locks, name, this);
    this.#lock.listener = this;
    if (carried !== undefined) {
      this.#lead();
      return;
    }
    if (!dial.mayFollow) {
      this.#readApart();
      return;
    }
    this.#speechlessAt = this.#pingedAt + SILENT_TABS_MS;
    this.#attach(dial.after);
    this.#arm();
  }

  get role(): TabRole {
    return this.#role;
  }

  get readyState(): Socket['readyState'] {
    if (this.#role === 'over') return WebSocket.CLOSED;
    if (this.#real !== undefined) return this.#real.readyState;
    return this.#isOpen ? WebSocket.OPEN : WebSocket.CONNECTING;
  }

  send(text: string): void {
    const isQuestion = text === ASK_END_OF_TOPIC;
    if (!isQuestion) this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#role !== 'following') this.#real?.send(text);
    else if (isQuestion) this.#post({ kind: 'ask' });
    else if (this.#isBehind && this.#unanswered < RECEIVER_QUEUE_SIZE / 2) this.#end(HANDOVER);
  }

  close(): void {
    this.#letGo('over');
  }

  /** The page is about to be frozen or cached, and must hold nothing that others wait for. */
  leave(): void {
    if (this.#role !== 'over') this.#letGo('away');
  }

  /** The page is back; what was held is gone. */
  comeBack(): void {
    if (this.#role === 'away') this.#end({ code: 1006, reason: '' });
  }

  /** What the socket brings from now on is new. */
  caughtUp(): void {
    this.#relay.caughtUp();
  }

  granted(): void {
    if (this.#role === 'apart') this.#takeLead();
    else if (this.#heardAt === -Infinity) this.#lead();
    else {
      this.#leadsAt = this.#tabs.platform.now() + LAST_WORD_MS;
      this.#arm();
    }
  }

  lost(): void {
    if (this.#role === 'leading') this.#end(HANDOVER);
    else if (this.#role === 'asking') this.#readApart();
  }

  #lead(): void {
    // A follower starts over: the next dial proves that nothing was lost in between.
    if (this.#role === 'following') return this.#end(HANDOVER, 'carry');
    const isApart = this.#role === 'apart';
    this.#takeLead();
    if (!isApart) this.#openReal();
  }

  #takeLead(): void {
    this.#role = 'leading';
    this.#speechlessAt = undefined;
    this.#relay.isLeading = true;
    this.#relay.announce();
    this.#arm();
  }

  #readApart(): void {
    this.#role = 'apart';
    this.#speechlessAt = undefined;
    this.#openReal();
    this.#arm();
  }

  #openReal(): void {
    let real: WebSocket;
    try {
      real = this.#tabs.platform.openSocket(this.#dial.url);
    } catch {
      // The message would quote the URL, and with it the key.
      this.#tabs.platform.setTimer(() => this.#fail(), 0);
      return;
    }
    this.#real = real;
    real.binaryType = 'arraybuffer';
    real.onopen = () => this.#open();
    real.onerror = () => this.#fail();
    real.onmessage = ({ data }) => this.#read(data);
    real.onclose = ({ code, reason }) => {
      if (this.#role === 'leading')
        this.#post({ kind: 'over', session: this.#address, code, reason: reason.slice(0, 120) });
      this.#end({ code, reason });
    };
  }

  /** The connection knows what an error means that no `close` follows. */
  #fail(): void {
    (this.onerror as (() => void) | null)?.();
  }

  #open(): void {
    this.#isOpen = true;
    // Nobody reads the event: the connection takes the call itself for the news.
    (this.onopen as (() => void) | null)?.();
  }

  /** A frame of the socket of one's own. */
  #read(data: unknown): void {
    this.#relay.take(data);
    this.#pass(data);
    if (this.#role !== 'leading' || this.#unanswered < STEP_DOWN_AT) return;
    if (this.#relay.hasListeners) this.#end(HANDOVER);
  }

  /** Frames that the leader has sent. */
  #deliver(frames: readonly unknown[]): void {
    for (const data of frames) {
      if (this.#role !== 'following') return;
      if (this.#unanswered >= RECEIVER_QUEUE_SIZE) this.#isBehind = true;
      if (!this.#isBehind) this.#pass(data);
    }
  }

  #pass(data: unknown): void {
    if (isMessage(data)) {
      this.#unanswered++;
      this.#newest = data;
    }
    (this.onmessage as ((event: { readonly data: unknown }) => void) | null)?.({ data });
  }

  #hear(data: unknown): void {
    const message = readTabMessage(data);
    if (message === undefined) return;
    if (message.kind === 'attach' || message.kind === 'ping' || message.kind === 'ask') {
      if (this.#role !== 'leading') return;
      this.#relay.hear(message);
      if (message.kind === 'ask') this.#tabs.probe();
    } else if (this.#role !== 'leading') {
      this.#heardAt = this.#tabs.platform.now();
      this.#speechlessAt = undefined;
      this.#hearLeader(message);
      this.#arm();
    }
  }

  #hearLeader(message: Exclude<TabMessage, { kind: 'attach' | 'ping' | 'ask' }>): void {
    const isKnown = message.session === this.#session;
    const isForMe = 'to' in message && message.to === this.#address;
    switch (message.kind) {
      case 'leader':
        if (this.#role === 'following') {
          // Another leader, or frames that never came.
          if (!isKnown || message.next !== this.#next) this.#end(HANDOVER);
          return;
        }
        this.#session = message.session;
        if (this.#role === 'apart') this.#joinSoon();
        else if (this.#role === 'asking' && message.isReady) this.#attach(this.#dial.after);
        return;
      case 'attached':
        if (isForMe && (this.#role === 'asking' || this.#role === 'apart')) this.#follow(message);
        return;
      case 'elsewhere':
        if (!isForMe) return;
        if (this.#role === 'asking') this.#readApart();
        return this.#joinSoon();
      case 'frames':
        if (this.#role !== 'following' || !isKnown) return;
        if (message.next !== this.#next) return this.#end(HANDOVER);
        this.#next += message.frames.length;
        return this.#deliver(message.frames);
      case 'over':
        if (isKnown && (this.#role === 'asking' || this.#role === 'following'))
          this.#end({ code: message.code, reason: message.reason, cause: 'relayed' });
        return;
      default:
        message satisfies never;
    }
  }

  #follow({ session, next, frames }: Extract<TabMessage, { kind: 'attached' }>): void {
    this.#hangUp();
    this.#role = 'following';
    this.#session = session;
    this.#next = next;
    this.#unanswered = 0;
    if (!this.#isOpen) this.#open();
    this.#deliver(frames);
  }

  #onAlarm(): void {
    const now = this.#tabs.platform.now();
    if (this.#leadsAt !== undefined && now >= this.#leadsAt) {
      this.#leadsAt = undefined;
      this.#lead();
    }
    if (this.#speechlessAt !== undefined && now >= this.#speechlessAt) this.#readApart();
    if (this.#role === 'apart' && now >= this.#joinsAt) this.#join();
    if (this.#waitsForLeader && now >= this.#pingedAt + PING_MS) this.#ping(now);
    this.#arm();
  }

  get #waitsForLeader(): boolean {
    return this.#role === 'asking' || this.#role === 'following' || this.#role === 'apart';
  }

  #ping(now: number): void {
    // A tab that slept has heard nothing because of that.
    const hasSlept = now > this.#pingedAt + 2 * PING_MS;
    const isDumb = this.#heardAt < this.#pingedAt && !hasSlept;
    this.#pingedAt = now;
    if (!isDumb || this.#hasStolen) return this.#post({ kind: 'ping' });
    this.#hasStolen = true;
    this.#lock.steal();
  }

  #joinSoon(): void {
    this.#joinsAt = this.#tabs.platform.now() + JOIN_EVERY_MS;
    this.#arm();
  }

  #join(): void {
    this.#joinsAt = Infinity;
    if (this.#newest === undefined) return this.#joinSoon();
    const frame = readFrame(this.#newest);
    if (frame.kind === 'message') this.#attach(frame.messageId);
  }

  #attach(after: string): void {
    this.#post({ kind: 'attach', from: this.#address, after });
  }

  #post(message: TabMessage): void {
    try {
      this.#channel.postMessage(message);
    } catch {
      // Closed in between, or a frame that cannot be copied: the others notice by its number.
    }
  }

  #arm(): void {
    if (this.#role === 'over' || this.#role === 'away') return;
    const pingsAt = this.#waitsForLeader ? this.#pingedAt + PING_MS : Infinity;
    const joinsAt = this.#role === 'apart' ? this.#joinsAt : Infinity;
    this.#alarm.set(Math.min(this.#leadsAt ?? Infinity, this.#speechlessAt ?? Infinity, joinsAt, pingsAt));
  }

  #end(event: SocketClose, lock: 'carry' | 'free' = 'free'): void {
    if (this.#role === 'over') return;
    if (lock === 'carry') this.#tabs.lock = this.#lock;
    this.#letGo('over');
    (this.onclose as ((event: SocketClose) => void) | null)?.(event);
    // Nobody dialed again, or the host page still looks for a key: others have one.
    this.#tabs.platform.setTimer(() => {
      if (this.#tabs.lock !== this.#lock) return;
      this.#tabs.lock = undefined;
      this.#lock.free();
    }, CARRY_MS);
  }

  #letGo(role: 'over' | 'away'): void {
    this.#role = role;
    this.#alarm.clear();
    this.#relay.end();
    this.#hangUp();
    this.#channel.onmessage = null;
    this.#channel.close();
    if (this.#tabs.lock !== this.#lock) this.#lock.free();
  }

  #hangUp(): void {
    const real = this.#real;
    if (real === undefined) return;
    this.#real = undefined;
    real.onopen = real.onmessage = real.onerror = real.onclose = null;
    real.close();
  }
}

/** Messages begin so. What is not answered must not count as unanswered; what is and begins otherwise only widens the window. */
function isMessage(data: unknown): boolean {
  return typeof data === 'string' && data.startsWith('{"messageId"');
}
