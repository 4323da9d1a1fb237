/**
 * Owns the one thing that the library does not say on its own: why a frame that is too large ends the session. A broker
 * words it differently for a client that offered compression, because there the size shows only while it inflates.
 */

import { WebSocket } from 'ws';

const TOO_LARGE = 1009;
/** Inflating goes in pieces of this size; the refusal names the sum at which it gave up. */
const INFLATE_BYTES = 8192;
const OFFERS_COMPRESSION = /\bpermessage-deflate\b/;

export class SessionWebSocket extends WebSocket {
  #tooLargeReason = '';

  /** Tells what the refusal of a large frame should say. */
  explainTooLarge(maxBytes: number, offeredExtensions: string | undefined): void {
    this.#tooLargeReason = OFFERS_COMPRESSION.test(offeredExtensions ?? '')
      ? `Resulting message size [${maxBytes + INFLATE_BYTES}] is too large for configured max of [${maxBytes}]`
      : `Text message size [${maxBytes + 1}] exceeds maximum size [${maxBytes}]`;
  }

  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, code === TOO_LARGE && reason === undefined ? this.#tooLargeReason : reason);
  }
}
