/**
 * The answers to messages. Pulsar's proxy stops after 1000 unanswered ones, so each is answered once it has been taken
 * in; holding answers back is the only way that a browser can slow the service down.
 */
export class Answers {
  readonly #send: (text: string) => boolean;
  #held: string[] = [];
  #sent = 0;
  #heldBackUntil = -Infinity;

  /** @param send false when there was no open socket to send on */
  constructor(send: (text: string) => boolean) {
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

  release(now: number): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    this.#heldBackUntil = now;
    for (const messageId of held) this.#answer(messageId);
  }

  /** When answers were last held back (`-Infinity`: never): until then the service may be silent because of it. */
  heldBackUntil(now: number): number {
    return this.#held.length > 0 ? now : this.#heldBackUntil;
  }

  /** The socket is gone, and with it the service's count. */
  drop(): void {
    this.#held = [];
  }

  #answer(messageId: string): void {
    if (this.#send(JSON.stringify({ messageId }))) this.#sent++;
  }
}
