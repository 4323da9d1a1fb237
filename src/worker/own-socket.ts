/**
 * The socket to the service, of a tab that leads or reads apart. Owns how a WebSocket is opened for somebody who is no
 * connection; what its news mean is `shared-socket.ts`.
 */
import type { Platform } from './platform.js';

export interface OwnSocketOwner {
  opened(): void;
  failed(): void;
  read(data: unknown): void;
  closed(event: CloseEvent): void;
}

/** `undefined` when the browser refuses; it `failed` a moment later. */
export function openOwnSocket(platform: Platform, url: string, owner: OwnSocketOwner): WebSocket | undefined {
  let socket: WebSocket;
  try {
    socket = platform.openSocket(url);
  } catch {
    // The message would quote the URL, and with it the key.
    platform.setTimer(() => owner.failed(), 0);
    return undefined;
  }
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => owner.opened();
  socket.onerror = () => owner.failed();
  socket.onmessage = ({ data }) => owner.read(data);
  socket.onclose = (event) => owner.closed(event);
  return socket;
}
