/** Owns what a reader and a consumer have in common for a test: messages, answers, the end-of-topic question. */
import { isDataFrame, parseFrame, textOf } from './data-frame.js';
import type { DataFrame, EndOfTopicFrame } from './data-frame.js';
import type { CloseInfo, TestSocket } from './socket.js';

export class Subscriber {
  readonly socket: TestSocket;
  readonly #name: string;
  #parsed = 0;
  #answered = 0;
  readonly #messages: DataFrame[] = [];
  readonly #endOfTopic: EndOfTopicFrame[] = [];

  constructor(socket: TestSocket, name: string) {
    this.socket = socket;
    this.#name = name;
  }

  /** Every message received so far, copies included. */
  get messages(): readonly DataFrame[] {
    this.#parse();
    return this.#messages;
  }

  /** Payloads of `messages` as text. */
  get texts(): readonly string[] {
    return this.messages.map(textOf);
  }

  /** Settles with all messages once there are `count` or more. */
  async waitFor(count: number, timeoutMs?: number): Promise<readonly DataFrame[]> {
    const what = (): string => `${count} messages on ${this.#name}`;
    await this.#wait(what(), () => this.messages.length >= count, timeoutMs);
    return this.messages;
  }

  /** Settles once a message with this payload has come. */
  async waitForText(text: string): Promise<void> {
    await this.#wait(`the message "${text}" on ${this.#name}`, () => this.texts.at(-1) === text);
  }

  /** Answers one message, as 8x8's guide and Pulsar's own clients do. */
  acknowledge(message: DataFrame): void {
    this.socket.sendJson({ messageId: message.messageId });
  }

  /** Answers every message that `answerAll` or `takeAll` has not answered yet. */
  answerAll(): void {
    for (const message of this.messages.slice(this.#answered)) this.acknowledge(message);
    this.#answered = this.messages.length;
  }

  /** Answers each message as it comes until there are `count` or more, and settles with all of them. */
  async takeAll(count: number): Promise<readonly DataFrame[]> {
    await this.#wait(`${count} answered messages on ${this.#name}`, () => {
      this.answerAll();
      return this.#answered >= count;
    });
    return this.messages;
  }

  /** Sends `{"type":"isEndOfTopic"}` and settles with the answer. */
  async askEndOfTopic(): Promise<boolean> {
    const before = this.#endOfTopicFrames.length;
    this.socket.sendJson({ type: 'isEndOfTopic' });
    await this.#wait(
      `the answer to isEndOfTopic on ${this.#name}`,
      () => this.#endOfTopicFrames.length > before,
    );
    return this.#endOfTopicFrames[before]?.endOfTopic === true;
  }

  /** Settles when the service closes the socket. */
  waitForClose(timeoutMs?: number): Promise<CloseInfo> {
    return this.socket.waitForClose(timeoutMs);
  }

  close(): Promise<void> {
    return this.socket.close();
  }

  get #endOfTopicFrames(): readonly EndOfTopicFrame[] {
    this.#parse();
    return this.#endOfTopic;
  }

  #parse(): void {
    for (const text of this.socket.frames.slice(this.#parsed)) {
      const frame = parseFrame(text);
      if (isDataFrame(frame)) this.#messages.push(frame);
      else this.#endOfTopic.push(frame);
    }
    this.#parsed = this.socket.frames.length;
  }

  async #wait(what: string, isMet: () => boolean, timeoutMs?: number): Promise<void> {
    try {
      await this.socket.waitUntil(what, isMet, timeoutMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason} It had ${this.messages.length} messages.`, { cause: error });
    }
  }
}

export class ReaderClient extends Subscriber {}

export class ConsumerClient extends Subscriber {
  /** Asks for the message again after the subscription's `negativeAckRedeliveryDelay`. */
  negativeAcknowledge(message: DataFrame): void {
    this.socket.sendJson({ type: 'negativeAcknowledge', messageId: message.messageId });
  }

  /** In pull mode: allows `count` more messages. */
  permit(count: number): void {
    this.socket.sendJson({ type: 'permit', permitMessages: count });
  }

  /** Ends the subscription itself, not only this connection. */
  unsubscribe(): void {
    this.socket.sendJson({ type: 'unsubscribe' });
  }
}
