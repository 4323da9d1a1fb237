/**
 * Publishes to the soak's topic, past the proxy, and keeps what was confirmed, in order. Owns its one socket, and a new
 * one after the service or the topic went away.
 */
import WebSocket from 'ws';
import { created } from '../support/payloads.js';

const ANSWER_TIMEOUT_MS = 20_000;

interface Waiting {
  readonly resolve: (id: string) => void;
  readonly reject: (error: Error) => void;
}

export class TopicPublisher {
  readonly #url: string;
  /** Message ids in the order of the topic. */
  readonly published: string[] = [];
  readonly #waiting = new Map<string, Waiting>();
  #socket: WebSocket | undefined;
  #sent = 0;

  /** @param topic `tenant/namespace/topic` */
  constructor(webSocketBase: string, topic: string) {
    this.#url = `${webSocketBase}/producer/persistent/${topic}`;
  }

  /** Settles when all are confirmed. Rejects when the service goes away meanwhile: then nobody knows what it took. */
  async publish(count: number): Promise<void> {
    const socket = await this.#open();
    const confirmed = Array.from({ length: count }, () => this.#send(socket));
    this.published.push(...(await Promise.all(confirmed)));
  }

  /** Before the service is restarted or the topic deleted; the next `publish` dials again. */
  hangUp(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const deadline = Date.now() + ANSWER_TIMEOUT_MS;
    for (;;) {
      try {
        return (this.#socket = await this.#dial());
      } catch (error) {
        // A broker that was restarted refuses for some seconds.
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  #dial(): Promise<WebSocket> {
    const socket = new WebSocket(this.#url, { handshakeTimeout: ANSWER_TIMEOUT_MS });
    socket.on('message', (data: Buffer) => {
      const { context = '', messageId, errorMsg } = JSON.parse(data.toString()) as Record<string, string>;
      const waiting = this.#waiting.get(context);
      this.#waiting.delete(context);
      if (messageId === undefined) waiting?.reject(new Error(`not published: ${errorMsg}`));
      else waiting?.resolve(messageId);
    });
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the producer lost its connection'));
      this.#waiting.clear();
    });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      // Reported here and in 'close'.
      socket.on('error', reject);
    });
  }

  #send(socket: WebSocket): Promise<string> {
    const context = String(this.#sent++);
    const payload = Buffer.from(JSON.stringify(created(this.#sent))).toString('base64');
    socket.send(JSON.stringify({ payload, context }));
    return new Promise((resolve, reject) => this.#waiting.set(context, { resolve, reject }));
  }
}
