/**
 * Until when a browser that holds dials back probably keeps the next one to itself. Gecko does, without a word to the
 * page: after the first failure at an address (host, port and path) for 200 to 400 ms, by chance, half as long again after
 * each further one and a minute at most, counted from the last failure; it forgets them a minute after that (`FailDelay`
 * in netwerk/protocol/websocket/WebSocketChannel.cpp, after RFC 6455, 7.2.3). Measured after 1 to 14 failures: 0.2, 0.4,
 * 0.5, 0.8, 1.1, 1.7, 2.6, 3.9, 5.7, 8.6, 13, 21, 32, 48 s. Neither giving a dial up nor making another changes it.
 *
 * Pure, and an estimate: what the browser has drawn, and what other pages have met there, nobody is told.
 */

/** The middle of what the browser may draw. */
const FIRST_MS = 300;
const GROWTH = 1.5;
const LONGEST_MS = 60_000;
const FORGOTTEN_AFTER_MS = 60_000;

export interface Hold {
  /** Since the last failure. */
  readonly delayMs: number;
  /** ms since the epoch. */
  readonly until: number;
}

export const NO_HOLD: Hold = { delayMs: 0, until: 0 };

/** One more failure that the browser counts. */
export function heldLonger({ delayMs, until }: Hold, now: number): Hold {
  const isForgotten = now > until + FORGOTTEN_AFTER_MS;
  const nextMs = isForgotten ? FIRST_MS : Math.min(LONGEST_MS, delayMs * GROWTH);
  return { delayMs: nextMs, until: now + nextMs };
}
