/**
 * The answers to messages. Pulsar's proxy stops after 1000 unanswered ones, so each is answered once it has been taken
 * in; holding answers back is the only way that a browser can slow the service down.
 */
export class Answers {
  readonly #send: (text: string) => void;
  #held: string[] = [];
  #sent = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  get sent(): number {
    return this.#sent;
  }

  /** @param isCongested the page has more to consume than it should: the answer waits */
  give(messageId: string, isCongested: boolean): void {
    if (isCongested) this.#held.push(messageId);
    else this.#answer(messageId);
  }

  release(): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    for (const messageId of held) this.#answer(messageId);
  }

  /** The socket is gone, and with it the service's count. */
  drop(): void {
    this.#held = [];
  }

  #answer(messageId: string): void {
    this.#sent++;
    // The id came out of JSON; one with a quote or backslash in it must go back in as JSON.
    this.#send(
      messageId.includes('"') || messageId.includes('\\')
        ? JSON.stringify({ messageId })
        : `{"messageId":"${messageId}"}`,
    );
  }
}
