/**
 * What the bench reads: a simulated call centre's events, published into a topic through the producer endpoint. Owns
 * filling a topic, and a steady rate.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { simulate } from '../../demo/server/simulation/index.js';

/** Kept low enough that a slow service answers before its window of pending messages is full. */
const MAX_UNCONFIRMED = 2_000;
const TICK_MS = 10;

/** The payloads of `count` events of a busy call centre, about 1.1 kB each. */
export function payloads(count: number): readonly string[] {
  const until = Date.now();
  const made: string[] = [];
  // 60 times as busy as the demo: about 2,000 events a minute.
  const events = simulate({ seed: 8, from: until - 3_600_000, until: Infinity, speed: 60 });
  for (const { payload } of events) {
    made.push(Buffer.from(JSON.stringify(payload)).toString('base64'));
    if (made.length === count) break;
  }
  return made;
}

export class Load {
  readonly #socket: WebSocket;
  #sent = 0;
  #confirmed = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', () => this.#confirmed++);
  }

  static async open(webSocketBase: string, topic: string): Promise<Load> {
    const socket = new WebSocket(`${webSocketBase}/producer/persistent/${topic}`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Load(socket);
  }

  async fill(base64s: readonly string[]): Promise<void> {
    for (const base64 of base64s) {
      this.#send(base64);
      while (this.#sent - this.#confirmed >= MAX_UNCONFIRMED) await sleep(1);
    }
    while (this.#confirmed < this.#sent) await sleep(1);
  }

  /** Publishes at `perSecond` until `signal` aborts; settles with how many were published. */
  async pace(base64s: readonly string[], perSecond: number, signal: AbortSignal): Promise<number> {
    const startedAt = performance.now();
    let published = 0;
    while (!signal.aborted) {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
      for (; published < due; published++) this.#send(base64s[published % base64s.length] ?? '');
      await sleep(TICK_MS);
    }
    return published;
  }

  close(): void {
    this.#socket.close();
  }

  #send(base64: string): void {
    this.#socket.send(`{"payload":"${base64}","context":"${this.#sent++}"}`);
  }
}
