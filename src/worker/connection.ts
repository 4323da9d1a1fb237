/**
 * The shell around the connection reducer: performs its effects with a real socket and a real clock, and tells it what
 * happened. Owns the socket and its timer; decides nothing (`connection-reducer.ts`) and reads nothing (`intake.ts`).
 */
import type { ConnectionStatus, DropCause } from '../protocol/connection-status.js';
import { Alarm } from './alarm.js';
import { reduce } from './connection-reducer.js';
import { nextDeadline } from './connection-deadlines.js';
import { statusOf } from './connection-shown.js';
import {
  initialState,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type Traffic,
} from './connection-state.js';
import type { Going } from './credential-desk.js';
import type { Dial } from './dial.js';
import { heldLonger, NO_HOLD } from './held-dial.js';
import type { Taken } from './intake.js';
import type { Platform } from './platform.js';
import { ASK_END_OF_TOPIC, hangUp, type Socket, type SocketClose } from './socket.js';
import { withoutCredential } from './reader-url.js';

/** `close` follows `error` within the same moment where it follows at all. */
const CLOSE_DELAY_MS = 1000;

/**
 * A handshake that fails after so long was not refused, nobody answered it: Gecko gives a dial up by itself after 20 s
 * (`network.websocket.timeout.open`), and gateways answer 504 after 30 or 60 s.
 */
const NO_ANSWER_AFTER_MS = 15_000;

/** Close code of what nobody asked for: refused, or lost (RFC 6455, 7.4.1). */
const LOST = 1006;

/** To these a browser lets an https page open `ws:` (Secure Contexts, 3.1). */
const LOOPBACK = /^(127\..*|\[::1\]|(.*\.)?localhost)$/;

export interface ConnectionHost {
  /** Asked before each dial; the answer may come much later. */
  credential(then: Going): void;
  /** Asked once the credential is there. */
  dial(carriesPosition: boolean): Dial;
  /** May throw. */
  openSocket(dial: Dial): Socket;
  /** A handshake came to nothing; not one that was never made. */
  refused(hadPosition: boolean): void;
  /** The socket of the last dial is the one to read from; comes before any of its frames. */
  begin(): void;
  /** When answers were last held back: silence until then says nothing about the service. */
  heldBackUntil(now: number): number;
  /** Whether another socket can take the stream up where this one is. */
  canGoOn(): boolean;
  frame(data: unknown, receivedAt: number): Taken;
  positionUnknown(): void;
  positionRefused(): void;
  caughtUp(): void;
  /** What comes first was published while the computer slept. */
  slept(): void;
  /** After every change of state. */
  changed(): void;
}

export class Connection {
  readonly #platform: Platform;
  readonly #host: ConnectionHost;
  readonly #alarm: Alarm;
  #state: ConnectionState;
  #socket: Socket | undefined;
  #dial: Dial | undefined;
  /** When that one has probably left the browser. */
  #dialedAt = 0;
  /** What the browser makes of the failures since the last opening. */
  #hold = NO_HOLD;
  #lastDataAt = -Infinity;
  #lastFrameAt = -Infinity;
  /** Of what may lie on the way to the proof. */
  #lastPastAt = -Infinity;
  #hasNews = false;
  #taken = 0;
  #openings = 0;
  /** Changes with each dial and each hang-up: what belongs to an earlier one comes too late. */
  #turn = 0;

  constructor(platform: Platform, host: ConnectionHost) {
    this.#platform = platform;
    this.#host = host;
    this.#state = initialState(platform.now());
    this.#alarm = new Alarm(platform, () => {
      const now = platform.now();
      this.dispatch({ kind: 'clock', now, chance: platform.chance(), traffic: this.#traffic(now) });
    });
  }

  get status(): ConnectionStatus {
    return statusOf(this.#state, this.#taken, this.#hold.until);
  }

  get reconnects(): number {
    return Math.max(0, this.#openings - 1);
  }

  /** False when no socket is open: an answer to a message of a lost socket means nothing to the next one. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  dispatch(event: ConnectionEvent): void {
    const { state, effects } = reduce(this.#state, event);
    const hasChanged = state !== this.#state;
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    // Effects may have moved the state on, so the deadline is read last.
    this.#arm();
    if (hasChanged) this.#host.changed();
  }

  /** Starts over on a new socket: what this one reads is not what the page wants. */
  redial(): void {
    this.#hangUp();
    this.#dispatchClosed({ kind: 'lifecycle' });
  }

  /** The computer slept. */
  woke(lateMs: number): void {
    const now = this.#platform.now();
    this.dispatch({ kind: 'slept', now, since: now - lateMs });
  }

  leave(): void {
    this.dispatch({ kind: 'leave', now: this.#platform.now(), lastDataAt: this.#lastDataAt });
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'dial':
        return this.#open(effect.carriesPosition);
      case 'begin':
        this.#openings++;
        this.#hold = NO_HOLD;
        return this.#host.begin();
      case 'hang-up':
        return this.#hangUp();
      case 'ask':
        this.send(ASK_END_OF_TOPIC);
        return;
      case 'position-unknown':
        return this.#host.positionUnknown();
      case 'position-refused':
        return this.#host.positionRefused();
      case 'caught-up':
        return this.#host.caughtUp();
      case 'slept':
        this.#taken = 0;
        return this.#host.slept();
      default:
        return effect satisfies never;
    }
  }

  #open(carriesPosition: boolean): void {
    const turn = ++this.#turn;
    this.#dial = undefined;
    this.#taken = 0;
    this.#hasNews = false;
    this.#host.credential((isGiven) => {
      if (turn !== this.#turn) return false;
      if (isGiven) this.#connect(this.#host.dial(carriesPosition));
      else this.#dispatchClosed({ kind: 'no-credential' });
      return true;
    });
  }

  #connect(dial: Dial): void {
    this.#dial = dial;
    this.#dialedAt = Math.max(this.#platform.now(), this.#hold.until);
    let socket: Socket;
    try {
      socket = this.#host.openSocket(dial);
    } catch {
      // The message would quote the URL, and with it the key.
      this.#blocked(dial, 0);
      return;
    }
    this.#socket = socket;
    socket.onopen = () => {
      const { mustProve, proofMs, isAtLatest } = dial;
      this.dispatch({ kind: 'opened', now: this.#platform.now(), mustProve, proofMs, isAtLatest });
    };
    socket.onmessage = (event) => this.#onMessage(event.data);
    // Chromium's way to say that the policy forbids the address: an `error` that no `close` follows.
    socket.onerror = () => {
      if (this.#state.kind === 'dialing') this.#blocked(dial, CLOSE_DELAY_MS);
    };
    socket.onclose = (event: SocketClose) => {
      this.#socket = undefined;
      this.#turn++;
      const wasDialing = this.#state.kind === 'dialing';
      if (event.cause === 'handover') {
        const [now, chance, lastDataAt] = [this.#platform.now(), this.#platform.chance(), this.#lastDataAt];
        this.dispatch({ kind: 'handover', now, chance, lastDataAt });
        return;
      }
      // Another tab's dial, with its own position and its own key.
      if (event.cause === 'relayed') this.#dial = undefined;
      if (event.code === LOST && this.#platform.isGecko)
        this.#hold = heldLonger(this.#hold, this.#platform.now());
      const dialedAt = Math.max(this.#dialedAt, event.dialedAt ?? 0);
      const isUnanswered = wasDialing && this.#platform.now() - dialedAt >= NO_ANSWER_AFTER_MS;
      this.#dispatchClosed(isUnanswered ? { kind: 'connect-timeout' } : causeOf(event, wasDialing, dial.url));
      if (wasDialing && !isUnanswered && event.cause === undefined) this.#host.refused(dial.hasPosition);
    };
  }

  /** Unless something else comes within the delay. */
  #blocked({ url }: Dial, delayMs: number): void {
    const turn = this.#turn;
    this.#platform.setTimer(() => {
      if (turn !== this.#turn) return;
      this.#hangUp();
      const { protocol, hostname, origin: source } = new URL(url);
      const isMixed = this.#platform.isHttps && protocol === 'ws:' && !LOOPBACK.test(hostname);
      this.#dispatchClosed({ kind: 'blocked', by: isMixed ? 'mixed-content' : 'policy', source });
    }, delayMs);
  }

  #onMessage(data: unknown): void {
    const now = this.#platform.now();
    this.#lastFrameAt = now;
    const taken = this.#host.frame(data, now);
    if (taken === 'nothing') return;
    const isNews = taken !== 'copy';
    if (isNews) this.#hasNews = true;
    this.#lastDataAt = now;
    if (taken !== 'aside') this.#lastPastAt = now;
    if (isNews && this.#state.kind === 'ended') this.dispatch({ kind: 'news', now });
    // The first message brings the end of catching up nearer; later ones only put it off, which the clock finds out.
    if (this.#taken++ === 0) this.#arm();
  }

  #arm(): void {
    this.#alarm.set(nextDeadline(this.#state, this.#traffic(this.#platform.now())));
  }

  #hangUp(): void {
    this.#turn++;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket !== undefined) hangUp(socket);
  }

  #dispatchClosed(cause: DropCause): void {
    const now = this.#platform.now();
    this.dispatch({
      kind: 'closed',
      now,
      chance: this.#platform.chance(),
      cause,
      hadPosition: this.#dial?.hasPosition ?? false,
      lastDataAt: this.#lastDataAt,
    });
  }

  #traffic(now: number): Traffic {
    const [lastDataAt, lastFrameAt] = [this.#lastDataAt, this.#lastFrameAt];
    const silentSince = Math.max(this.#lastPastAt, this.#host.heldBackUntil(now));
    const hasNews = this.#hasNews && this.#host.canGoOn();
    return { lastDataAt, lastFrameAt, silentSince, hasNews, heldUntil: this.#hold.until };
  }
}

/** A refused handshake, a closed port and a broken network all look the same to a browser: 1006 before `open`. */
function causeOf({ code, reason }: SocketClose, wasDialing: boolean, url: string): DropCause {
  if (wasDialing) return { kind: 'never-opened' };
  return { kind: 'closed', code, reason: withoutCredential(reason, url) };
}
