/**
 * One dial of a stream that all tabs of the origin share: to the connection a WebSocket, to the other tabs a leader or
 * a follower (docs/protocol.md, "Tabs"). The lock is waited for as long as the dial lasts; whoever holds it leads.
 * Owns the parts that a dial may play, and the way from one to the other; what a leader sends is `tab-relay.ts`, what
 * frames mean is the intake's, as with any socket.
 */
import { Alarm } from './alarm.js';
import type { Dial } from './dial.js';
import { readFrame } from './frame.js';
import { LeaderWatch } from './leader-watch.js';
import { OwnSocket } from './own-socket.js';
import { withoutCredential } from './reader-url.js';
import { ASK_END_OF_TOPIC, hangUp, type Socket, type SocketClose } from './socket.js';
import { TabChannel } from './tab-channel.js';
import { TabLock } from './tab-lock.js';
import type { FromLeader, ToLeader } from './tab-messages.js';
import { TabRelay } from './tab-relay.js';
import { TabWindow } from './tab-window.js';
import type { TabRole, Tabs } from './tabs.js';

/** Lock and leader answer within some 10 ms; without either, this tab reads for itself. */
export const SILENT_TABS_MS = 500;
/** A leader whose socket ends says so and frees the lock in one task: whoever is granted it waits for the word. */
export const LAST_WORD_MS = 50;
/** The lead waits so long for the next dial, which waits for a credential. */
export const CARRY_MS = 100;
/** How often a tab that reads for itself asks whether the leader has what it needs. */
export const JOIN_EVERY_MS = 250;

const HANDOVER: SocketClose = { code: 1006, reason: '', cause: 'handover' };

export class SharedSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onerror: Socket['onerror'] = null;
  onclose: Socket['onclose'] = null;
  readonly #tabs: Tabs;
  readonly #dial: Dial;
  readonly #address: string;
  readonly #channel: TabChannel;
  readonly #lock: TabLock;
  readonly #relay: TabRelay;
  readonly #window = new TabWindow();
  readonly #watch: LeaderWatch;
  readonly #joining: Alarm;
  /** Rings when nobody has said who leads. */
  readonly #silence: Alarm;
  #role: TabRole = 'asking';
  #isOpen = false;
  /** The socket to the service: of a tab that leads, or reads apart. */
  #real: OwnSocket | undefined;
  /** The leader's session. */
  #session: string | undefined;
  /** Number of the next frame that the leader relays. */
  #next = 0;

  /** Throws where the browser gives no channel. */
  constructor(tabs: Tabs, dial: Dial) {
    const { platform, name } = tabs;
    this.#tabs = tabs;
    this.#dial = dial;
    this.#address = `${platform.chance()}${platform.chance()}`;
    this.#channel = new TabChannel(platform, name, this);
    this.#relay = new TabRelay(platform, this.#address, dial.after, (message) => this.#channel.post(message));
    this.#watch = new LeaderWatch(
      platform,
      () => this.#channel.post({ kind: 'ping' }),
      () => this.#lock.steal(),
    );
    this.#joining = new Alarm(platform, () => this.#join());
    this.#silence = new Alarm(platform, () => {
      if (this.#role === 'asking' && !this.#watch.hasHeard) this.#readApart();
    });
    // It may have been stolen on its way.
    const carried = tabs.lock?.isHeld === true ? tabs.lock : undefined;
    tabs.lock = undefined;
    this.#lock = carried ?? new TabLock(tabs.locks, name, this);
    this.#lock.listener = this;
    if (carried !== undefined) this.#lead();
    else if (!dial.mayFollow) this.#readApart();
    else {
      this.#attach(dial.after);
      this.#silence.set(platform.now() + SILENT_TABS_MS);
    }
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
    if (!isQuestion) this.#window.answered();
    if (this.#role !== 'following') this.#real?.send(text);
    else if (isQuestion) this.#channel.post({ kind: 'ask' });
    else if (this.#window.mayCatchUp) this.#end(HANDOVER);
  }

  close(): void {
    this.#letGo();
  }

  /** What the socket brings from now on is new. */
  caughtUp(): void {
    this.#relay.caughtUp();
  }

  granted(): void {
    // Who is robbed has no last word.
    if (!this.#watch.hasHeard || this.#watch.hasStolen) this.#lead();
    else this.#tabs.platform.setTimer(() => this.#lead(), LAST_WORD_MS);
  }

  lost(): void {
    if (this.#role === 'leading') this.#end(HANDOVER);
    else if (this.#role === 'asking') this.#readApart();
  }

  askedOfLeader(message: ToLeader): void {
    if (this.#role !== 'leading') return;
    this.#relay.hear(message, this.#window.newest);
    if (message.kind === 'ask' && !this.#relay.sayEnd()) this.#askAfresh();
  }

  saidByLeader(message: FromLeader): void {
    if (this.#role === 'leading') return;
    this.#watch.heard();
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

  pageFrozen(): void {
    if (this.#role !== 'leading') this.#watch.doubt();
  }

  #lead(): void {
    // Given back or lost while the last word was awaited.
    if (!this.#lock.isHeld) return;
    // A follower starts over: the next dial proves that nothing was lost in between.
    if (this.#role === 'following') return this.#end(HANDOVER, 'carry');
    const isApart = this.#role === 'apart';
    this.#role = 'leading';
    this.#watch.end();
    this.#relay.isLeading = true;
    this.#relay.announce();
    if (!isApart) this.#openReal();
  }

  #readApart(): void {
    this.#role = 'apart';
    this.#openReal();
  }

  #openReal(): void {
    const { platform } = this.#tabs;
    const dialedAt = platform.now();
    let real: OwnSocket;
    try {
      real = new OwnSocket(platform.openSocket(this.#dial.url), () => platform.now());
    } catch {
      // The message would quote the URL, and with it the key.
      platform.setTimer(() => this.#fail(), 0);
      return;
    }
    this.#real = real;
    real.onopen = () => this.#open();
    real.onerror = () => this.#fail();
    real.onmessage = ({ data }) => this.#read(data);
    real.onclose = ({ code, reason: said }) => {
      // Here, because the other tabs know their own keys only.
      const reason = withoutCredential(said, this.#dial.url);
      if (this.#role === 'leading')
        this.#channel.post({ kind: 'over', session: this.#address, code, reason });
      this.#end({ code, reason, dialedAt });
    };
  }

  /** For another tab: one that is under way already says nothing of what comes after it. */
  #askAfresh(): void {
    const asked = this.#real?.asked;
    this.#tabs.host.probe();
    if (this.#real?.readyState === WebSocket.OPEN && this.#real.asked === asked)
      this.#real.send(ASK_END_OF_TOPIC);
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
    if (this.#role === 'leading' && this.#window.slowsOthers && this.#relay.hasListeners) this.#end(HANDOVER);
  }

  /** Frames that the leader has sent. */
  #deliver(frames: readonly unknown[]): void {
    for (const data of frames) {
      if (this.#role !== 'following') return;
      const admitted = this.#window.admit(data);
      if (admitted !== undefined) this.#pass(admitted);
    }
  }

  #pass(data: unknown): void {
    this.#window.passed(data);
    (this.onmessage as ((event: { readonly data: unknown }) => void) | null)?.({ data });
  }

  #follow({ session, next, frames, last }: Extract<FromLeader, { kind: 'attached' }>): void {
    this.#hangUp();
    this.#role = 'following';
    this.#session = session;
    this.#next = next;
    this.#window.empty();
    if (!this.#isOpen) this.#open();
    this.#tabs.host.standAfter(last);
    this.#deliver(frames);
  }

  #joinSoon(): void {
    this.#joining.set(this.#tabs.platform.now() + JOIN_EVERY_MS);
  }

  #join(): void {
    if (this.#role !== 'apart') return;
    const { newest } = this.#window;
    const frame = newest === undefined ? undefined : readFrame(newest);
    if (frame?.kind === 'message') return this.#attach(frame.messageId);
    // Read once: the next message says where this tab is.
    this.#window.newest = undefined;
    this.#joinSoon();
  }

  #attach(after: string): void {
    this.#channel.post({ kind: 'attach', from: this.#address, after });
  }

  #end(event: SocketClose, lock: 'carry' | 'free' = 'free'): void {
    if (this.#role === 'over') return;
    if (lock === 'carry') this.#tabs.lock = this.#lock;
    this.#letGo();
    (this.onclose as ((event: SocketClose) => void) | null)?.(event);
    // Nobody dialed again, or the host page still looks for a key: others have one.
    this.#tabs.platform.setTimer(() => {
      if (this.#tabs.lock !== this.#lock) return;
      this.#tabs.lock = undefined;
      this.#lock.free();
    }, CARRY_MS);
  }

  #letGo(): void {
    this.#role = 'over';
    this.#joining.clear();
    this.#silence.clear();
    this.#watch.end();
    this.#relay.end();
    this.#hangUp();
    this.#channel.close();
    if (this.#tabs.lock !== this.#lock) this.#lock.free();
  }

  #hangUp(): void {
    if (this.#real !== undefined) hangUp(this.#real);
    this.#real = undefined;
  }
}
