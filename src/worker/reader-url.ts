/**
 * The address of a Pulsar reader, and what it shares with a consumer's (Pulsar's WebSocket API page; 8x8's connection
 * guide). The only place where the key is written down.
 */
import type { Credential } from '../protocol/credential.js';
import type { StreamConfig } from '../protocol/stream-config.js';

/** Pulsar's default and maximum: how many unanswered messages the proxy sends before it waits. */
export const RECEIVER_QUEUE_SIZE = 1000;

export function readerUrl(config: StreamConfig, messageId: string, credential: Credential): string {
  return endpointUrl(config, 'reader', [], { messageId }, credential);
}

/** @param within what follows the topic in the path */
export function endpointUrl(
  config: StreamConfig,
  endpoint: 'reader' | 'consumer',
  within: readonly string[],
  own: object,
  credential: Credential,
): string {
  const path = [endpoint, 'persistent', config.tenant, config.namespace, config.topic, ...within]
    .map(encodeURIComponent)
    .join('/');
  const parameters: readonly (readonly [string, string | number | undefined])[] = [
    ...Object.entries(own),
    ['receiverQueueSize', RECEIVER_QUEUE_SIZE],
    ['x-api-key', credential.apiKey],
    ['token', credential.token],
  ];
  const query = parameters
    // Ids contain `+`, `/` and `=`, and a bare `+` arrives as a space.
    .map(([name, value]) => (value === undefined ? undefined : `${name}=${encodeURIComponent(value)}`))
    .filter((part) => part !== undefined)
    .join('&');
  return `${config.endpoint}/${path}?${query}`;
}

/** What a service says need not be the whole key, nor its beginning: so many characters in a row of it are too many. */
const TELLING_LENGTH = 8;

/** What names a credential, or may be the query that has it. */
const REQUEST = /x-api-key|token(=|%3d)|\?\S*=/i;

/** A service may say the request back: no text of its may carry the key of this URL, or a part; then nothing is left of it. */
export function withoutCredential(text: string, url: string): string {
  const secrets = url.split(/&(?:x-api-key|token)=/).slice(1);
  const isTelling = secrets.some(
    (secret) =>
      haveRun(text, decodeURIComponent(secret)) ||
      // Bytes on both sides. It never throws, and what was cut may end in half an escape.
      haveRun(unescape(text), unescape(secret)),
  );
  return isTelling || REQUEST.test(text) ? '' : text.slice(0, 120);
}

function haveRun(said: string, secret: string): boolean {
  const length = Math.min(TELLING_LENGTH, secret.length);
  // From the text: a close frame has room for 123 bytes, a token may have thousands.
  for (let i = 0; i + length <= said.length; i++) if (secret.includes(said.slice(i, i + length))) return true;
  return false;
}
