/** Owns publishing in tests: a WebSocket producer whose every message is confirmed before it counts. */
import type { TestSocket } from './socket.js';

/** What may be published beside the payload. */
export interface OutgoingMessage {
  /** Text, or bytes as they are. */
  readonly payload: string | Uint8Array;
  readonly properties?: Readonly<Record<string, string>>;
  readonly key?: string;
  /** ISO 8601 with an offset; the service refuses a number of milliseconds. */
  readonly eventTime?: string;
}

/** The service's answer to one message. */
export interface PublishReply {
  readonly result: string;
  readonly messageId?: string;
  readonly context?: string;
  readonly errorMsg?: string;
  readonly errorCode?: number;
  readonly schemaVersion?: number;
}

export class Publisher {
  readonly socket: TestSocket;
  readonly #name: string;
  #sent = 0;

  constructor(socket: TestSocket, name: string) {
    this.socket = socket;
    this.#name = name;
  }

  /** Publishes in order, all at once, and settles with the message ids in the same order. */
  async publish(messages: readonly (string | OutgoingMessage)[]): Promise<readonly string[]> {
    const replies = await this.replies(messages);
    return replies.map((reply) => {
      if (reply.result === 'ok' && reply.messageId !== undefined) return reply.messageId;
      throw new Error(`${this.#name} refused a message: ${reply.result} ${reply.errorMsg ?? ''}`);
    });
  }

  /** Publishes one message and settles with its id. */
  async publishOne(message: string | OutgoingMessage): Promise<string> {
    const [id] = await this.publish([message]);
    if (id === undefined) throw new Error('A published message has no id.');
    return id;
  }

  /** As `publish`, but hands back the replies whatever they say, in the order of the messages. */
  async replies(messages: readonly (string | OutgoingMessage)[]): Promise<readonly PublishReply[]> {
    const first = this.#sent;
    for (const message of messages) {
      this.socket.sendJson(frameOf(message, String(this.#sent)));
      this.#sent += 1;
    }
    await this.socket.waitUntil(
      `${messages.length} replies of ${this.#name}`,
      () => this.socket.frames.length >= this.#sent,
    );
    const byContext = new Map(this.#replies().map((reply) => [reply.context, reply]));
    return messages.map((_, index) => {
      const reply = byContext.get(String(first + index));
      if (reply === undefined) throw new Error(`${this.#name} did not answer message ${first + index}.`);
      return reply;
    });
  }

  close(): Promise<void> {
    return this.socket.close();
  }

  #replies(): readonly PublishReply[] {
    return this.socket.frames.map((text) => JSON.parse(text) as PublishReply);
  }
}

function frameOf(message: string | OutgoingMessage, context: string): Readonly<Record<string, unknown>> {
  const { payload, properties, key, eventTime } =
    typeof message === 'object' && 'payload' in message ? message : { payload: message };
  return {
    payload: Buffer.from(payload as string).toString('base64'),
    context,
    ...(properties === undefined ? {} : { properties }),
    ...(key === undefined ? {} : { key }),
    ...(eventTime === undefined ? {} : { eventTime }),
  };
}
