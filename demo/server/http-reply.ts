/**
 * Owns the outer form of HTTP answers: JSON with the headers that let a page read it, and the bare refusal of a
 * handshake. Bodies and statuses come from elsewhere.
 */

import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** An answer of the admin calls and of `/_faults`. */
export interface Reply {
  readonly status: number;
  /** Sent as JSON; a string goes out as plain text. Undefined sends no body. */
  readonly body?: unknown;
}

/** Pulsar's form of an error in its admin REST API. */
export function reasonReply(status: number, reason: string): Reply {
  return { status, body: { reason } };
}

/** Any page may call: the service holds made-up data and listens on one computer. */
const CROSS_ORIGIN_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PUT, POST, DELETE, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '600',
} as const;

/** A page from the internet that calls a local address is asked about this first (Private Network Access). */
const PRIVATE_NETWORK_HEADERS = { 'access-control-allow-private-network': 'true' } as const;

export function sendReply(response: ServerResponse, { status, body }: Reply): void {
  const isText = typeof body === 'string';
  const bytes =
    body === undefined ? Buffer.alloc(0) : Buffer.from(isText ? body : JSON.stringify(body), 'utf8');
  response.writeHead(status, {
    ...CROSS_ORIGIN_HEADERS,
    'cache-control': 'no-store',
    ...(status === 204
      ? {}
      : {
          'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
          'content-length': bytes.length,
        }),
  });
  response.end(bytes);
}

export function sendPreflight(response: ServerResponse): void {
  response.writeHead(204, { ...CROSS_ORIGIN_HEADERS, ...PRIVATE_NETWORK_HEADERS });
  response.end();
}

/** The body as text; rejects when it is longer than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new RangeError(`the body is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers a handshake with a status and a page like Jetty's, then hangs up. */
export function refuseHandshake(socket: Duplex, status: number, reason: string): void {
  const title = `Error ${status} ${escapeHtml(reason)}`;
  const page =
    `<html><head><meta http-equiv="Content-Type" content="text/html;charset=ISO-8859-1"/>` +
    `<title>${title}</title></head><body><h2>HTTP ERROR ${status}</h2></body></html>\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n` +
      `Connection: close\r\nContent-Type: text/html;charset=iso-8859-1\r\n` +
      `Content-Length: ${Buffer.byteLength(page)}\r\n\r\n${page}`,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
