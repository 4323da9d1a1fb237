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

/** A close frame has room for 123 bytes of reason, so that a key may be cut: so many characters of it are too many. */
const TELLING_LENGTH = 8;

/** What names a credential, or may be the query that has it. */
const REQUEST = /x-api-key|token(=|%3d)|\?\S*=/i;

/** A service may say the request back: no text of its may carry the key of this URL, or a part; then nothing is left of it. */
export function withoutCredential(text: string, url: string): string {
  const parameters = new URL(url).searchParams;
  const isTelling = ['x-api-key', 'token'].some((name) => {
    const secret = parameters.get(name);
    if (secret === null) return false;
    return [secret, encodeURIComponent(secret)].some((one) => text.includes(one.slice(0, TELLING_LENGTH)));
  });
  return isTelling || REQUEST.test(text) ? '' : text.slice(0, 120);
}
