/**
 * What the connection needs of a WebSocket: one of its own (`own-socket.ts`), or one shared with other tabs
 * (`shared-socket.ts`).
 */
export type Socket = Pick<
  WebSocket,
  'readyState' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onerror' | 'onclose'
>;

export interface SocketClose {
  readonly code: number;
  readonly reason: string;
  /**
   * What only a shared socket can tell. `handover`: the lead has changed, the next dial finds the stream where it was;
   * `relayed`: it was another tab's dial that failed.
   */
  readonly cause?: 'handover' | 'relayed';
  /** Of a shared socket, when the real one was opened: the tab may have waited for the lead before. */
  readonly dialedAt?: number;
}

/** The keepalive question, which is the one thing besides answers that is ever sent. */
export const ASK_END_OF_TOPIC = '{"type":"isEndOfTopic"}';

/** Lets go without waiting: `close` on a dead peer fires after 60 s in Chromium and 20 s in Firefox. */
export function hangUp(socket: Socket): void {
  socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
  socket.close();
}
